import type { Check } from "../engine/rule";
import type { Value } from "../engine/value";
import { visitPatch } from "./envoy-value";
import { isRegex } from "./http-route";
import { eachIn, guarded, type Refusals, type Refuse } from "./refuse";

// What fits no field, and values of wrong types, are for Envoy's own definitions to say.
export const refuseEnvoyFilter: Refusals = (filter, refuse, check) =>
  eachIn(check, filter.get("spec", "configPatches"), (patch) => {
    const wrong = wrongIn(patch);
    if (wrong) refuse(...wrong);
    else guarded(check, () => refuseTypes(patch, refuse, check));
  });

/** The match that fits to what a patch applies to. */
const matches: Readonly<Record<string, string>> = {
  LISTENER: "listener",
  FILTER_CHAIN: "listener",
  NETWORK_FILTER: "listener",
  HTTP_FILTER: "listener",
  ROUTE_CONFIGURATION: "routeConfiguration",
  VIRTUAL_HOST: "routeConfiguration",
  HTTP_ROUTE: "routeConfiguration",
  CLUSTER: "cluster",
};

/** Where a patch is wrong, how, and what to do. */
function wrongIn(entry: Value): Parameters<Refuse> | undefined {
  const match = entry.get("match");
  if (match.get("context").text() === "WAYPOINT") return undefined;
  const applyTo = entry.get("applyTo").text() ?? "INVALID";
  const patch = entry.get("patch");
  const operation = patch.get("operation").text() ?? "INVALID";
  if (applyTo === "INVALID") return [entry, "has a patch that applies to nothing", "Set applyTo."];
  if (!patch.exists) return [entry, "has a patch that does nothing", "Add patch."];
  if (operation === "INVALID") return [patch, "has a patch without an operation", "Set operation, e.g. MERGE."];
  if (operation !== "REMOVE" && !patch.get("value").exists) return [patch, `has nothing to ${operation}`, "Add value."];
  const version = match.get("proxy", "proxyVersion");
  const regex = version.text() ?? "";
  if (regex.length <= longestVersion && !isRegex(regex))
    return [version, `has the regex "${regex}" for proxyVersion, which RE2 can't read`, 'Write e.g. "^1\\.31.*".'];
  const fitting = matches[applyTo];
  const other = ["listener", "routeConfiguration", "cluster"].find((key) => key !== fitting && match.get(key).exists);
  if (fitting !== undefined && other !== undefined)
    return [match, `applies to ${applyTo} and matches by ${other}`, `Match by ${fitting}.`];
  return fitting === "listener" ? wrongFilter(match.get("listener", "filterChain", "filter"), applyTo) : undefined;
}

const connectionManagers = ["envoy.filters.network.http_connection_manager", "envoy.http_connection_manager"];

function wrongFilter(filter: Value, applyTo: string): Parameters<Refuse> | undefined {
  const inner = filter.get("subFilter");
  const name = filter.get("name").text() ?? "";
  if (filter.exists && name === "") return [filter, "matches a filter without a name", "Add name."];
  if (!inner.exists) return undefined;
  if (applyTo !== "HTTP_FILTER")
    return [inner, `matches a subFilter and applies to ${applyTo}`, "Set applyTo: HTTP_FILTER."];
  if (!connectionManagers.includes(name))
    return [inner, `matches a subFilter of "${name}"`, `Match it in ${connectionManagers[0] ?? ""}.`];
  return inner.get("name").text() ? undefined : [inner, "matches a subFilter without a name", "Add name."];
}

/** Of a longer one istiod warns, and looks no further. */
const longestVersion = 1024;

/** Extensions whose settings have a type say one that Istio knows. */
function refuseTypes(patch: Value, refuse: Refuse, check: Check): void {
  if (patch.get("match", "context").text() === "WAYPOINT") return;
  const unknownType = (at: Value, type: string | undefined) => {
    if (type === undefined) refuse(at, 'has settings without "@type"', "Add the type of the settings.");
    else
      refuse(
        at.get("@type"),
        `has settings of the type "${type}", which Istio doesn't know`,
        /\.v2(alpha)?\d*\./.test(type) ? "Write its successor of Envoy's API v3." : "Write a type of Envoy's API.",
      );
  };
  visitPatch(patch, { unknownType }, check);
}
