import type { Inventory } from "../../../engine/inventory";
import type { KubernetesObject } from "../../../engine/resource";
import type { Check, Rule } from "../../../engine/rule";
import { conflict } from "../../../facts/causes";
import {
  findGateway,
  namedGateway,
  gatewayReferences,
  hostsTaken,
  isInMesh,
  overlap,
} from "../../../facts/istio/gateways";
import { matchCovers, httpMatches } from "../../../facts/istio/matches";
import { ifApart, isAnother, listed, namespaceOf, textsOf } from "../../../facts/istio/objects";
import { exportedTo, fullName } from "../../../facts/istio/registry";
import { KeyIndex } from "../../../facts/key-index";

/** A host has one VirtualService in the mesh, and one route for each request on a Gateway. */
export const hostOnce: Rule = {
  id: "IST-HOST-ONCE",
  severity: "mandatory",
  title: "no two VirtualServices route the same requests",
  why: "In the mesh Istio takes the oldest VirtualService of a host and drops the others; on a Gateway it puts their routes one behind the other, in no order that anybody chose.",
  fix: "Put the routes of a host into one VirtualService, or delegate from it.",
  codes: ["IST0109", "KIA1106"],
  docs: "https://istio.io/latest/docs/reference/config/analysis/ist0109/",

  judge: (inventory, check) => {
    check.each(inventory.objects("VirtualService"), (rule) => {
      judgeInMesh(rule, inventory, check);
      judgeOnGateways(rule, inventory, check);
    });
  },
};

function judgeInMesh(rule: KubernetesObject, inventory: Inventory, check: Check): void {
  if (!isInMesh(rule)) return;
  const scope = exportedTo(rule);
  const others = inventory.once(inMesh);
  check.each(rule.get("spec", "hosts").list(), (host) => {
    const name = fullName(host.text() ?? "", namespaceOf(rule));
    const rivals = others.get(name).filter((other) => isAnother(rule, other) && meet(scope, exportedTo(other)));
    if (rivals.length === 0) return;
    check.violation(host, {
      ...ifApart(rule, rivals),
      ...conflict(
        `${name} in the mesh`,
        [rule, ...rivals].map(({ label }) => label),
      ),
      message: `${listed(rivals.map(({ label }) => label))} ${rivals.length === 1 ? "has" : "have"} the host "${name}" in the mesh too: Istio takes the oldest and silently drops the rest.`,
      fix: "Put the routes into one VirtualService, or narrow exportTo so that no namespace sees both.",
    });
  });
  others.assertKnown();
}

/** Several VirtualServices may share a host there, as long as each request has one route. */
function judgeOnGateways(rule: KubernetesObject, inventory: Inventory, check: Check): void {
  const places = placesOf(rule, inventory);
  const others = inventory.once(onGateways);
  const rivals = new Set(places.flatMap((place) => others.get(place)));
  for (const other of rivals) {
    if (!isAnother(rule, other)) continue;
    const clash = sameRoute(rule, other);
    if (clash === undefined) continue;
    check.violation(rule, {
      ...ifApart(rule, [other]),
      ...conflict("routes on a Gateway", [rule.label, other.label]),
      message: `${other.label} has the same host on the same Gateway, and ${clash}: which of them a request takes depends on which is older.`,
      fix: "Put the routes into one VirtualService, in the order that is meant.",
    });
  }
  if (places.length > 0) others.assertKnown();
}

function sameRoute(rule: KubernetesObject, other: KubernetesObject): string | undefined {
  const [own, theirs] = [httpMatches(rule), httpMatches(other)];
  if (own.some(({ isCatchAll }) => isCatchAll) && theirs.some(({ isCatchAll }) => isCatchAll))
    return "both take every request that no other route does";
  const twin = own.find(
    (one) => !one.isCatchAll && theirs.some((two) => !two.isCatchAll && matchCovers(one, two) && matchCovers(two, one)),
  );
  return twin && `both take ${twin.text}`;
}

function meet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.has("*") || b.has("*") || [...a].some((name) => b.has(name));
}

/** The Gateways and hosts of a VirtualService: `istio-ingress/wildcard shop.example.com`. */
function placesOf(rule: KubernetesObject, inventory: Inventory): string[] {
  const from = namespaceOf(rule);
  const gateways = gatewayReferences(rule).flatMap(({ reference }) => namedGateway(reference, from) ?? []);
  if (gateways.length === 0) return [];
  const hosts = textsOf(rule.get("spec", "hosts")).map((host) => fullName(host, from));
  return gateways.flatMap((name) => {
    const gateway = findGateway(inventory, name);
    const taken = gateway && hostsTaken(gateway, from);
    const served = hosts.filter((host) => !taken || taken.some((one) => overlap(one.host, host)));
    return served.map((host) => `${name.namespace}/${name.name} ${host}`);
  });
}

function inMesh(inventory: Inventory): KeyIndex<KubernetesObject> {
  return new KeyIndex(inventory.objects("VirtualService"), (rule) =>
    isInMesh(rule) ? textsOf(rule.get("spec", "hosts")).map((host) => fullName(host, namespaceOf(rule))) : [],
  );
}

function onGateways(inventory: Inventory): KeyIndex<KubernetesObject> {
  return new KeyIndex(inventory.objects("VirtualService"), (rule) => placesOf(rule, inventory));
}
