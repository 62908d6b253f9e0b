import type { Rule } from "../../../engine/rule";
import { didYouMean } from "../../../schemas/mistakes";
import { actionOf } from "../../../facts/istio/policies";
import { providers } from "../../../facts/istio/providers";

/** Who is asked about requests is known to the mesh. */
export const authzProvider: Rule = {
  id: "IST-AUTHZ-PROVIDER",
  severity: "mandatory",
  title: "an AuthorizationPolicy with the action CUSTOM names a provider that the mesh defines",
  why: "Where nobody can be asked Istio refuses all that the policy is for.",
  fix: "Define the provider in the mesh's extensionProviders.",
  codes: [],
  docs: "https://istio.io/latest/docs/tasks/security/authorization/authz-custom/",

  judge: (inventory, check) =>
    check.each(inventory.objects("AuthorizationPolicy"), (policy) => {
      if (actionOf(policy) !== "CUSTOM" || policy.get("spec", "rules").list().length === 0) return;
      const at = policy.get("spec", "provider", "name");
      const name = at.text();
      const all = providers(inventory);
      // IST-REFUSED tells that there is none.
      if (!name || !all || all.includes(name)) return;
      check.violation(at, {
        message: `no provider "${name}" is defined, so every request that its rules match is refused.`,
        fix: `${didYouMean(name, all)}Define it in extensionProviders of the mesh's configuration, with envoyExtAuthzHttp or envoyExtAuthzGrpc.`,
      });
    }),
};
