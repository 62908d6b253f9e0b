import type { Draft, Report } from "../check";
import { gatewaysOf } from "../gateways/names";
import { hostEntries } from "./hosts";
import { closest } from "../reading/suggestions";
import { insideMesh, type MatchSettings } from "./matches";
import { isForMeshOnly } from "./mesh-rules";
import type { AppInput } from "./schema";

/** Conditions that can hold: gateways that serve the application, and what can be known there. */
export function checkMatch(
  place: readonly PropertyKey[],
  match: MatchSettings,
  name: string,
  app: AppInput,
  draft: Draft,
  report: Report,
): void {
  checkGateways(place, match, name, app, draft, report);
  const { gateways, sourceLabels, sourceNamespace, scheme } = match;
  const isInside = gateways ? isForMeshOnly(match) : hostEntries(app).length === 0;
  if (scheme && !isInside && !["host", "hosts"].some((key) => draft.guessed("apps", [name, key])))
    report(
      "apps",
      [...place, "scheme"],
      "says nothing at a gateway: TLS has ended before it, and there HTTP/1.1 is http, and HTTP/2 what its client calls it",
      "Add gateways: [mesh] to the condition, or remove it: all that a gateway gets on 443 was https.",
    );
  if (!gateways || gateways.includes(insideMesh)) return;
  if (sourceLabels || sourceNamespace)
    report(
      "apps",
      [...place, sourceLabels ? "sourceLabels" : "sourceNamespace"],
      "holds for calls from inside the mesh only: from outside, the source is the gateway",
      'Add "mesh" to gateways, or remove it.',
    );
}

/** The word that stood for all gateways when there was one. */
const anyGateway = "ingress";

function checkGateways(
  place: readonly PropertyKey[],
  { gateways }: MatchSettings,
  name: string,
  app: AppInput,
  { settledGateways: known, domain, guessed }: Draft,
  report: Report,
): void {
  if (!gateways || !known) return;
  const names = known.map(({ key }) => key);
  const hasHosts = domain && !["host", "hosts", "domain"].some((key) => guessed("apps", [name, key]));
  const serving = hasHosts ? gatewaysOf(app, domain, known) : undefined;
  gateways.forEach((gateway, index) => {
    const at = [...place, "gateways", index];
    if (gateway === insideMesh) return;
    if (!names.includes(gateway)) {
      const near = closest(gateway, [...names, insideMesh]);
      const all = names.join(", ");
      if (gateway === anyGateway) report("apps", at, "was replaced by the names of the gateways", `Write ${all}.`);
      else
        report(
          "apps",
          at,
          `is no gateway of this stack (${all})`,
          near === undefined ? `Write one of ${[...names, insideMesh].join(", ")}.` : `Did you mean "${near}"?`,
        );
    } else if (serving && !serving.has(gateway))
      report(
        "apps",
        at,
        serving.size === 0
          ? "is a gateway, and this application has no host: no request comes through it"
          : `serves no host of this application: its requests come through ${[...serving].join(", ")}`,
        serving.size === 0 ? 'Set "host", or remove it.' : `Write ${[...serving].join(", ")}, or remove it.`,
      );
  });
}
