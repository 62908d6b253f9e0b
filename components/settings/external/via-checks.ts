import type { Check, Draft, Report } from "../check";
import { closest } from "../reading/suggestions";
import { longestSubset, subsetOf } from "./names";
import type { ExternalSettings } from "./schema";
import { isWildcard } from "./wildcards";

/** What leaves by a gateway: by one of the stack that leads out, under whole names. */
export const checkVia: Check = (draft, report) => {
  for (const [name, settings] of Object.entries(draft.external ?? {})) {
    if (settings.via === undefined) continue;
    checkGateway(draft, name, settings.via, report);
    checkHosts(name, settings, report);
  }
};

function checkGateway(draft: Draft, name: string, via: string, report: Report): void {
  const { settledGateways = [], settledEgressGateways, guessed } = draft;
  if (!settledEgressGateways || guessed("gateways", [via])) return;
  const egress = settledEgressGateways.map(({ key }) => key);
  if (egress.includes(via)) return;
  const isIngress = settledGateways.some(({ key }) => key === via);
  const near = closest(via, egress);
  const add = `${isIngress ? "egress" : via}: {type: egress}`;
  report(
    "external",
    [name, "via"],
    isIngress ? "is an ingress gateway, by which nothing leaves" : "is not an egress gateway of this stack",
    near && !isIngress
      ? `Did you mean "${near}"?`
      : egress.length > 0
        ? `Write ${egress.join(" or ")}.`
        : `Add one to gateways, e.g. {${add}}.`,
  );
}

function checkHosts(name: string, { hosts, via }: ExternalSettings, report: Report): void {
  hosts.forEach((host, index) => {
    if (isWildcard(host))
      report(
        "external",
        [name, "hosts", index],
        `can't leave by ${via}: an egress gateway knows whole names only, as it is the sidecars that look up names below a wildcard`,
        "List the names one by one, or leave the wildcard to an entry without via.",
      );
    else if (subsetOf(host).length > longestSubset)
      report(
        "external",
        [name, "hosts", index],
        `is too long to leave by ${via}: Istio has ${longestSubset} characters for it, in which each hyphen counts twice`,
        "Leave it to an entry without via.",
      );
  });
}
