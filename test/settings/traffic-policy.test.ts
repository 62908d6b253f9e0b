import { accepts, checkout, refuses } from "./verdicts";

describe("load balancing", () => {
  for (const simple of ["ROUND_ROBIN", "LEAST_REQUEST", "RANDOM", "PASSTHROUGH"]) accepts(simple, checkout({ loadBalancer: { simple } }));

  refuses("LEAST_CONN, and names what replaced it", checkout({ loadBalancer: { simple: "LEAST_CONN" } }), {
    key: "eks-istio:apps.checkout.loadBalancer.simple",
    value: "LEAST_CONN",
    rule: "was replaced by LEAST_REQUEST",
    fix: "Write LEAST_REQUEST.",
  });

  refuses("a way that Envoy has and Istio doesn't", checkout({ loadBalancer: { simple: "RING_HASH" } }), {
    key: "eks-istio:apps.checkout.loadBalancer.simple",
    value: "RING_HASH",
    rule: "must be one of ROUND_ROBIN, LEAST_REQUEST, RANDOM, PASSTHROUGH",
    fix: "Write one of ROUND_ROBIN, LEAST_REQUEST, RANDOM, PASSTHROUGH.",
  });

  const both = { simple: "RANDOM", consistentHash: { useSourceIp: true } };
  refuses("a simple way beside consistent hashing", checkout({ loadBalancer: both }), {
    key: "eks-istio:apps.checkout.loadBalancer",
    value: both,
    rule: "must not have both simple and consistentHash",
    fix: "Change it so that it does: it must not have both simple and consistentHash.",
  });

  accepts("a share that grows", checkout({ loadBalancer: { simple: "ROUND_ROBIN", warmup: { duration: "30s", minimumPercent: 10, aggression: 1.5 } } }));
  refuses("a share that grows slower than not at all", checkout({ loadBalancer: { warmup: { duration: "30s", aggression: 0.5 } } }), {
    key: "eks-istio:apps.checkout.loadBalancer.warmup.aggression",
    value: 0.5,
    rule: "must be at least 1",
    fix: "Write 1 or more.",
  });
});

describe("consistent hashing", () => {
  const hashes = [
    { httpHeaderName: "x-user" },
    { httpCookie: { name: "session", ttl: "1h" } },
    { httpCookie: { name: "session", ttl: "0s" } },
    { useSourceIp: true },
    { httpQueryParameterName: "user", ringHash: { minimumRingSize: 1024 } },
  ];
  for (const consistentHash of hashes) accepts(`a hash of ${JSON.stringify(consistentHash)}`, checkout({ loadBalancer: { consistentHash } }));

  for (const consistentHash of [{ maglev: { tableSize: 65537 } }, { useSourceIp: true, httpHeaderName: "x-user" }]) {
    refuses(`a hash of ${JSON.stringify(consistentHash)}`, checkout({ loadBalancer: { consistentHash } }), {
      key: "eks-istio:apps.checkout.loadBalancer.consistentHash",
      value: consistentHash,
      rule: "must have exactly one of httpHeaderName, httpCookie, useSourceIp and httpQueryParameterName",
      fix: "Change it so that it does: it must have exactly one of httpHeaderName, httpCookie, useSourceIp and httpQueryParameterName.",
    });
  }
});

describe("locality", () => {
  const outlierDetection = { consecutive5xxErrors: 5 };
  const failover = { failover: [{ from: "ap-northeast-2", to: "ap-northeast-1" }] };

  accepts("failover where failing pods are known", checkout({ loadBalancer: { localityLbSetting: failover }, outlierDetection }));
  accepts("locality turned off", checkout({ loadBalancer: { localityLbSetting: { enabled: false } } }));

  refuses("locality without outlier detection", checkout({ loadBalancer: { localityLbSetting: { enabled: true } } }), {
    key: "eks-istio:apps.checkout.loadBalancer.localityLbSetting",
    value: { enabled: true },
    rule: "has no effect without outlierDetection: Istio must know which pods fail before it fails over",
    fix: 'Add "outlierDetection", e.g. {consecutive5xxErrors: 5}.',
  });

  for (const other of [failover, { failoverPriority: ["topology.kubernetes.io/zone"] }]) {
    const localityLbSetting = { distribute: [{ from: "ap-northeast-2/*", to: { "ap-northeast-2/*": 100 } }], ...other };
    refuses(`distribute beside ${Object.keys(other).join()}`, checkout({ loadBalancer: { localityLbSetting }, outlierDetection }), {
      key: "eks-istio:apps.checkout.loadBalancer.localityLbSetting",
      value: localityLbSetting,
      rule: "must not have distribute together with failover or failoverPriority",
      fix: "Change it so that it does: it must not have distribute together with failover or failoverPriority.",
    });
  }
});

describe("connection pool and outlier detection", () => {
  accepts("Istio's fields", checkout({
    connectionPool: { tcp: { maxConnections: 100, connectTimeout: "3s", tcpKeepalive: { time: "2h" } }, http: { http2MaxRequests: 1000, maxRequestsPerConnection: 0, h2UpgradePolicy: "UPGRADE" } },
    outlierDetection: { consecutive5xxErrors: 0, interval: "10s", maxEjectionPercent: 100, minHealthPercent: 50 },
  }));

  refuses("a pool of no connections", checkout({ connectionPool: { tcp: { maxConnections: 0 } } }), {
    key: "eks-istio:apps.checkout.connectionPool.tcp.maxConnections",
    value: 0,
    rule: "must be at least 1",
    fix: "Write 1 or more.",
  });

  refuses("more than all pods ejected", checkout({ outlierDetection: { maxEjectionPercent: 101 } }), {
    key: "eks-istio:apps.checkout.outlierDetection.maxEjectionPercent",
    value: 101,
    rule: "must be at most 100",
    fix: "Write 100 or less.",
  });

  refuses("the name that Istio took out of use", checkout({ outlierDetection: { consecutiveErrors: 5 } }), {
    key: "eks-istio:apps.checkout.outlierDetection.consecutiveErrors",
    value: 5,
    rule: "is not a known key",
    fix: 'Did you mean "consecutive5xxErrors"?',
  });
});

describe("TLS towards an application", () => {
  accepts("a client certificate from a secret", checkout({ tls: { mode: "MUTUAL", credentialName: "client" } }));
  accepts("a client certificate from files", checkout({ tls: { mode: "MUTUAL", clientCertificate: "/etc/tls/tls.crt", privateKey: "/etc/tls/tls.key" } }));
  for (const mode of ["DISABLE", "SIMPLE", "ISTIO_MUTUAL"]) accepts(`${mode} without a client certificate`, checkout({ tls: { mode } }));

  for (const own of [{}, { clientCertificate: "/etc/tls/tls.crt" }]) {
    refuses(`MUTUAL with ${Object.keys(own).join() || "nothing else"}`, checkout({ tls: { mode: "MUTUAL", ...own } }), {
      key: "eks-istio:apps.checkout.tls",
      value: { mode: "MUTUAL", ...own },
      rule: "MUTUAL needs a client certificate",
      fix: 'Set "credentialName", or "clientCertificate" and "privateKey".',
    });
  }

  refuses("TLS without a mode", checkout({ tls: { sni: "checkout.example.com" } }), {
    key: "eks-istio:apps.checkout.tls.mode",
    value: undefined,
    rule: "is required, and one of DISABLE, SIMPLE, MUTUAL, ISTIO_MUTUAL",
    fix: "Write one of DISABLE, SIMPLE, MUTUAL, ISTIO_MUTUAL.",
  });
});
