import type { AppInput } from "./schema";
import { mirrorsOf, targetsOf, type DestinationSettings } from "./destinations";
import type { RouteSettings } from "./routes";
import { sharesOf } from "./shares";
import { closest } from "../reading/suggestions";
import type { Draft, Report } from "../check";

/** Where routes lead: versions that exist, and weights that add up. */
export function checkDestinations(
  path: readonly PropertyKey[],
  { to }: RouteSettings,
  name: string,
  app: AppInput,
  draft: Draft,
  report: Report,
): void {
  if (to === undefined) return;
  for (const { destination, path: place } of targetsOf(to))
    checkDestination([...path, ...place], destination, typeof to === "string", name, app, draft, report);
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

/** Copies go to versions that exist, and never where the requests go anyway. */
export function checkMirrors(
  path: readonly PropertyKey[],
  { mirror: mirrors, to, redirect, directResponse, delegate }: RouteSettings,
  name: string,
  app: AppInput,
  draft: Draft,
  report: Report,
): void {
  if (redirect ?? directResponse) return;
  const only = delegate ? undefined : onlyDestination(to, app);
  for (const { mirror, path: below } of mirrorsOf(mirrors)) {
    const place = [...path, ...below];
    checkDestination(place, mirror, typeof mirrors === "string", name, app, draft, report);
    if (only && keyOfBackend(only, name, app) === keyOfBackend(mirror, name, app))
      report(
        "apps",
        place,
        "copies requests to the pods that they go to anyway: each would be handled twice",
        "Name another version or service, or remove it.",
      );
  }
}

/** Where all requests of a route go, if it is one place. */
function onlyDestination(to: RouteSettings["to"], { versions }: AppInput): DestinationSettings | undefined {
  const targets = targetsOf(to);
  if (targets.length > 0) return targets.length === 1 ? targets[0]?.destination : undefined;
  const names = Object.keys(versions);
  const weights = sharesOf(Object.values(versions).map(({ weight }) => weight));
  if (names.length === 0) return {};
  const all = names.find((_, index) => weights[index] === 100);
  return all === undefined ? undefined : { version: all };
}

type Backend = Pick<DestinationSettings, "version" | "service" | "namespace" | "port">;

function keyOfBackend({ version, service, namespace, port }: Backend, name: string, app: AppInput): string {
  const own = service ?? app.service ?? name;
  return [(service && namespace) || app.namespace, own, port ?? app.port, version ?? ""].join("/");
}

function checkDestination(
  place: readonly PropertyKey[],
  destination: Backend,
  isName: boolean,
  name: string,
  app: AppInput,
  { apps = {}, appsLeftOut, guessed }: Draft,
  report: Report,
): void {
  const [owner, target] = targetOf(destination, name, app, apps) ?? [];
  const renamed = Object.keys(apps).some((other) => guessed("apps", [other, "service"]));
  const unknowable = target
    ? guessed("apps", [owner ?? name, "versions", destination.version ?? ""])
    : destination.service !== undefined && (appsLeftOut || renamed);
  if (destination.version !== undefined && !unknowable)
    checkVersion(isName ? place : [...place, "version"], destination, target, report);
  if (destination.namespace && !destination.service)
    report("apps", [...place, "namespace"], "has no effect without service", 'Set "service", or remove "namespace".');
}

/** The application that a destination belongs to, by name, if it is one of this stack. */
function targetOf(
  destination: Backend,
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
  { version = "", service }: Backend,
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
