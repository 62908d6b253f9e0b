import { outsideOfMesh } from "../apps/in-mesh";
import { hostEntries } from "../apps/hosts";
import type { MatchSettings } from "../apps/matches";
import { isForMeshOnly } from "../apps/mesh-rules";
import type { RouteSettings } from "../apps/routes";
import type { AppInput } from "../apps/schema";
import type { Draft, Report } from "../check";

/** Limits that somebody counts: sidecars those of an application, gateways those of its routes. */
export function checkRateLimits(draft: Draft, name: string, app: AppInput, report: Report): void {
  checkSidecars(draft, name, app, report);
  app.routes.forEach((route, index) => {
    if (route.rateLimit) checkRoute(draft, name, app, index, report);
  });
}

function checkSidecars({ namespaces, guessed }: Draft, name: string, app: AppInput, report: Report): void {
  if (!app.rateLimit || guessed("apps", [name, "workload"])) return;
  const outside = outsideOfMesh(app, namespaces, guessed);
  if (outside === undefined) return;
  report(
    "apps",
    [name, "rateLimit"],
    `limits nothing: ${outside}, so its pods have no sidecar that would count`,
    "Remove it, or let its pods into the mesh.",
  );
}

function checkRoute({ guessed }: Draft, name: string, app: AppInput, index: number, report: Report): void {
  const path = [name, "routes", index];
  const route = app.routes[index];
  if (!route || guessed("apps", path)) return;
  const instead = `Write apps.${name}.rateLimit, which its sidecars count`;
  const refuse = (why: string, fix: string) => {
    report("apps", [...path, "rateLimit"], `limits nothing: gateways count the requests of a route, and ${why}`, fix);
  };
  const hostless = hostEntries(app).length === 0;
  if (hostless && !["host", "hosts"].some((key) => guessed("apps", [name, key])))
    refuse("this application has no host on one", `${instead}, or give it a host.`);
  else if (onlyInside(route)) refuse("this one is for calls from inside the mesh", `${instead}.`);
  checkName(path, route, app.routes, report);
}

/** Each pair once: of two routes with limits the later one has the problem. */
function checkName(
  path: readonly PropertyKey[],
  route: RouteSettings,
  routes: readonly RouteSettings[],
  report: Report,
): void {
  if (route.name === undefined) return;
  const index = routes.indexOf(route);
  const shared = routes.some(
    (other, each) => each !== index && other.name === route.name && (each < index || !other.rateLimit),
  );
  if (shared)
    report(
      "apps",
      [...path, "name"],
      "is the name of another route, too: gateways find a route that has a limit by its name, and would count both",
      "Give one of them another name.",
    );
}

/** Whether no request that comes through a gateway takes it. */
function onlyInside({ match }: RouteSettings): boolean {
  const isInside = (each: MatchSettings) =>
    isForMeshOnly(each) || (each.sourceLabels ?? each.sourceNamespace) !== undefined;
  return match?.every(isInside) ?? false;
}
