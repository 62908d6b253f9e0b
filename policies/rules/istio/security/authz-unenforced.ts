import type { Rule } from "../../../engine/rule";
import { listed } from "../../../facts/istio/objects";
import { subjectsOf } from "../../../facts/istio/policies";
import { unlabelled } from "../../../facts/causes";
import { hasProxy, unlabelledNamespace } from "../../../facts/istio/injection";
import { isFromTemplate } from "../../../facts/kubernetes/workload";
import { assertKnown } from "../../../facts/kubernetes/selection";

/** What a policy protects has a proxy to do so. */
export const authzUnenforced: Rule = {
  id: "IST-AUTHZ-UNENFORCED",
  severity: "mandatory",
  title: "workloads that an AuthorizationPolicy protects have a sidecar",
  why: "The sidecar enforces the policy: a pod without one lets everybody in, and the policy looks as if it didn't.",
  fix: "Inject the workload, or protect it otherwise.",
  codes: [],
  docs: "https://istio.io/latest/docs/concepts/security/#authorization-architecture",

  judge: (inventory, check) => {
    for (const kind of ["AuthorizationPolicy", "RequestAuthentication"] as const)
      check.each(inventory.objects(kind), (policy) => {
        const subjects = subjectsOf(policy, inventory);
        // The finding lists all.
        assertKnown(subjects);
        const bare = subjects.found.filter(
          (workload) => hasProxy(workload, inventory) === false && workload.resource.data.type.includes("apps/"),
        );
        // A policy for a whole namespace isn't meant for the one that was taken out.
        const isWide = policy.get("spec", "selector", "matchLabels").entries().length === 0;
        const namespaces = new Set(
          bare.map((workload) => (isFromTemplate(workload) ? unlabelledNamespace(workload, inventory) : undefined)),
        );
        const [namespace] = namespaces.size === 1 ? namespaces : [];
        if (bare.length > 0 && (!isWide || bare.length === subjects.found.length))
          check.violation(policy, {
            ...(namespace && { ...unlabelled(namespace), follows: true }),
            message: `${listed(bare.map(({ resource }) => resource.label))} ${bare.length === 1 ? "has" : "have"} no sidecar to enforce it: everybody gets in.`,
            fix: "Inject a sidecar into them, or protect them with a NetworkPolicy.",
          });
      });
  },
};
