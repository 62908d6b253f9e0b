import type { Inventory } from "../../../engine/inventory";
import type { KubernetesObject } from "../../../engine/resource";
import type { Check, Rule } from "../../../engine/rule";
import { wrongValue } from "../../../facts/causes";
import type { Value } from "../../../engine/value";
import {
  findGateway,
  namedGateway,
  gatewayReferences,
  hostsTaken,
  overlap,
  type ServerHost,
} from "../../../facts/istio/gateways";
import { listed, namespaceOf } from "../../../facts/istio/objects";

/** Every host of a VirtualService is one that a server of its Gateways takes. */
export const gatewayHost: Rule = {
  id: "IST-GATEWAY-HOST",
  severity: "mandatory",
  title: "every host of a VirtualService is in a server of its Gateway",
  why: "A gateway answers 404 for a host that none of its servers lists, even if the VirtualService's other hosts work.",
  fix: "Add the host to a server of the Gateway, or take it out of the VirtualService.",
  codes: ["IST0132"],
  docs: "https://istio.io/latest/docs/reference/config/analysis/ist0132/",

  judge: (inventory, check) =>
    check.each(inventory.objects("VirtualService"), (rule) => {
      judge(rule, inventory, check);
    }),
};

interface Front {
  readonly gateway: KubernetesObject;
  readonly value: Value;
  readonly hosts: readonly ServerHost[];
}

function judge(rule: KubernetesObject, inventory: Inventory, check: Check): void {
  const from = namespaceOf(rule);
  const references = gatewayReferences(rule).map(({ value, reference }) => ({
    value,
    name: namedGateway(reference, from),
  }));
  const fronts = references.flatMap(({ value, name }): Front[] => {
    const gateway = name && findGateway(inventory, name);
    return gateway ? [{ gateway, value, hosts: hostsTaken(gateway, from) }] : [];
  });
  if (fronts.length === 0) return;
  const hosts = rule.get("spec", "hosts").list();
  // Any host may be meant for the mesh, or for a Gateway that others make.
  if (fronts.length === references.length)
    check.each(hosts, (host) => {
      judgeHost(host, fronts, from, check);
    });
  for (const front of fronts) judgeGateway(front, hosts, fronts.length < references.length, check);
}

function judgeHost(value: Value, fronts: readonly Front[], from: string, check: Check): void {
  const host = (value.text() ?? "").toLowerCase();
  if (fronts.some(({ hosts }) => hosts.some((one) => overlap(one.host, host)))) return;
  const [{ gateway }] = fronts as [Front];
  const taken = fronts.flatMap((front) => front.hosts.map((one) => one.host));
  check.violation(value, {
    ...wrongValue(value),
    message: `host "${host}" is in no server of ${listed(fronts.map((front) => front.gateway.label))}, which ${taken.length > 0 ? `${fronts.length === 1 ? "takes" : "take"} ${listed(new Set(taken))}` : `${fronts.length === 1 ? "takes" : "take"} nothing from the namespace ${from}`}: requests for it get a 404.`,
    fix: `Add "${host}" to the hosts of a server of ${gateway.label}, or take it out here.`,
  });
}

/** A Gateway that takes none of the hosts, while others take them. */
function judgeGateway(front: Front, hosts: readonly Value[], isPartial: boolean, check: Check): void {
  const { gateway, value } = front;
  const names = hosts.map((host) => (host.text() ?? "").toLowerCase());
  const fits = names.some((name) => front.hosts.some((one) => overlap(one.host, name)));
  if (fits || names.length === 0 || (!isPartial && isOnly(value))) return;
  check.violation(value, {
    message: `no server of ${gateway.label} takes any of its hosts (${names.join(", ")}): this gateway answers 404 to all of them.`,
    fix: `Take ${gateway.label} out of the list, or add the hosts to one of its servers.`,
  });
}

/** With one Gateway alone, each host has been judged. */
function isOnly({ resource }: Value): boolean {
  return resource.get("spec", "gateways").list().length === 1;
}
