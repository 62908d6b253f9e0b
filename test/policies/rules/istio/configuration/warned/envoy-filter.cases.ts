import { warned } from "../../../../../../policies/rules/istio/configuration/warned";
import { cases } from "../../../../cases";
import type { Loose } from "../../../../stack";
import { breaks, keeps } from "./drafts";

const lua = {
  name: "envoy.filters.http.lua",
  typed_config: {
    "@type": "type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua",
    default_source_code: { inline_string: "-- nothing" },
  },
};
const filter = (value: Loose, { applyTo = "HTTP_FILTER", operation = "INSERT_FIRST", match }: Loose = {}): Loose => ({
  configPatches: [{ applyTo, match, patch: { operation, value } }],
});
const manager = "envoy.filters.network.http_connection_manager";
const inFilter = (inner: Loose): Loose => ({ listener: { filterChain: { filter: inner } } });
const untyped = (name: string) =>
  `names the extension "${name}" without typed_config: Envoy no longer finds one by its name alone. Add typed_config with its "@type".`;

export default cases(warned, {
  breaks: {
    "a field that a typed extension doesn't have": breaks(
      "EnvoyFilter",
      filter({ ...lua, typed_config: { ...lua.typed_config, default_source_cod: {} } }),
      'sets "default_source_cod", which envoy.extensions.filters.http.lua.v3.Lua doesn\'t have: istiod leaves it out. Did you mean default_source_code? Its fields are clear_route_cache, default_source_code, inline_code, source_codes and stat_prefix.',
    ),
    "a field that an entry of a list, and one that a value of a map doesn't have": breaks(
      "EnvoyFilter",
      filter(
        {
          response_headers_to_add: [{ header: { key: "a", val: "b" } }],
          typed_per_filter_config: { [lua.name]: { ...lua.typed_config, disabled: true } },
        },
        { applyTo: "VIRTUAL_HOST", operation: "MERGE" },
      ),
      'sets "val", which envoy.config.core.v3.HeaderValue doesn\'t have: istiod leaves it out. Did you mean value? Its fields are key, raw_value and value.',
      'sets "disabled", which envoy.extensions.filters.http.lua.v3.Lua doesn\'t have: istiod leaves it out. Its fields are clear_route_cache, default_source_code, inline_code, source_codes and stat_prefix.',
    ),
    "an extension by its name alone": breaks("EnvoyFilter", filter({ name: lua.name }), untyped(lua.name)),
    "an extension in another by its name alone": breaks(
      "EnvoyFilter",
      filter({ transport_socket: { name: "envoy.transport_sockets.tls" } }, { applyTo: "CLUSTER", operation: "ADD" }),
      untyped("envoy.transport_sockets.tls"),
    ),
    "filters by old names": breaks(
      "EnvoyFilter",
      filter(lua, {
        match: inFilter({ name: "envoy.http_connection_manager", subFilter: { name: "envoy.ext_authz" } }),
      }),
      'matches the filter "envoy.http_connection_manager", a name that Istio no longer gives it: nothing matches. Write envoy.filters.network.http_connection_manager.',
      'matches the filter "envoy.ext_authz", a name that Istio no longer gives it: nothing matches. Write envoy.filters.http.ext_authz, or envoy.filters.network.ext_authz.',
    ),
    "a filter to match where whole listeners are patched": breaks(
      "EnvoyFilter",
      filter(
        { per_connection_buffer_limit_bytes: 1024 },
        { applyTo: "LISTENER", operation: "MERGE", match: inFilter({ name: manager }) },
      ),
      "matches a filter and applies to LISTENER: it is applied to each, whatever filters are in it. Take filter out of the match, or apply to NETWORK_FILTER.",
    ),
    "a version's regex that is too long": breaks(
      "EnvoyFilter",
      filter(lua, { match: { proxy: { proxyVersion: "1".repeat(1025) } } }),
      'matches proxyVersion by a regex of 1025 bytes: Istio takes 1024, and this patch matches no proxy. Write e.g. "^1\\.31.*".',
    ),
  },
  keeps: {
    "an extension with its settings": keeps("EnvoyFilter", filter(lua)),
    "an extension with its settings in camel case": keeps(
      "EnvoyFilter",
      filter({ name: lua.name, typedConfig: { ...lua.typed_config, statPrefix: "own" } }),
    ),
    "an extension with settings of no type": keeps(
      "EnvoyFilter",
      filter({
        name: "envoy.filters.http.wasm",
        typed_config: {
          "@type": "type.googleapis.com/xds.type.v3.TypedStruct",
          type_url: "type.googleapis.com/envoy.extensions.filters.http.wasm.v3.Wasm",
          value: { config: { anything: 1 } },
        },
      }),
    ),
    "what is merged into an extension": keeps("EnvoyFilter", filter({ name: lua.name }, { operation: "MERGE" })),
    "what is removed": keeps("EnvoyFilter", filter(undefined, { operation: "REMOVE" })),
    "a filter by its name": keeps(
      "EnvoyFilter",
      filter(lua, { match: inFilter({ name: manager, subFilter: { name: "envoy.filters.http.router" } }) }),
    ),
    "a waypoint's patch, into which Istio doesn't look": keeps(
      "EnvoyFilter",
      filter({ name: lua.name, nothing: 1 }, { match: { context: "WAYPOINT" } }),
    ),
  },
});
