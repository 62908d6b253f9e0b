import { warned } from "../../../../../../policies/rules/istio/configuration/warned";
import { cases } from "../../../../cases";
import { breaks, keeps } from "./drafts";

const empty = (key: string) =>
  `has an empty ${key}, which takes every workload, not some. Write the labels of the pods that it is for, or take ${key} out.`;

export default cases(warned, {
  breaks: {
    "a policy with an empty selector": breaks("AuthorizationPolicy", { selector: {}, rules: [{}] }, empty("selector")),
    "an empty selector of mutual TLS": breaks(
      "PeerAuthentication",
      { selector: {}, mtls: { mode: "STRICT" } },
      empty("selector"),
    ),
    "a selector with empty labels": breaks(
      "RequestAuthentication",
      { selector: { matchLabels: {} }, jwtRules: [] },
      empty("selector"),
    ),
    "telemetry with an empty selector": breaks("Telemetry", { selector: {} }, empty("selector")),
    "a plugin with an empty selector": breaks(
      "WasmPlugin",
      { selector: {}, url: "oci://registry.example.com/plugin:1" },
      empty("selector"),
    ),
    "an extension with an empty selector": breaks(
      "TrafficExtension",
      { selector: { matchLabels: {} }, lua: { inlineCode: "-- nothing" } },
      empty("selector"),
    ),
    "proxies' settings with an empty selector": breaks("ProxyConfig", { selector: {} }, empty("selector")),
    "a DestinationRule with an empty selector": breaks(
      "DestinationRule",
      { host: "details", workloadSelector: {}, trafficPolicy: { tls: { mode: "DISABLE" } } },
      empty("workloadSelector"),
    ),
    "a Sidecar with an empty selector": breaks(
      "Sidecar",
      { workloadSelector: {}, egress: [{ hosts: ["./*"] }] },
      empty("workloadSelector"),
    ),
    "a ServiceEntry with an empty selector": breaks(
      "ServiceEntry",
      {
        hosts: ["api.example.org"],
        ports: [{ number: 443, name: "tls", protocol: "TLS" }],
        resolution: "STATIC",
        workloadSelector: { labels: {} },
      },
      empty("workloadSelector"),
    ),
    "an EnvoyFilter with an empty selector": breaks(
      "EnvoyFilter",
      { workloadSelector: {}, configPatches: [] },
      empty("workloadSelector"),
    ),
  },
  keeps: {
    "a policy for some": keeps("AuthorizationPolicy", {
      selector: { matchLabels: { app: "details" } },
      rules: [{}],
    }),
    "a policy for all": keeps("PeerAuthentication", { mtls: { mode: "STRICT" } }),
    "a Sidecar for some": keeps("Sidecar", {
      workloadSelector: { labels: { app: "details" } },
      egress: [{ hosts: ["./*"] }],
    }),
  },
});
