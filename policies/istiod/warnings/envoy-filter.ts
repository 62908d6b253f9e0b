import type { Check } from "../../engine/rule";
import type { Value } from "../../engine/value";
import { listed } from "../../facts/istio/objects";
import { didYouMean } from "../../schemas/mistakes";
import { fieldOf, type Message } from "../../schemas/envoy";
import { visitPatch } from "../envoy-value";
import { eachIn, guarded, type Warn, type Warnings } from "../refuse";

// That there is an EnvoyFilter at all, for which Istio warns, too, is somebody's decision.
export const warnEnvoyFilter: Warnings = (filter, warn, check) => {
  eachIn(check, filter.get("spec", "configPatches"), (patch) => {
    if (patch.get("match", "context").text() === "WAYPOINT") return;
    guarded(check, () => warnVersion(patch.get("match", "proxy", "proxyVersion"), warn));
    warnMatch(patch, warn, check);
    guarded(check, () => warnValue(patch, warn, check));
  });
};

const longestVersion = 1024;

function warnVersion(version: Value, warn: Warn): void {
  const length = Buffer.byteLength(version.text() ?? "");
  if (length > longestVersion)
    warn(
      version,
      `matches proxyVersion by a regex of ${length} bytes: Istio takes ${longestVersion}, and this patch matches no proxy.`,
      'Write e.g. "^1\\.31.*".',
    );
}

/** Places where a filter can be matched in a listener. */
const inListeners = ["LISTENER", "FILTER_CHAIN", "NETWORK_FILTER", "HTTP_FILTER"];

function warnMatch(patch: Value, warn: Warn, check: Check): void {
  guarded(check, () => {
    const place = patch.get("applyTo").text() ?? "";
    const filter = patch.get("match", "listener", "filterChain", "filter");
    if (!inListeners.includes(place) || !filter.exists) return;
    guarded(check, () => warnName(filter.get("name"), warn));
    guarded(check, () => warnName(filter.get("subFilter", "name"), warn));
    if (place === "LISTENER" || place === "FILTER_CHAIN")
      warn(
        filter,
        `matches a filter and applies to ${place}: it is applied to each, whatever filters are in it.`,
        "Take filter out of the match, or apply to NETWORK_FILTER.",
      );
  });
}

/** Names of filters that Istio has given up: of requests, of connections, of listeners. */
const oldNames: Readonly<Record<string, string>> = {
  http: "buffer cors csrf ext_authz fault grpc_http1_bridge grpc_json_transcoder grpc_web gzip health_check ip_tagging lua router squash",
  network: "client_ssl_auth ext_authz http_connection_manager mongo_proxy ratelimit redis_proxy tcp_proxy",
  listener: "http_inspector original_dst original_src proxy_protocol tls_inspector",
};

const renamed: readonly (readonly [old: string, now: string])[] = [
  ...Object.entries(oldNames).flatMap(([kind, names]) =>
    names
      .split(" ")
      .map(
        (name) => [`envoy.${kind === "listener" ? "listener." : ""}${name}`, `envoy.filters.${kind}.${name}`] as const,
      ),
  ),
  ["envoy.http_dynamo_filter", "envoy.filters.http.dynamo"],
  ["envoy.rate_limit", "envoy.filters.http.ratelimit"],
];

function warnName(name: Value, warn: Warn): void {
  const text = name.text() ?? "";
  const now = renamed.flatMap(([old, name]) => (old === text ? [name] : []));
  if (now.length > 0)
    warn(
      name,
      `matches the filter "${text}", a name that Istio no longer gives it: nothing matches.`,
      `Write ${now.join(", or ")}.`,
    );
}

function warnValue(patch: Value, warn: Warn, check: Check): void {
  // What is merged may leave out what is there.
  const isWhole = !["MERGE", "REMOVE"].includes(patch.get("patch", "operation").text() ?? "");
  visitPatch(
    patch,
    {
      message: (at, message, isOwn) => {
        if (isWhole && isOwn) warnType(at, message, warn);
      },
      unknownField: (at, key, { name, fields }) => {
        warn(
          at,
          `sets "${key}", which ${name} doesn't have: istiod leaves it out.`,
          `${didYouMean(key, fields)}Its fields are ${listed(fields)}.`,
        );
      },
    },
    check,
  );
}

/** An extension by its name and its settings, whose type says which it is. */
function warnType(at: Value, message: Message, warn: Warn): void {
  if (!fieldOf(message, "typed_config")) return;
  const given = at.entries().map(([key]) => fieldOf(message, key)?.name);
  if (given.includes("typed_config") || given.includes("config_discovery")) return;
  warn(
    at,
    `names the extension "${at.get("name").text() ?? ""}" without typed_config: Envoy no longer finds one by its name alone.`,
    'Add typed_config with its "@type".',
  );
}
