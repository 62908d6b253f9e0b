import type { HelmRelease } from "../../../engine/resource";
import type { Check, Rule } from "../../../engine/rule";
import { gatewayReleases, releaseName } from "../../../facts/istio/gateway-chart";

/** A gateway's Release has a name, and so its pods have labels that somebody can select. */
export const gatewayName: Rule = {
  id: "IST-GATEWAY-NAME",
  severity: "mandatory",
  title: "the Release of a gateway has a name",
  why: "The chart makes the pods' labels from the Release's name: one that Pulumi makes up is another one in each stack, and no Gateway or Service selects such pods.",
  fix: "Give the Release a name.",
  codes: [],
  docs: "https://istio.io/latest/docs/setup/additional-setup/gateway/",

  judge: (inventory, check) => check.each(gatewayReleases(inventory), (release) => judge(release, check)),
};

function judge(release: HelmRelease, check: Check): void {
  if (release.chart !== "gateway" || releaseName(release) !== undefined) return;
  const { app, istio } = release.values.get("labels").texts();
  if (app !== undefined && istio !== undefined) return;
  check.violation(release.get("name"), {
    message: "has no name, so Pulumi makes one up, and with it the labels of its pods: no selector can match them.",
    fix: "Give the Release a name.",
  });
}
