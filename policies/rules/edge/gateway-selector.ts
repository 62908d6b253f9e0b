import type { Inventory } from "../../inventory";
import type { HelmRelease, KubernetesObject } from "../../resource";
import type { Check, Rule } from "../../rule";
import { gatewayReleases, releaseLabels, releaseName } from "./gateway-chart";
import { chartPods, hasWorkload, includes } from "./links";

/** A Gateway selects pods that the gateway chart makes. */
export const gatewaySelector: Rule = {
  id: "IST-GATEWAY-SELECTOR",
  severity: "mandatory",
  title: "a Gateway's selector is the labels that the gateway chart gives its pods",
  why: "A Gateway that selects no pods opens no port, and the load balancer's connections are refused.",
  fix: "Select the chart's labels: app is the release's name, istio the same without istio- in front.",
  codes: ["IST0101", "KIA0302"],
  docs: "https://istio.io/latest/docs/setup/additional-setup/gateway/",

  judge: (inventory, check) => {
    check.each(gatewayReleases(inventory), (release) => judgeName(release, check));
    if (gatewayReleases(inventory).length === 0) return;
    check.each(inventory.objects("Gateway"), (gateway) => judge(gateway, inventory, check));
  },
};

/** Pulumi makes up a name for a Release without one: another one for each stack, and for each replacement. */
function judgeName(release: HelmRelease, check: Check): void {
  if (release.chart !== "gateway" || releaseName(release) !== undefined) return;
  const { app, istio } = release.values.get("labels").texts();
  if (app !== undefined && istio !== undefined) return;
  check.violation(release.get("name"), {
    message: "has no name, so Pulumi makes one up, and with it the labels of its pods: no selector can match them.",
    fix: "Give the Release a name.",
  });
}

function judge(gateway: KubernetesObject, inventory: Inventory, check: Check): void {
  const selector = gateway.get("spec", "selector");
  const wanted = selector.texts();
  const charts = chartPods(inventory).filter(({ resource }) => (resource as HelmRelease).chart === "gateway");
  const [first] = charts;
  if (!first || Object.keys(wanted).length === 0) return;
  if (charts.some((pods) => includes(pods.labels(), wanted)) || hasWorkload(wanted, inventory)) return;
  const own = charts.find((pods) => pods.namespace() === gateway.namespace) ?? first;
  const { app = "", istio = "" } = own.labels();
  check.violation(selector, {
    message: `selects ${text(wanted)}, which no gateway here has (the pods of ${own.resource.label} have app: ${app}, istio: ${istio}): it opens no port, and connections are refused.`,
    fix: `Select {istio: ${istio}}: the chart takes it from the release's name, without "istio-" in front.`,
    // Beside no chart's pods it may be for others' gateway.
    ...(own.namespace() !== gateway.namespace && { severity: "advisory" as const }),
  });
}

function text(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}: ${value}`)
    .join(", ");
}

/** Labels that people select, of a chart's Release. */
export function namedLabels(release: HelmRelease): string {
  const { app = "", istio = "" } = releaseLabels(release);
  return text({ app, istio });
}
