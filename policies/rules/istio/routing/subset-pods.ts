import type { Inventory } from "../../../engine/inventory";
import type { KubernetesObject } from "../../../engine/resource";
import type { Check, Rule } from "../../../engine/rule";
import type { Value } from "../../../engine/value";
import { labelText, listed, namespaceOf } from "../../../facts/istio/objects";
import { destinationOf, fullName, serviceEntries } from "../../../facts/istio/registry";
import { KeyIndex } from "../../../facts/key-index";
import { isFilledByOthers, selected, workloadsOf } from "../../../facts/istio/workloads";
import { assertKnown, nothing } from "../../../facts/kubernetes/selection";
import type { Labels, Workload } from "../../../facts/kubernetes/workload";

/** A subset has pods. */
export const subsetPods: Rule = {
  id: "IST-SUBSET-PODS",
  severity: "mandatory",
  title: "each subset has labels that pods of its Service carry, or endpoints of its ServiceEntry",
  why: "A subset without pods is a cluster without endpoints: every request that a route sends to it gets a 503.",
  fix: "Write the labels that the version's pods or endpoints carry.",
  codes: ["IST0173", "KIA0203", "KIA0209"],
  docs: "https://istio.io/latest/docs/reference/config/networking/destination-rule/#Subset",

  judge: (inventory, check) =>
    check.each(inventory.objects("DestinationRule"), (rule) => {
      const subsets = rule.get("spec", "subsets").list();
      if (subsets.length === 0) return;
      const found = destinationOf(rule.get("spec", "host").text() ?? "", namespaceOf(rule), inventory);
      check.each(subsets, (subset) => {
        if (found.kind !== "service" && found.kind !== "entry") return;
        if (subset.get("labels").entries().length > 0)
          if (found.kind === "service") judge(subset, found.object, inventory, check);
          else judgeEntry(subset, found.all, namespaceOf(rule), inventory, check);
        else if (found.kind === "service") judgeEmpty(subset, found.object, inventory, check);
      });
    }),
};

/**
 * A subset with a traffic policy of its own may be all pods, and so is each of an egress gateway's in Istio's own recipe.
 *
 * @see https://istio.io/latest/docs/tasks/traffic-management/egress/egress-gateway/
 */
function judgeEmpty(subset: Value, service: KubernetesObject, inventory: Inventory, check: Check): void {
  const pods = workloadsOf(inventory, service);
  if (subset.get("trafficPolicy").exists || pods.found.some(({ isGateway }) => isGateway)) return;
  assertKnown(pods);
  if (pods.found.length === 0) return;
  check.violation(subset, {
    message: `subset "${subset.get("name").text() ?? ""}" has no labels, so it is all pods of the host: a route to it chooses no version.`,
    fix: "Add the version's labels, or route to the host without a subset.",
    severity: "advisory",
  });
}

/**
 * Endpoints of a ServiceEntry carry the labels that it gives them; a host that is looked up in DNS carries none.
 *
 * @see https://github.com/istio/istio/blob/master/pilot/pkg/serviceregistry/serviceentry/conversion.go
 */
function judgeEntry(
  subset: Value,
  entries: readonly KubernetesObject[],
  from: string,
  inventory: Inventory,
  check: Check,
): void {
  // Workloads come and go, and without a resolution every address is one.
  if (!entries.every((entry) => listsEndpoints(entry))) return;
  const wanted = wantedLabels(subset);
  const endpoints = entries.flatMap((entry) => entry.get("spec", "endpoints").list());
  const labels = endpoints.map((endpoint) => endpoint.get("labels").texts());
  if (labels.some((own) => Object.entries(wanted).every(([key, value]) => own[key] === value))) return;
  inventory.once(serviceEntries).assertKnown();
  const host = fullName(subset.resource.get("spec", "host").text() ?? "", from);
  const offers = [...new Set(labels.map(labelText))].filter((text) => text !== "").slice(0, 4);
  violation(subset, "endpoints", wanted, host, inventory, check, {
    fix: `The endpoints of ${listed(entries.map(({ label }) => label))} carry ${offers.join("; ") || "no labels: give them some"}.`,
  });
}

