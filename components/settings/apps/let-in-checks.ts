import type { Draft, Report } from "../check";
import { shutsOut } from "./callers";
import { gatewaysOf } from "../gateways/names";
import { targetsOf, type DestinationSettings } from "./destinations";
import type { AppInput } from "./schema";

/** Whether requests from outside go to an application's own pods: proxies answer some by themselves, and send others elsewhere. */
function reachesItself(name: string, { routes, service = name, namespace }: AppInput): boolean {
  const isOwn = ({ service: other = service, namespace: its = namespace }: DestinationSettings) =>
    other === service && its === namespace;
  const goesOn = routes.filter(({ redirect, directResponse, delegate }) => !(redirect ?? directResponse ?? delegate));
  const takesAll = routes.some(({ match, delegate }) => !match && !delegate);
  return (
    !takesAll ||
    goesOn.some(({ to }) => to === undefined || targetsOf(to).some(({ destination }) => isOwn(destination)))
  );
}

/** Public names that nobody reaches, as no rule lets their gateway in: every request would be answered with 403. */
export function checkLetIn(draft: Draft, name: string, app: AppInput, report: Report): void {
  const { domain, settledGateways, guessed } = draft;
  if (!domain || !settledGateways) return;
  if (["access", "host", "hosts", "domain"].some((key) => guessed("apps", [name, key]))) return;
  for (const key of gatewaysOf(app, domain, settledGateways)) {
    const gateway = settledGateways.find((each) => each.key === key);
    if (!gateway || guessed("gateways", [key])) continue;
    const caller = { gateway: key, namespace: gateway.namespace, serviceAccount: gateway.name };
    if (!shutsOut(draft, app, caller) || !reachesItself(name, app)) continue;
    report(
      "apps",
      app.access ? [name, "access"] : [name],
      `lets nothing in that comes through the gateway ${key}, which serves its hosts: every request would be answered with 403${app.access ? "" : ", as mesh.access.default is deny"}`,
      `Add a rule: access: [{from: [{gateway: ${key}}]}]. Or remove its hosts there.`,
    );
  }
}
