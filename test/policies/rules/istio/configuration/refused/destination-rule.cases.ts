import { refused } from "../../../../../../policies/rules/istio/configuration/refused";
import { cases } from "../../../../cases";
import { breaks, keeps } from "./drafts";

export default cases(refused, {
  breaks: {
    "a DestinationRule for a URL": breaks(
      "DestinationRule",
      { host: "http://details" },
      'has the host "http://details", which is none',
      "Write a Service's name.",
    ),
    "a subset's name that is no label": breaks(
      "DestinationRule",
      { host: "details", subsets: [{ name: "v1.0", labels: { version: "v1" } }] },
      'has the subset "v1.0"',
      "Use up to 63 letters, digits and hyphens, no hyphen at either end.",
    ),
    "an empty traffic policy": breaks(
      "DestinationRule",
      { host: "details", trafficPolicy: {} },
      "has a traffic policy without anything in it",
      "Add one of outlierDetection, connectionPool, loadBalancer, tls, portLevelSettings, tunnel, proxyProtocol, retryBudget, or take it out.",
    ),
    "a port's settings without a port": breaks(
      "DestinationRule",
      { host: "details", trafficPolicy: { portLevelSettings: [{ tls: { mode: "DISABLE" } }] } },
      "has settings for no port",
      "Add port with a number.",
    ),
    "a tunnel with PROXY protocol": breaks(
      "DestinationRule",
      {
        host: "details",
        trafficPolicy: { tunnel: { targetHost: "a.example.com", targetPort: 443 }, proxyProtocol: { version: "V1" } },
      },
      "has tunnel and proxyProtocol in one traffic policy",
      "Keep one of them.",
    ),
    "an empty connection pool": breaks(
      "DestinationRule",
      { host: "details", trafficPolicy: { connectionPool: {} } },
      "has a connection pool without anything in it",
      "Add http or tcp, or take it out.",
    ),
    "fewer connections than none": breaks(
      "DestinationRule",
      { host: "details", trafficPolicy: { connectionPool: { tcp: { maxConnections: -1 } } } },
      "has maxConnections -1",
      "Write 0 or more.",
    ),
    "more pods ejected than all": breaks(
      "DestinationRule",
      { host: "details", trafficPolicy: { outlierDetection: { maxEjectionPercent: 101 } } },
      "has maxEjectionPercent 101",
      "Write a number from 0 to 100.",
    ),
    "local failures that aren't split": breaks(
      "DestinationRule",
      { host: "details", trafficPolicy: { outlierDetection: { consecutiveLocalOriginFailures: 5 } } },
      "counts consecutiveLocalOriginFailures and doesn't split them from others",
      "Set splitExternalLocalOriginErrors: true.",
    ),
    "an ejection for no time": breaks(
      "DestinationRule",
      { host: "details", trafficPolicy: { outlierDetection: { baseEjectionTime: "0s" } } },
      'has spec.trafficPolicy.outlierDetection.baseEjectionTime "0s"',
      'Write e.g. "10s" or "250ms".',
    ),
    "a Maglev table of no prime size": breaks(
      "DestinationRule",
      {
        host: "details",
        trafficPolicy: {
          loadBalancer: { consistentHash: { httpHeaderName: "x-user", maglev: { tableSize: 65536 } } },
        },
      },
      "has a Maglev table of 65536",
      "Write a prime number below 5000011, e.g. 65537.",
    ),
    "chosen workloads and an export": breaks(
      "DestinationRule",
      { host: "details", workloadSelector: { matchLabels: { app: "productpage" } }, exportTo: ["*"] },
      "selects workloads and is exported to other namespaces",
      'Write exportTo: ["."].',
    ),
    "a subset's label that no pod can have": breaks(
      "DestinationRule",
      { host: "details", subsets: [{ name: "v1", labels: { "app/kind/of": "a" } }] },
      'has the label "app/kind/of: a", which no pod can have',
      "Use letters, digits, and -_. between them.",
    ),
  },
  keeps: {
    "a DestinationRule with settings of all kinds": keeps("DestinationRule", {
      host: "*.bookinfo.svc.cluster.local",
      trafficPolicy: {
        connectionPool: { tcp: { maxConnections: 1, connectTimeout: "30ms" }, http: { idleTimeout: "1m" } },
        outlierDetection: { consecutiveLocalOriginFailures: 5, splitExternalLocalOriginErrors: true, interval: "10s" },
        loadBalancer: { consistentHash: { httpHeaderName: "x-user", maglev: { tableSize: 65537 } } },
        portLevelSettings: [{ port: { number: 80 }, tls: { mode: "DISABLE" } }],
      },
      subsets: [{ name: "v1", labels: { version: "v1" } }],
    }),
    "chosen workloads in their namespace": keeps("DestinationRule", {
      host: "details",
      workloadSelector: { matchLabels: { app: "productpage" } },
      exportTo: ["."],
    }),
  },
});