function listsEndpoints(entry: KubernetesObject): boolean {
  const resolution = entry.get("spec", "resolution").text() ?? "NONE";
  return ["STATIC", "DNS", "DNS_ROUND_ROBIN"].includes(resolution) && !entry.get("spec", "workloadSelector").exists;
}

/** The labels of a subset that endpoints have of their own. */
function wantedLabels(subset: Value): Labels {
  return Object.fromEntries(
    Object.entries(subset.get("labels").texts()).filter(([key, value]) => value === "" || !isPlace(key)),
  );
}

function judge(subset: Value, service: KubernetesObject, inventory: Inventory, check: Check): void {
  const namespace = namespaceOf(service);
  const pods = workloadsOf(inventory, service);
  // Others deploy them, if none is here.
  if (pods.found.length === 0 || isFilledByOthers(inventory, namespace)) return;
  const labels = wantedLabels(subset);
  const own = service.get("spec", "selector").texts();
  const clashes = Object.entries(labels).some(([key, value]) => key in own && own[key] !== value);
  const chosen = clashes ? nothing : selected(inventory, { ...own, ...labels }, namespace);
  if (chosen.found.length > 0) return;
  assertKnown(chosen);
  assertKnown(pods);
  violation(subset, "pods", labels, `${service.name}.${namespace}.svc.cluster.local`, inventory, check, {
    fix: `The pods of ${service.label} carry ${offered(pods.found, Object.keys(labels))}. If others deploy the ones that are meant, name "Pod ${namespace}/*" under outside in the policies' configuration.`,
  });
}

function violation(
  subset: Value,
  what: "pods" | "endpoints",
  labels: Labels,
  host: string,
  inventory: Inventory,
  check: Check,
  { fix }: { readonly fix: string },
): void {
  const name = subset.get("name").text() ?? "";
  const isUsed = isRoutedTo(`${host} ${name}`, inventory);
  check.violation(subset.get("labels"), {
    message: `subset "${name}" selects no ${what} (${labelText(labels)}): every request that a route sends to it ${isUsed ? "gets" : "would get"} a 503.`,
    // Of use to nobody yet, it may be for a version to come.
    ...(!isUsed && { severity: "advisory" }),
    fix,
  });
}

function isRoutedTo(subset: string, inventory: Inventory): boolean {
  const routes = inventory.once(routesBySubset);
  if (routes.get(subset).length > 0) return true;
  routes.assertKnown();
  return false;
}

/** VirtualServices by the subsets that they lead to. */
function routesBySubset(inventory: Inventory): KeyIndex<KubernetesObject> {
  return new KeyIndex(inventory.objects("VirtualService"), (rule) => {
    const routes = ["http", "tls", "tcp"].flatMap((protocol) => rule.get("spec", protocol).list());
    return routes
      .flatMap((route) => [...route.get("route").list(), ...route.get("mirrors").list()])
      .map((entry) => entry.get("destination"))
      .concat(routes.map((route) => route.get("mirror")))
      .filter((destination) => destination.get("subset").exists)
      .map((destination) => {
        const host = fullName(destination.get("host").text() ?? "", namespaceOf(rule));
        return `${host} ${destination.get("subset").text() ?? ""}`;
      });
  });
}

/** Istio adds these to endpoints from their nodes. */
function isPlace(label: string): boolean {
  return label.startsWith("topology.") || label === "kubernetes.io/hostname";
}

/** What the pods say for these labels. */
function offered(pods: readonly Workload[], keys: readonly string[]): string {
  const texts = pods.map(({ labels }) => {
    const own = keys.filter((key) => labels.has(key));
    return labelText(
      Object.fromEntries((own.length > 0 ? own : [...labels.keys()]).map((key) => [key, labels.get(key) ?? ""])),
    );
  });
  return [...new Set(texts)].slice(0, 4).join("; ");
}
