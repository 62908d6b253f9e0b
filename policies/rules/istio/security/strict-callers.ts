import { containersOf, podTemplates } from "../../../facts/kubernetes/pods";
import type { Inventory } from "../../../engine/inventory";
import type { KubernetesObject } from "../../../engine/resource";
import type { Check, Rule } from "../../../engine/rule";
import type { Value } from "../../../engine/value";
import { mtlsOf } from "../../../facts/istio/mtls";
import { workloadsOf } from "../../../facts/istio/workloads";
import type { PodTemplate } from "../../../facts/kubernetes/workload";
import { hasProxy } from "../../../facts/istio/injection";
import { assertKnown } from "../../../facts/kubernetes/selection";

/** Workloads without a sidecar call none that take the mesh's TLS only. */
export const strictCallers: Rule = {
  id: "IST-STRICT-CALLERS",
  severity: "mandatory",
  title: "callers of STRICT workloads have a sidecar",
  why: "A pod without a sidecar speaks plain text, and a STRICT workload resets every connection of its.",
  fix: "Inject the caller, or make an exception for the port that it calls.",
  codes: [],
  docs: "https://istio.io/latest/docs/concepts/security/#peer-authentication",

  judge: (inventory, check) =>
    check.each(podTemplates(inventory), (pods) => {
      if (hasProxy(pods, inventory) !== false) return;
      for (const text of textsIn(pods))
        check.each([text], () => {
          judge(pods, text, inventory, check);
        });
    }),
};

/** A container's environment and arguments, where addresses stand. */
function textsIn(pods: PodTemplate): Value[] {
  return containersOf(pods).flatMap((container) => [
    ...container
      .get("env")
      .list()
      .map((entry) => entry.get("value")),
    ...container.get("args").list(),
    ...container.get("command").list(),
  ]);
}

function judge(pods: PodTemplate, at: Value, inventory: Inventory, check: Check): void {
  const text = at.text();
  if (text === undefined) return;
  for (const service of servicesIn(text, pods, inventory)) {
    const behind = workloadsOf(inventory, service);
    const strict = behind.found
      .filter((workload) => hasProxy(workload, inventory) === true)
      .map((workload) => mtlsOf(inventory, workload))
      .find(({ mode, by }) => mode === "STRICT" && by);
    if (strict?.by)
      check.violation(at, {
        message: `"${text}" is an address of ${service.label}, where ${strict.by.label} takes the mesh's TLS only (STRICT), and these pods have no sidecar: every connection is reset.`,
        fix: "Inject a sidecar into them, or set PERMISSIVE for the one port that they call.",
      });
    else assertKnown(behind);
  }
}

/** Services here whose address stands in a text: `http://reviews:9080`, `reviews.bookinfo:9080`, `reviews.bookinfo.svc`. */
function servicesIn(text: string, pods: PodTemplate, inventory: Inventory): KubernetesObject[] {
  const hosts =
    text.match(/(?<=\/\/)[a-z0-9][a-z0-9.-]*|[a-z0-9-]+(\.[a-z0-9-]+)+(?=:\d|\.svc)|[a-z0-9-]+(?=:\d+$)/g) ?? [];
  return hosts.flatMap((host) => {
    const [name = "", place = pods.knownNamespace] = host.split(".");
    return inventory.find("Service", place, name) ?? [];
  });
}
