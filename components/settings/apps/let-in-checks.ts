import type { Draft, Report } from "../check";
import { letInByManifests, mayBe } from "./callers";
import { hostEntries } from "./hosts";
import type { AppInput } from "./schema";

/**
 * Public names that nobody reaches, as no rule lets their gateway in: every request would be answered with 403.
 *
 * Where rules are only counted nothing is refused, and the counters say it.
 */
export function checkLetIn(draft: Draft, name: string, app: AppInput, report: Report): void {
  const { mesh, domain, settledGateways, guessed } = draft;
  if (!mesh || !domain || !settledGateways || guessed("mesh", ["access"]) || mesh.access.default === "dryRun") return;
  if (["access", "host", "hosts", "domain"].some((key) => guessed("apps", [name, key]))) return;
  const rules = (app.access ?? []).filter(({ action }) => action === "ALLOW");
  if ((rules.length === 0 && mesh.access.default === "allow") || letInByManifests(draft, app.namespace)) return;
  const [only] = settledGateways;
  const domains = [domain, ...domain.additional];
  const told = new Set<string>();
  for (const { domain: own = domain.name } of hostEntries(app)) {
    const found = domains.find((each) => each.name === own);
    const key = found && (found.gateway ?? (settledGateways.length === 1 ? only?.key : undefined));
    const gateway = settledGateways.find((each) => each.key === key);
    if (!gateway || told.has(gateway.key) || guessed("gateways", [gateway.key])) continue;
    const caller = { gateway: gateway.key, namespace: gateway.namespace, serviceAccount: gateway.name };
    if (rules.some(({ from }) => !from || from.some((source) => mayBe(source, caller)))) continue;
    told.add(gateway.key);
    report(
      "apps",
      app.access ? [name, "access"] : [name],
      `lets nothing in that comes through the gateway ${gateway.key}, which serves its hosts: every request would be answered with 403${app.access ? "" : ", as mesh.access.default is deny"}`,
      `Add a rule: access: [{from: [{gateway: ${gateway.key}}]}]. Or remove its hosts there.`,
    );
  }
}
