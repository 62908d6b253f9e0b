import type { StringMatch } from "../settings/apps/matches";
import type { RetrySettings } from "../settings/apps/retries";
import type { AppSettings } from "../settings/apps/schema";
import { valueAt } from "../settings/reading/problems";
import type { AppRouting, Destination, Match, Place, RedirectTarget, Rewrite, Route, TrafficPolicy } from "./model";

type Condition = Exclude<keyof Match, "place">;

/**
 * How each condition is written: a text to compare, such texts by name, or a plain value. A condition that is new doesn't
 * compile until it stands here, and no renderer but the widest has it until it says so.
 */
const conditions = {
  uri: "text",
  ignoreUriCase: "value",
  method: "text",
  authority: "text",
  scheme: "text",
  headers: "texts",
  withoutHeaders: "texts",
  cookies: "texts",
  queryParams: "texts",
  port: "value",
  sourceLabels: "value",
  sourceNamespace: "value",
} as const satisfies Readonly<Record<Condition, "text" | "texts" | "value">>;

type Valued = { [Key in Condition]: (typeof conditions)[Key] extends "value" ? Key : never }[Condition];

/**
 * What of the model a renderer may lack, e.g. `match.headers.regex`, `retries.retryOn` or `outlierDetection`.
 *
 * Each must have the rest, or it is none: hosts, the order of routes, backends with shares, changes of headers, and
 * redirects and forwards themselves.
 */
export type Feature =
  | `match.${Valued}`
  | `match.${Exclude<Condition, Valued>}.${keyof StringMatch | "present"}`
  | `rewrite.${keyof Rewrite}`
  | `redirect.${keyof RedirectTarget}`
  | `retries.${keyof RetrySettings}`
  | "name"
  | "corsPolicy"
  | "rateLimit"
  | "timeout"
  | "mirror"
  | "fault"
  | "directResponse"
  | "delegate"
  | "versions"
  | "portLevelSettings"
  | keyof TrafficPolicy;

/** What a renderer can write. */
export interface Capabilities {
  /** What it writes, as its users call it, e.g. `Gateway API's HTTPRoute`. */
  readonly api: string;
  readonly expresses: ReadonlySet<Feature> | "everything";
}

/** Something that a renderer can't write. */
interface Inexpressible {
  /** Where it stands in the application's entry. */
  readonly path: Place;
  /** As the end of the sentence "it …". */
  readonly rule: string;
  readonly fix: string;
}

/** A feature that a routing uses, and the places it can come from, nearest first. */
interface Use {
  readonly feature: Feature;
  readonly places: readonly Place[];
}

/** What of an application's routing a renderer can't write, each once, though several origins may use it. */
export function inexpressible(app: AppSettings, routing: AppRouting, renderer: Capabilities): Inexpressible[] {
  const { api, expresses } = renderer;
  if (expresses === "everything") return [];
  const routes = routing.byOrigin.filter(({ ruled }) => ruled).flatMap((origin) => origin.routes);
  const uses = [...routes.flatMap(usesOfRoute), ...usesOfDestination(routing.destination)];
  const found = uses
    .filter(({ feature }) => !expresses.has(feature))
    .map(({ feature, places }) => ({
      path: places.find((place) => valueAt(app, place) !== undefined) ?? [],
      rule: `can't be written in ${api}`,
      fix: fixOf(feature, expresses),
    }));
  return [...new Map(found.map((each) => [JSON.stringify(each.path), each])).values()];
}

/** Another way to compare the same text, if the renderer has one. */
function fixOf(feature: Feature, expresses: ReadonlySet<Feature>): string {
  const [match, condition = "", kind] = feature.split(".");
  const others = kind && match === "match" ? (["exact", "prefix", "regex"] as const) : [];
  const possible = others.filter((other) => expresses.has(`match.${condition}.${other}` as Feature));
  return possible.length > 0 ? `Write ${possible.join(" or ")} instead.` : "Remove it.";
}

function usesOfRoute({ place = [], name, matches, action, corsPolicy, rateLimit }: Route): Use[] {
  const at = (...keys: string[]): Place => [...place, ...keys];
  // Timeout and retries are the route's own, or the application's.
  const inherited = (...keys: string[]): readonly Place[] => [at(...keys), keys];
  const common: Use[] = [
    ...matches.flatMap(usesOfMatch),
    ...(name ? [{ feature: "name", places: [at("name")] } as const] : []),
    ...(corsPolicy ? [{ feature: "corsPolicy", places: [at("corsPolicy")] } as const] : []),
    ...(rateLimit ? [{ feature: "rateLimit", places: [at("rateLimit")] } as const] : []),
  ];
  if (action.kind === "redirect")
    return [
      ...common,
      // A scheme that nobody said is the platform's, for this redirect.
      ...keysOf(action.to).map((key): Use => ({
        feature: `redirect.${key}`,
        places: [at("redirect", key), at("redirect")],
      })),
    ];
  if (action.kind === "respond") return [...common, { feature: "directResponse", places: [at("directResponse")] }];
  return [
    ...common,
    ...(action.kind === "delegate" ? [{ feature: "delegate", places: [at("delegate")] } as const] : []),
    ...(action.mirrors ? [{ feature: "mirror", places: [at("mirror")] } as const] : []),
    ...(action.fault ? [{ feature: "fault", places: [at("fault")] } as const] : []),
    ...keysOf(action.rewrite).map((key): Use => ({ feature: `rewrite.${key}`, places: [at("rewrite", key)] })),
    ...keysOf(action.retries).map((key): Use => ({ feature: `retries.${key}`, places: inherited("retries", key) })),
    ...(action.timeout ? [{ feature: "timeout", places: inherited("timeout") } as const] : []),
  ];
}

function usesOfMatch({ place, ...match }: Match): Use[] {
  return keysOf(match).flatMap((condition): Use[] => {
    const at: Place = [...place, condition];
    switch (conditions[condition]) {
      case "value":
        return [{ feature: `match.${condition}` as Feature, places: [at] }];
      case "text":
        return comparisons(condition, match[condition] as StringMatch, at);
      case "texts":
        return Object.entries(match[condition] as Readonly<Record<string, StringMatch>>).flatMap(([name, text]) =>
          comparisons(condition, text, [...at, name]),
        );
    }
  });
}

function comparisons(condition: Condition, text: StringMatch, place: Place): Use[] {
  if (keysOf(text).length === 0) return [{ feature: `match.${condition}.present` as Feature, places: [place] }];
  return keysOf(text).map((kind) => ({ feature: `match.${condition}.${kind}` as Feature, places: [[...place, kind]] }));
}

function usesOfDestination({ versions, policy, ports }: Destination): Use[] {
  return [
    ...(versions.length > 0 ? [{ feature: "versions", places: [["versions"]] } as const] : []),
    ...versions.flatMap(({ name, policy: own }) =>
      keysOf(own).map((key): Use => ({ feature: key, places: [["versions", name, key]] })),
    ),
    ...(ports ? [{ feature: "portLevelSettings", places: [["portLevelSettings"]] } as const] : []),
    ...keysOf(policy).map((key): Use => ({ feature: key, places: [[key]] })),
  ];
}

function keysOf<T extends object>(value: T | undefined): (keyof T & string)[] {
  return Object.keys(value ?? {}) as (keyof T & string)[];
}
