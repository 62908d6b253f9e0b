import { hostEntries } from "./hosts";
import type { AppInput } from "./schema";
import type { MatchSettings } from "./matches";
import type { RetrySettings } from "./retries";
import type { DestinationSettings, RouteSettings } from "./routes";
import { sharesOf } from "./shares";
import { seconds } from "../scalars";
import { closest } from "../reading/suggestions";
import type { Draft, Report } from "../check";

/** Routes of one application: versions that exist, weights, timeouts against retries, and routes that nothing reaches. */
export function checkRoutes(name: string, app: AppInput, draft: Draft, report: Report): void {
  checkTimeout([name], app.timeout, app.retries, report);
  app.routes.forEach((route, index) => {
    const path = [name, "routes", index];
    checkDestinations(path, route, name, app, draft, report);
    if (!["host", "hosts"].some((key) => draft.guessed("apps", [name, key]))) checkIngress(path, route, app, report);
    checkSources(path, route, report);
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

function checkDestinations(
  path: readonly PropertyKey[],
  { to }: RouteSettings,
  name: string,
  app: AppInput,
  { apps = {}, appsLeftOut, guessed }: Draft,
  report: Report,
): void {
  if (to === undefined) return;
  const list: readonly { readonly destination: DestinationSettings; readonly path: readonly PropertyKey[] }[] =
    typeof to === "string"
      ? [{ destination: { version: to }, path: [...path, "to"] }]
      : Array.isArray(to)
        ? to.map((destination, index) => ({ destination, path: [...path, "to", index] }))
        : [{ destination: to, path: [...path, "to"] }];
  for (const { destination, path: place } of list) {
    const [owner, target] = targetOf(destination, name, app, apps) ?? [];
    const renamed = Object.keys(apps).some((other) => guessed("apps", [other, "service"]));
    const unknowable = target
      ? guessed("apps", [owner ?? name, "versions", destination.version ?? ""])
      : destination.service !== undefined && (appsLeftOut || renamed);
    if (destination.version !== undefined && !unknowable)
      checkVersion(typeof to === "string" ? place : [...place, "version"], destination, target, report);
    if (destination.namespace && !destination.service)
      report("apps", [...place, "namespace"], "has no effect without service", 'Set "service", or remove "namespace".');
  }
  if (Array.isArray(to)) {
    const weights = sharesOf(to.map(({ weight }) => weight));
    const sum = weights.reduce((total, weight) => total + weight, 0);
    const missing = to.length > 1 ? to.findIndex(({ weight }) => weight === undefined) : -1;
    if (missing >= 0)
      report(
        "apps",
        [...path, "to", missing, "weight"],
        "is required where there are several destinations",
        "Write its share in percent.",
      );
    else if (sum !== 100)
      report(
        "apps",
        [...path, "to"],
        `must have weights that add up to 100, and theirs are ${weights.join(" + ")} = ${sum}`,
        "Change the weights.",
      );
  } else if (typeof to === "object" && to.weight !== undefined && to.weight !== 100) {
    report(
      "apps",
      [...path, "to", "weight"],
      "has no effect on a single destination",
      'Remove "weight", or make "to" a list.',
    );
  }
}

/** The application that a destination belongs to, by name, if it is one of this stack. */
function targetOf(
  destination: DestinationSettings,
  name: string,
  app: AppInput,
  apps: Readonly<Record<string, AppInput>>,
): [string, AppInput] | undefined {
  const service = destination.service ?? app.service ?? name;
  const namespace = destination.namespace ?? app.namespace;
  return Object.entries(apps).find(
    ([other, candidate]) => (candidate.service ?? other) === service && candidate.namespace === namespace,
  );
}

function checkVersion(
  path: readonly PropertyKey[],
  { version = "", service }: DestinationSettings,
  target: AppInput | undefined,
  report: Report,
): void {
  const versions = Object.keys(target?.versions ?? {});
  if (versions.includes(version)) return;
  const whose = service ? `service ${service}` : "this application";
  if (versions.length === 0) {
    report(
      "apps",
      path,
      `is a version of ${whose}, which has no versions in this stack`,
      service
        ? 'Remove "version", or make that service an application with versions.'
        : `Add it to versions: {${version}: {weight: …}}.`,
    );
  } else {
    const near = closest(version, versions);
    report(
      "apps",
      path,
      `is not a version of ${whose} (${versions.join(", ")})`,
      near
        ? `Did you mean "${near}"? If not, add "${version}" to versions.`
        : `Add "${version}" to versions, with weight: 0 if only routes should reach it.`,
    );
  }
}

function checkIngress(
  path: readonly PropertyKey[],
  { match = [] }: RouteSettings,
  app: AppInput,
  report: Report,
): void {
  match.forEach(({ gateways }, index) => {
    if (gateways?.includes("ingress") && hostEntries(app).length === 0)
      report(
        "apps",
        [...path, "match", index, "gateways"],
        'names "ingress", and this application has no host there',
        'Set "host", or remove "ingress".',
      );
  });
}

function checkSources(path: readonly PropertyKey[], { match = [] }: RouteSettings, report: Report): void {
  match.forEach(({ gateways, sourceLabels, sourceNamespace }, index) => {
    const place = [...path, "match", index];
    if (gateways && !gateways.includes("mesh") && (sourceLabels || sourceNamespace)) {
      report(
        "apps",
        [...place, sourceLabels ? "sourceLabels" : "sourceNamespace"],
        "holds for calls from inside the mesh only: from outside, the source is the gateway",
        'Add "mesh" to gateways, or remove it.',
      );
    }
  });
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
    else if (guessed("apps", [...path, "match"])) return;
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
