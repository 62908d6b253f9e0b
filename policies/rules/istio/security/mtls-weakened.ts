import type { Inventory } from "../../../engine/inventory";
import type { KubernetesObject } from "../../../engine/resource";
import type { Check, Rule } from "../../../engine/rule";
import type { Value } from "../../../engine/value";
import { hasSelector, isPassedOver, mtlsIn, peerAuthentications } from "../../../facts/istio/mtls";
import { rootNamespace } from "../../../facts/istio/mesh";
import { namespaceOf } from "../../../facts/istio/objects";

/** No narrower PeerAuthentication lets in what the wider one keeps out. */
export const mtlsWeakened: Rule = {
  id: "IST-MTLS-WEAKENED",
  severity: "mandatory",
  title: "no PeerAuthentication weakens a STRICT one",
  why: "The narrower policy wins, so a forgotten exception takes plain text from anywhere in the VPC while everybody believes that the mesh is STRICT.",
  fix: "Bring the callers into the mesh, and take the exception out; exempt it with a date while that lasts.",
  codes: [],
  docs: "https://istio.io/latest/docs/reference/config/security/peer_authentication/",

  judge: (inventory, check) =>
    check.each(inventory.objects("PeerAuthentication"), (policy) => {
      const strict = widerStrict(policy, inventory);
      if (!strict) return;
      judge(policy, policy.get("spec", "mtls", "mode"), "", strict, check);
      check.each(policy.get("spec", "portLevelMtls").entries(), ([port, settings]) => {
        judge(policy, settings.get("mode"), ` on port ${port}`, strict, check);
      });
    }),
};

function judge(policy: KubernetesObject, at: Value, where: string, strict: KubernetesObject, check: Check): void {
  const mode = at.text();
  if (mode !== "DISABLE" && mode !== "PERMISSIVE") return;
  const what = hasSelector(policy) ? "the workloads it selects" : `the namespace ${namespaceOf(policy)}`;
  check.violation(at, {
    message: `${mode}${where} lets plain text into ${what}, against ${strict === policy ? "its own mode STRICT" : `${strict.label} (STRICT)`}.`,
    fix: "Take it out once all callers have a sidecar; until then, exempt it with a date and the reason.",
  });
}

/** What would hold without the policy. */
function widerStrict(policy: KubernetesObject, inventory: Inventory): KubernetesObject | undefined {
  const namespace = namespaceOf(policy);
  const root = rootNamespace(inventory);
  if (isPassedOver(policy, inventory)) return undefined;
  const own = policy.get("spec", "mtls", "mode").text();
  if (own === "STRICT") return policy;
  inventory.once(peerAuthentications).assertKnown();
  if (namespace === root && !hasSelector(policy)) return undefined;
  const { mode, by } = mtlsIn(inventory, hasSelector(policy) ? namespace : root);
  return mode === "STRICT" ? by : undefined;
}
