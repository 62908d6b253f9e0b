/** What Istio warns of (IST0133): a name for each, how Istio says it, and how IST-WARNED does, if it does. */
const warnings: readonly (readonly [name: string, istio: RegExp, ours?: RegExp])[] = [
  ["selector", /workload selector specified without labels/, /^has an empty \w+elector, /],
  ["TLS version", /TLS version below TLSV1_2 /, /^takes TLS 1\.\d and has no cipherSuites: /],
  ["ciphers", /ignoring invalid cipher suites: /, /^names the cipher suite .* and leaves out\.$/],
  ["ciphers twice", /ignoring duplicate cipher suites: /, /^names the cipher suite .* twice\.$/],
  ["certificates", /mode does not use certificates/, / which passes TLS on unopened: /],
  ["many certificates", /can support up to 2 server certificates$/, /^has \d+ tlsCertificates, /],
  ["redirect", /tls\.httpsRedirect should only be used /],
  ["HTTP pool", /sidecar: HTTP connection pool settings /, /^has connectionPool\.http for the port /],
  ["import twice", /duplicated egress host: /, /^imports "(?!.* is all there is)/],
  ["import of all", /`\*\/\*` host select all resources/, /^imports "\*\/\*", which is all there is, /],
  ["failover", /outlier detection policy must be provided /, / no outlierDetection: /],
  ["deprecated", /^[^:]+: (outlier detection consecutive errors|consistent hash MinimumRingSize) is deprecated, /],
  ["deprecated", /using deprecated setting "mirrorPercent"/],
  ["Gateway's name", /using legacy gatewayName format /],
  ["SNI address", /goes against SNI spec /, /^matches the address /],
  ["long answer", /large direct_responses may impact /, /^answers with /],
  ["abort", /abort configured, but error type not set/, /^has fault\.abort without a status /],
  ["address", /address is unset with network /, /^has the network .* and no address: /],
  ["TCP addresses", /addresses are required for ports serving TCP /],
  ["partial wildcard", /partial wildcard .* not allowed$/, / wildcard is for part of a label: /],
  ["unused selector", /workloadSelector should not be set when resolution mode is NONE/, /^selects workloads and /],
  ["shared address", /service entry can not have more than one host /, /^has addresses, \d+ hosts and a port /],
  ["private key", /jwks key at index \d+ contains private key material/, / private keys? in jwks: /],
  ["tracings", /multiple tracing is not /, /^has \d+ entries under tracing, /],
  ["providers", /multiple providers is not /, /^traces with \d+ providers, /],
  ["tag", /tagOverrides\.name may not be empty/, /^overrides a tag without a name\.$/],
  ["EnvoyFilter", /EnvoyFilter exposes internal implementation details /],
  ["version's regex", /proxyVersion match exceeds /, /^matches proxyVersion by a regex /],
  ["filter match", /filter match has no effect /, /^matches a filter and applies to /],
  ["filter name", /using deprecated filter name /, /^matches the filter ".*", a name that /],
  ["unknown field", /unknown field "/, /^sets ".*", which .* doesn't have: /],
  ["untyped extension", /using deprecated types by name without typed_config/, /^names the extension /],
];

/** The name of what Istio warns of; undefined for what stands nowhere here, which so is a difference. */
export function warningOf(message: string): string | undefined {
  return warnings.find(([, istio]) => istio.test(message))?.[0];
}

/** The same of a finding of IST-WARNED. */
export function ownWarningOf(message: string): string | undefined {
  return warnings.find(([, , ours]) => ours?.test(message))?.[0];
}

/** Those that IST-WARNED tells. */
export const ownWarnings: readonly string[] = warnings.flatMap(([name, , ours]) => (ours ? [name] : []));
