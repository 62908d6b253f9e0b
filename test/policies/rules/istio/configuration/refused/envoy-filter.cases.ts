import { refused } from "../../../../../../policies/rules/istio/configuration/refused";
import { cases } from "../../../../cases";
import type { Loose } from "../../../../stack";
import { breaks, keeps } from "./drafts";

const patch = { operation: "REMOVE" };

const manager = "envoy.filters.network.http_connection_manager";

/** An EnvoyFilter that takes out what it matches in a listener. */
function filterPatch(filter: Loose, applyTo = "HTTP_FILTER"): Loose {
  return { configPatches: [{ applyTo, match: { listener: { filterChain: { filter } } }, patch }] };
}

/** An EnvoyFilter that adds a filter with these settings. */
function settings(typed_config: Loose): Loose {
  const value = { name: "own", typed_config };
  return { configPatches: [{ applyTo: "HTTP_FILTER", patch: { operation: "INSERT_FIRST", value } }] };
}

const lua = "type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua";

export default cases(refused, {
  breaks: {
    "an EnvoyFilter with settings of Envoy's old API": breaks(
      "EnvoyFilter",
      settings({ "@type": "type.googleapis.com/envoy.config.filter.http.lua.v2.Lua" }),
      'has settings of the type "type.googleapis.com/envoy.config.filter.http.lua.v2.Lua", which Istio doesn\'t know',
      "Write its successor of Envoy's API v3.",
    ),
    "an EnvoyFilter with settings of a type that isn't": breaks(
      "EnvoyFilter",
      settings({ "@type": `${lua}a` }),
      `has settings of the type "${lua}a", which Istio doesn't know`,
      "Write a type of Envoy's API.",
    ),
    "an EnvoyFilter with settings of no type": breaks(
      "EnvoyFilter",
      settings({ inline_code: "-- nothing" }),
      'has settings without "@type"',
      "Add the type of the settings.",
    ),
    "an EnvoyFilter's match of a version by no regex": breaks(
      "EnvoyFilter",
      { configPatches: [{ applyTo: "CLUSTER", match: { proxy: { proxyVersion: "(" } }, patch }] },
      'has the regex "(" for proxyVersion, which RE2 can\'t read',
      'Write e.g. "^1\\.31.*".',
    ),
    "an EnvoyFilter's patch that does nothing": breaks(
      "EnvoyFilter",
      { configPatches: [{ applyTo: "CLUSTER" }] },
      "has a patch that does nothing",
      "Add patch.",
    ),
    "an EnvoyFilter's patch that applies to nothing": breaks(
      "EnvoyFilter",
      { configPatches: [{ patch }] },
      "has a patch that applies to nothing",
      "Set applyTo.",
    ),
    "an EnvoyFilter's patch without an operation": breaks(
      "EnvoyFilter",
      { configPatches: [{ applyTo: "CLUSTER", patch: { value: {} } }] },
      "has a patch without an operation",
      "Set operation, e.g. MERGE.",
    ),
    "an EnvoyFilter with nothing to merge": breaks(
      "EnvoyFilter",
      { configPatches: [{ applyTo: "CLUSTER", patch: { operation: "MERGE" } }] },
      "has nothing to MERGE",
      "Add value.",
    ),
    "an EnvoyFilter's match of a filter without a name": breaks(
      "EnvoyFilter",
      filterPatch({ name: "" }),
      "matches a filter without a name",
      "Add name.",
    ),
    "an EnvoyFilter's match inside of another filter": breaks(
      "EnvoyFilter",
      filterPatch({ name: "envoy.filters.network.tcp_proxy", subFilter: { name: "envoy.filters.http.router" } }),
      'matches a subFilter of "envoy.filters.network.tcp_proxy"',
      "Match it in envoy.filters.network.http_connection_manager.",
    ),
    "an EnvoyFilter's match inside of a filter, without a name": breaks(
      "EnvoyFilter",
      filterPatch({ name: manager, subFilter: {} }),
      "matches a subFilter without a name",
      "Add name.",
    ),
    "an EnvoyFilter's match inside of a filter, for that filter": breaks(
      "EnvoyFilter",
      filterPatch({ name: manager, subFilter: { name: "envoy.filters.http.router" } }, "NETWORK_FILTER"),
      "matches a subFilter and applies to NETWORK_FILTER",
      "Set applyTo: HTTP_FILTER.",
    ),
    "an EnvoyFilter's match of another kind": breaks(
      "EnvoyFilter",
      { configPatches: [{ applyTo: "CLUSTER", match: { listener: { portNumber: 80 } }, patch }] },
      "applies to CLUSTER and matches by listener",
      "Match by cluster.",
    ),
  },
  keeps: {
    "an EnvoyFilter with settings": keeps("EnvoyFilter", settings({ "@type": lua, inline_code: "-- nothing" })),
    "an EnvoyFilter with settings of no known type": keeps(
      "EnvoyFilter",
      settings({ "@type": "type.googleapis.com/udpa.type.v1.TypedStruct", type_url: "own", value: { a: 1 } }),
    ),
    "an EnvoyFilter's patch": keeps("EnvoyFilter", {
      configPatches: [{ applyTo: "CLUSTER", match: { cluster: { name: "a" } }, patch }],
    }),
    "an EnvoyFilter's patch of a filter": keeps(
      "EnvoyFilter",
      filterPatch({ name: manager, subFilter: { name: "envoy.filters.http.router" } }),
    ),
  },
});
