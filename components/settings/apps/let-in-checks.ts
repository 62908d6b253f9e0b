import type { Draft, Report } from "../check";
import { shutsOut } from "./callers";
import { hostEntries } from "./hosts";
import type { AppInput } from "./schema";

/** Public names that nobody reaches, as no rule lets their gateway in: every request would be answered with 403. */
export function checkLetIn(draft: Draft, name: string, app: AppInput, report: Report): void {
  const { domain, settledGateways, guessed } = draft;
  if (!domain || !settledGateways) return;
  if (["access", "host", "hosts", "domain"].some((key) => guessed("apps", [name, key]))) return;
  const [only] = settledGateways;
  const domains = [domain, ...domain.additional];
  const told = new Set<string>();
  for (const { domain: own = domain.name } of hostEntries(app)) {
    const found = domains.find((each) => each.name === own);
    const key = found && (found.gateway ?? (settledGateways.length === 1 ? only?.key : undefined));
    const gateway = settledGateways.find((each) => each.key === key);
    if (!gateway || told.has(gateway.key) || guessed("gateways", [gateway.key])) continue;
    const caller = { gateway: gateway.key, namespace: gateway.namespace, serviceAccount: gateway.name };
    if (!shutsOut(draft, app, caller)) continue;
    told.add(gateway.key);
    report(
      "apps",
      app.access ? [name, "access"] : [name],
      `lets nothing in that comes through the gateway ${gateway.key}, which serves its hosts: every request would be answered with 403${app.access ? "" : ", as mesh.access.default is deny"}`,
      `Add a rule: access: [{from: [{gateway: ${gateway.key}}]}]. Or remove its hosts there.`,
    );
  }
}
