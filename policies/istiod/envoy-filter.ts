import type { Value } from "../engine/value";
import { eachIn, type Refusals, type Refuse } from "./refuse";

export const refuseEnvoyFilter: Refusals = (filter, refuse, check) =>
  eachIn(check, filter.get("spec", "configPatches"), (patch) => {
    const wrong = wrongIn(patch);
    if (wrong) refuse(...wrong);
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
