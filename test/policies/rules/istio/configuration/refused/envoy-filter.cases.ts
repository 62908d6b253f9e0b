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

export default cases(refused, {
  breaks: {
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
    "an EnvoyFilter's patch": keeps("EnvoyFilter", {
      configPatches: [{ applyTo: "CLUSTER", match: { cluster: { name: "a" } }, patch }],
    }),
    "an EnvoyFilter's patch of a filter": keeps(
      "EnvoyFilter",
      filterPatch({ name: manager, subFilter: { name: "envoy.filters.http.router" } }),
    ),
  },
});
