import { checkDestinations, checkMirrors } from "./destination-checks";
import type { AppInput } from "./schema";
import { checkMatch } from "./match-checks";
import type { MatchSettings } from "./matches";
import type { RetrySettings } from "./retries";
import type { RouteSettings } from "./routes";
import { seconds } from "../scalars";
import type { Draft, Report } from "../check";

/** Routes of one application: versions that exist, weights, timeouts against retries, and routes that nothing reaches. */
export function checkRoutes(name: string, app: AppInput, draft: Draft, report: Report): void {
  checkTimeout([name], app.timeout, app.retries, report);
  app.routes.forEach((route, index) => {
    const path = [name, "routes", index];
    checkDestinations(path, route, name, app, draft, report);
    checkMirrors(path, route, name, app, draft, report);
    route.match?.forEach((match, each) => {
      checkMatch([...path, "match", each], match, name, app, draft, report);
    });
    if (route.timeout || route.retries)
      checkTimeout(path, route.timeout ?? app.timeout, route.retries ?? app.retries, report);
  });
  checkReachability(name, app.routes, draft, report);
}

/** Tries that the timeout cuts off are retries that never happen. */
function checkTimeout(
  path: readonly PropertyKey[],
  timeout: string | undefined,
  retries: RetrySettings | undefined,
  report: Report,
): void {
  if (!timeout || !retries?.perTryTimeout) return;
  const needed = Number(((1 + retries.attempts) * seconds(retries.perTryTimeout)).toFixed(3));
  if (needed > seconds(timeout)) {
    report(
      "apps",
      [...path, "timeout"],
      `is too short for its retries: ${1 + retries.attempts} tries of ${retries.perTryTimeout} take ${needed}s`,
      `Write "${needed}s" or more, or lower retries.attempts or retries.perTryTimeout.`,
    );
  }
}

/** Whether a condition holds for every request. */
function isCatchAll({ uri, ...others }: MatchSettings): boolean {
  return (uri === undefined || uri.prefix === "/") && Object.keys(others).length === 0;
}

function checkReachability(name: string, routes: readonly RouteSettings[], { guessed }: Draft, report: Report): void {
  const seen = new Map<string, number>();
  let catchAll: number | undefined;
  routes.forEach((route, index) => {
    const path = [name, "routes", index];
    if (catchAll !== undefined)
      report(
        "apps",
        path,
        `is never reached: routes[${catchAll}] before it matches every request`,
        `Move it before routes[${catchAll}].`,
      );
    // What the routes of others don't take goes on to those below.
    else if (route.delegate || guessed("apps", [...path, "match"])) return;
    else if (!route.match || route.match.some(isCatchAll)) catchAll = index;
    else {
      const key = JSON.stringify(route.match);
      const first = seen.get(key);
      if (first !== undefined)
        report(
          "apps",
          [...path, "match"],
          `is never reached: routes[${first}] has the same conditions`,
          "Remove one of them.",
        );
      else seen.set(key, index);
    }
  });
}
