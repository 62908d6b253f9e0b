/**
 * The values of the istiod chart that the lab adds to the program's: Envoy's own build has none of the filters that
 * Istio adds to its proxy, and refuses a configuration with them.
 */
export const plainEnvoy = {
  env: { PILOT_ENABLE_ALPN_FILTER: "false", PILOT_ENABLE_METADATA_EXCHANGE: "false" },
  meshConfig: { defaultProviders: { metrics: [] } },
} as const;
