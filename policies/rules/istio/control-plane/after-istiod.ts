import { isInjected } from "../../../facts/istio/injection";
import type { Inventory } from "../../../engine/inventory";
import { podTemplates } from "../../../facts/kubernetes/pods";
import { HelmRelease, KubernetesObject, type Resource } from "../../../engine/resource";
import type { Check, Rule } from "../../../engine/rule";
import { isIstio } from "../../../schemas/schema";
import { gatewayReleases, istiodReleases } from "../../../facts/istio/gateway-chart";
import { waitingFor } from "../../../facts/pulumi/dependencies";

/** What needs istiod waits until it serves. */
export const afterIstiod: Rule = {
  id: "IST-AFTER-ISTIOD",
  severity: "mandatory",
  title: "gateways, Istio's objects and injected workloads wait for a ready istiod",
  why: "Before istiod serves, its kinds are unknown or its webhooks don't answer, gateway pods hang on the image auto, and applications start without a sidecar.",
  fix: "Let them depend on the Release of istiod.",
  codes: [],
  docs: "https://istio.io/latest/docs/setup/install/helm/",

  // In plain YAML there is no order to judge.
  judge: (inventory, check) => {
    check.each(istiodReleases(inventory), (release) => judgeWait(release, check));
    const gateways = gatewayReleases(inventory);
    check.each([...gateways, ...inventory.resources.filter(isIstioObject)], (one) => judge(one, inventory, check));
    check.each(podTemplates(inventory), (pods) => {
      if (isInjected(pods, inventory)) judge(pods.resource, inventory, check);
    });
  },
};

function judgeWait(release: HelmRelease, check: Check): void {
  if (release.chart !== "istiod" || release.get("skipAwait").boolean() !== true) return;
  check.violation(release.get("skipAwait"), {
    message: "counts as done before it serves, and what depends on it starts too early.",
    fix: "Take skipAwait out.",
  });
}

function judge(resource: Resource, inventory: Inventory, check: Check): void {
  if (resource instanceof HelmRelease && resource.chart !== "gateway") return;
  const istiods = istiodReleases(inventory).filter(({ chart, data }) => chart === "istiod" && data.urn !== undefined);
  const [first] = istiods;
  // Somebody else's istiod is there already.
  if (!first) return;
  if (resource.data.urn === undefined || inventory.once(waiting).has(resource.data.urn)) return;
  check.violation(resource, {
    message: `doesn't wait for ${first.label}: ${consequence(resource)}.`,
    fix: `Add ${first.label} to its dependsOn.`,
  });
}

function consequence(resource: Resource): string {
  if (resource instanceof HelmRelease)
    return 'its pods may start before there is a webhook, and hang on the image "auto"';
  if (isIstioObject(resource))
    return "it may come before its kind is known or the validation webhook answers, and the deployment fails";
  return "its pods may start before there is a webhook, without a sidecar";
}

function isIstioObject(resource: Resource): boolean {
  return resource instanceof KubernetesObject && isIstio(resource.group);
}

/** URNs of all that waits, directly or not, for a Release of istiod. */
function waiting(inventory: Inventory): ReadonlySet<string> {
  const istiods = istiodReleases(inventory).filter(({ chart }) => chart === "istiod");
  return waitingFor(
    istiods.flatMap(({ data }) => data.urn ?? []),
    inventory,
  );
}
