import type { Inventory } from "../../../engine/inventory";
import type { Rule } from "../../../engine/rule";
import type { Value } from "../../../engine/value";
import { actionOf, authorizationRules, subjectsOf } from "../../../facts/istio/policies";
import { servicesOf } from "../../../facts/kubernetes/selectors";
import { assertKnown } from "../../../facts/kubernetes/selection";
import type { Workload } from "../../../facts/kubernetes/workload";

/** A DENY by what only HTTP has names the ports it is for. */
export const authzDenyTcp: Rule = {
  id: "IST-AUTHZ-DENY-TCP",
  severity: "advisory",
  title: "a DENY by HTTP's attributes names its ports where a workload has others",
  why: "On a port that isn't HTTP Istio leaves such attributes out of a DENY, which then denies every connection.",
  fix: "Add ports to the operation.",
  codes: [],
  docs: "https://istio.io/latest/docs/tasks/security/authorization/authz-tcp/",

  judge: (inventory, check) =>
    check.each(inventory.objects("AuthorizationPolicy"), (policy) => {
      if (actionOf(policy) !== "DENY") return;
      const subjects = subjectsOf(policy, inventory);
      const plain = subjects.found.flatMap((workload) => plainPorts(workload, inventory));
      const [first] = plain;
      for (const { value, sources, operations, conditions } of authorizationRules(policy))
        if (first && isForHttp(sources, operations, conditions))
          check.violation(value, {
            message: `denies by what only HTTP has and names no ports, so it denies every connection to port ${first.port} of ${first.label}, which isn't HTTP.`,
            fix: "Add the HTTP ports' numbers, as the containers have them, to the operation's ports.",
          });
      assertKnown(subjects);
    }),
};

const ofConnections = ["principals", "namespaces", "serviceAccounts", "ipBlocks", "remoteIpBlocks"].flatMap((name) => [
  name,
  `not${name[0]?.toUpperCase() ?? ""}${name.slice(1)}`,
]);

/** As istiod itself warns about. */
function isForHttp(sources: readonly Value[], operations: readonly Value[], conditions: readonly Value[]): boolean {
  const ports = conditions.some((condition) => condition.get("key").text() === "destination.port");
  if (ports) return false;
  if (operations.length > 0)
    return !operations.some((operation) => operation.get("ports").exists || operation.get("notPorts").exists);
  return sources.length > 0 && !sources.some((source) => ofConnections.some((name) => source.get(name).exists));
}

interface Plain {
  readonly label: string;
  readonly port: number;
}

/** Ports of the Services in front that say by their name that they aren't HTTP. */
function plainPorts(workload: Workload, inventory: Inventory): Plain[] {
  return servicesOf(workload, inventory).flatMap((service) =>
    service
      .get("spec", "ports")
      .list()
      .filter(isPlain)
      .map((port) => ({ label: service.label, port: port.get("port").number() ?? 0 })),
  );
}

function isPlain(port: Value): boolean {
  const protocol = port.get("appProtocol").text() ?? port.get("name").text()?.split("-")[0] ?? "";
  return ["tcp", "tls", "https", "mongo", "mysql", "redis"].includes(protocol.toLowerCase());
}
