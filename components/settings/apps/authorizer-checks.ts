import type { Draft, Report } from "../check";
import { callerOf, shutsOut } from "./callers";
import type { AppInput } from "./schema";

type Path = readonly PropertyKey[];

/** Istio asks one authorizer for all of a workload's rules; with two, it refuses every request that fits any of them. */
export function checkAuthorizers(name: string, { access = [] }: AppInput, draft: Draft, report: Report): void {
  const asked = access.flatMap(({ action, provider }, index) =>
    action === "CUSTOM" && provider !== undefined ? [{ provider, index }] : [],
  );
  const [first] = asked;
  for (const { provider, index } of asked) {
    const path = [name, "access", index, "provider"];
    if (first && provider !== first.provider)
      report(
        "apps",
        path,
        `is another authorizer than ${first.provider} before it: Istio asks one for an application, and with two it refuses what either is asked for`,
        "Ask one of them.",
      );
    if (provider === first?.provider && index === first.index) checkAuthorizer(name, path, provider, draft, report);
  }
}

/** An authorizer that is an application of the stack must let in whom it judges for. */
function checkAuthorizer(name: string, path: Path, provider: string, draft: Draft, report: Report): void {
  const { mesh, apps = {}, guessed } = draft;
  const caller = apps[name];
  const kinds = mesh?.providers[provider];
  if (!caller || !kinds || guessed("apps", [name])) return;
  const host = kinds.envoyExtAuthzHttp?.service ?? kinds.envoyExtAuthzGrpc?.service ?? "";
  const found = Object.entries(apps).find(
    ([key, app]) => host.replace(/^.*\//, "") === `${app.service ?? key}.${app.namespace}.svc.cluster.local`,
  );
  if (!found || guessed("apps", [found[0]])) return;
  const [own, app] = found;
  if (shutsOut(draft, app, callerOf(name, caller)))
    report(
      "apps",
      path,
      `is apps.${own}, whose access lets ${name} in nowhere: it never answers, and every request is refused`,
      `Add {from: [{app: ${name}}]} to apps.${own}.access.`,
    );
}
