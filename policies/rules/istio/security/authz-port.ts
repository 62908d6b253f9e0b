import type { Inventory } from "../../../engine/inventory";
import type { KubernetesObject } from "../../../engine/resource";
import type { Check, Rule } from "../../../engine/rule";
import type { Value } from "../../../engine/value";
import { portMeaning } from "../../../facts/istio/container-ports";
import { namespaceOf } from "../../../facts/istio/objects";
import { isFilledByCharts } from "../../../facts/istio/places";
import { actionOf, authorizationRules, isMeshWide, selectorOf, subjectsOf } from "../../../facts/istio/policies";
import { assertKnown } from "../../../facts/kubernetes/selection";

/** Rules go by ports that containers listen on. */
export const authzPort: Rule = {
  id: "IST-AUTHZ-PORT",
  severity: "mandatory",
  title: "ports in an AuthorizationPolicy are those of the containers, not of a Service",
  why: "A connection arrives on the container's port: a rule for the Service's never matches, so an ALLOW lets nobody in, and a DENY keeps nobody out.",
  fix: "Write the containers' ports.",
  codes: [],
  docs: "https://istio.io/latest/docs/reference/config/security/authorization-policy/#Operation",

  judge: (inventory, check) =>
    check.each(inventory.objects("AuthorizationPolicy"), (policy) => {
      const ports = portsIn(policy);
      const isForAll = selectorOf(policy).entries().length === 0;
      if (ports.length === 0 || (isForAll && isMayBeForOthers(policy, inventory))) return;
      // The finding names the first Service that leads to them.
      assertKnown(subjectsOf(policy, inventory));
      // What stands there beside the Service's port was meant for the pods.
      const written = new Set(ports.map(({ value }) => value.text()));
      check.each(ports, (port) => {
        judge(policy, port, written, inventory, check);
      });
    }),
};

interface Port {
  readonly value: Value;
  /** Whether it is an exception. */
  readonly isNegative: boolean;
  readonly resource: KubernetesObject;
}

function portsIn(policy: KubernetesObject): Port[] {
  const lists = authorizationRules(policy).flatMap(({ operations, conditions }) => [
    ...operations.map((operation) => [operation.get("ports"), operation.get("notPorts")] as const),
    ...conditions
      .filter((condition) => condition.get("key").text() === "destination.port")
      .map((condition) => [condition.get("values"), condition.get("notValues")] as const),
  ]);
  const each = (list: Value, isNegative: boolean) =>
    list.list().map((value) => ({ value, isNegative, resource: policy }));
  return lists.flatMap(([positive, negative]) => [...each(positive, false), ...each(negative, true)]);
}

/** A policy without a selector is for pods, too, that can't be seen from here. */
function isMayBeForOthers(policy: KubernetesObject, inventory: Inventory): boolean {
  return isMeshWide(policy, inventory) || isFilledByCharts(inventory, namespaceOf(policy));
}

function judge(
  policy: KubernetesObject,
  { value, isNegative }: Port,
  written: ReadonlySet<string | undefined>,
  inventory: Inventory,
  check: Check,
): void {
  const port = Number(value.text());
  const { mistaken, mayListen } = portMeaning(port, subjectsOf(policy, inventory).found, inventory);
  const [first] = mistaken;
  if (!first || mayListen || written.has(`${first.target}`)) return;
  check.violation(value, {
    message: `port ${port} is that of ${first.service.label}, and rules go by the containers' ports: ${first.workload.resource.label} gets these connections on ${first.target}, so ${isNegative ? "this leaves nothing out" : `this never matches${consequences[actionOf(policy)] ?? ""}`}.`,
    fix: `Write "${first.target}".`,
  });
}

const consequences: Readonly<Record<string, string>> = {
  ALLOW: " and lets nobody in",
  DENY: " and keeps nobody out",
};
