import { isAmbient, namespaceInjection } from "../../../facts/istio/injection";
import type { Inventory } from "../../../engine/inventory";
import type { KubernetesObject } from "../../../engine/resource";
import type { Check, Rule } from "../../../engine/rule";
import { isPassedOver } from "../../../facts/istio/mtls";
import { listed, namespaceOf } from "../../../facts/istio/objects";
import { hasTarget, selectorOf, subjectsOf } from "../../../facts/istio/policies";
import { assertKnown } from "../../../facts/kubernetes/selection";

/** Policies are for proxies that read them. */
export const policyIneffective: Rule = {
  id: "IST-POLICY-INEFFECTIVE",
  severity: "advisory",
  title: "no policy selects pods whose proxy ignores it",
  why: "A Gateway of the Gateway API takes no policy by labels, a pod in ambient mode has no sidecar, and a PeerAuthentication of the root namespace selects nothing: the policy looks right and does nothing.",
  fix: "Bind the policy with targetRefs, take Sidecars of ambient workloads out, and put a PeerAuthentication beside its workloads.",
  codes: ["IST0166", "IST0167"],
  docs: "https://istio.io/latest/docs/reference/config/type/workload-selector/#PolicyTargetReference",

  judge: (inventory, check) => {
    for (const kind of ["AuthorizationPolicy", "RequestAuthentication", "Telemetry", "WasmPlugin"] as const)
      check.each(inventory.objects(kind), (policy) => {
        judgeGateways(policy, inventory, check);
      });
    check.each(inventory.objects("Sidecar"), (sidecar) => {
      judgeAmbient(sidecar, inventory, check);
    });
    check.each(inventory.objects("PeerAuthentication"), (policy) => {
      judgeMeshes(policy, inventory, check);
    });
  },
};

/** In the root namespace, where other kinds of policies select workloads of the whole mesh. */
function judgeMeshes(policy: KubernetesObject, inventory: Inventory, check: Check): void {
  if (!isPassedOver(policy, inventory)) return;
  check.violation(selectorOf(policy), {
    message: `selects workloads in ${namespaceOf(policy)}, the mesh's root namespace, where Istio reads PeerAuthentications for all the mesh only: it does nothing.`,
    fix: "Put it into the namespace of the workloads, or take the selector out, if it is meant for all the mesh.",
    severity: "mandatory",
  });
}

const gatewayLabel = "gateway.networking.k8s.io/gateway-name";

function judgeGateways(policy: KubernetesObject, inventory: Inventory, check: Check): void {
  const selector = selectorOf(policy);
  const labels = selector.texts();
  if (Object.keys(labels).length === 0 || hasTarget(policy)) return;
  const subjects = subjectsOf(policy, inventory);
  const names = new Set(subjects.found.flatMap((workload) => workload.label(gatewayLabel) ?? []));
  const named = labels[gatewayLabel] ?? labels["istio.io/gateway-name"];
  if (named !== undefined) names.add(named);
  if (names.size === 0) {
    assertKnown(subjects);
    return;
  }
  const [first = ""] = names;
  check.violation(selector, {
    message: `selects the pods of ${listed(names)}, made from the Gateway API, which take no policy by labels: it does nothing there.`,
    fix: `Write targetRefs: [{kind: Gateway, group: gateway.networking.k8s.io, name: ${first}}] instead of the selector.`,
  });
}

function judgeAmbient(sidecar: KubernetesObject, inventory: Inventory, check: Check): void {
  const isWide = selectorOf(sidecar).entries().length === 0;
  const place = inventory.find("Namespace", "default", namespaceOf(sidecar));
  const subjects = subjectsOf(sidecar, inventory);
  const isPlaceAmbient = place !== undefined && namespaceInjection(place) === "ambient";
  const what = isWide
    ? isPlaceAmbient && `the namespace ${namespaceOf(sidecar)} is`
    : subjects.found.some((one) => isAmbient(one, inventory)) && "the pods it selects are";
  if (what)
    check.violation(sidecar, {
      message: `${what} in ambient mode, where no sidecar reads it: it does nothing.`,
      fix: "Take it out, or move the workloads back to sidecars.",
    });
  else if (!isWide) assertKnown(subjects);
}
