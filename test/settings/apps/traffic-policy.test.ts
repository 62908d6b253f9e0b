import { accepts, checkout, refuses } from "../verdicts";

describe("load balancing", () => {
  for (const simple of ["ROUND_ROBIN", "LEAST_REQUEST", "RANDOM", "PASSTHROUGH"])
    accepts(simple, checkout({ loadBalancer: { simple } }));

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
    fix: "Remove one of them.",
  });

  accepts(
    "a share that grows",
    checkout({
      loadBalancer: { simple: "ROUND_ROBIN", warmup: { duration: "30s", minimumPercent: 10, aggression: 1.5 } },
    }),
  );
  refuses(
    "a share that grows slower than not at all",
    checkout({ loadBalancer: { warmup: { duration: "30s", aggression: 0.5 } } }),
    {
      key: "eks-istio:apps.checkout.loadBalancer.warmup.aggression",
      value: 0.5,
      rule: "must be at least 1",
      fix: "Write 1 or more.",
    },
  );
});

describe("consistent hashing", () => {
  const hashes = [
    { httpHeaderName: "x-user" },
    { httpCookie: { name: "session", ttl: "1h" } },
    { httpCookie: { name: "session", ttl: "0s" } },
    { useSourceIp: true },
    { httpQueryParameterName: "user", ringHash: { minimumRingSize: 1024 } },
  ];
  for (const consistentHash of hashes)
    accepts(`a hash of ${JSON.stringify(consistentHash)}`, checkout({ loadBalancer: { consistentHash } }));

  for (const consistentHash of [{ maglev: { tableSize: 65537 } }, { useSourceIp: true, httpHeaderName: "x-user" }]) {
    refuses(`a hash of ${JSON.stringify(consistentHash)}`, checkout({ loadBalancer: { consistentHash } }), {
      key: "eks-istio:apps.checkout.loadBalancer.consistentHash",
      value: consistentHash,
      rule: "must have exactly one of httpHeaderName, httpCookie, useSourceIp and httpQueryParameterName",
      fix: "Keep the one to hash by, e.g. {useSourceIp: true}.",
    });
  }

  const place = "eks-istio:apps.checkout.loadBalancer.consistentHash";
  const hashing = (own: object) => checkout({ loadBalancer: { consistentHash: { useSourceIp: true, ...own } } });

  refuses("the address turned off", checkout({ loadBalancer: { consistentHash: { useSourceIp: false } } }), {
    key: `${place}.useSourceIp`,
    value: false,
    rule: "must be true, or left out",
    fix: "Remove it.",
  });

  for (const tableSize of [2, 65537, 5000011])
    accepts(`a Maglev table of ${tableSize}`, hashing({ maglev: { tableSize } }));
  for (const tableSize of [4, 9, 65536]) {
    refuses(`a Maglev table of ${tableSize}, which is no prime`, hashing({ maglev: { tableSize } }), {
      key: `${place}.maglev.tableSize`,
      value: tableSize,
      rule: "must be a prime number",
      fix: "Write a prime, e.g. 65537.",
    });
  }

  const both = { useSourceIp: true, ringHash: { minimumRingSize: 1024 }, maglev: { tableSize: 65537 } };
  refuses("two ways to hash", hashing(both), {
    key: place,
    value: both,
    rule: "must not have both ringHash and maglev",
    fix: "Remove one of them.",
  });

  const lifetimes = [
    ["none", undefined, "is required", 'Set it, e.g. "10s".'],
    ["a number", 5, "must be a string, and YAML reads it as a number", 'Write it like "10s".'],
    ["a word", "session", "must be a duration: a number with one of the units ms, s, m, h", 'Write it like "10s".'],
    ["half a millisecond", "0.5ms", "must be 0s, or whole milliseconds from 1ms to 8760h", 'Write it like "10s".'],
  ] as const;
  for (const [what, ttl, rule, fix] of lifetimes) {
    refuses(
      `${what} for a cookie's lifetime`,
      checkout({ loadBalancer: { consistentHash: { httpCookie: { name: "session", ttl } } } }),
      { key: `${place}.httpCookie.ttl`, value: ttl, rule, fix },
    );
  }
});

describe("connection pool and outlier detection", () => {
  accepts(
    "Istio's fields",
    checkout({
      connectionPool: {
        tcp: { maxConnections: 100, connectTimeout: "3s", tcpKeepalive: { time: "2h" } },
        http: { http2MaxRequests: 1000, maxRequestsPerConnection: 0, h2UpgradePolicy: "UPGRADE" },
      },
      outlierDetection: { consecutive5xxErrors: 0, interval: "10s", maxEjectionPercent: 100, minHealthPercent: 50 },
    }),
  );

  refuses("a pool without a limit", checkout({ connectionPool: {} }), {
    key: "eks-istio:apps.checkout.connectionPool",
    value: {},
    rule: "must have tcp or http",
    fix: "Write {tcp: {…}}, {http: {…}}, or remove it.",
  });

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
