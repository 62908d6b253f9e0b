import { checkout, cluster, mesh, refuses, type Keys } from "./verdicts";

interface Limit {
  readonly keys: Keys;
  /** Where the value stands, behind `eks-istio:`. */
  readonly place: string;
  readonly value: number;
}

const group = (own: object) => cluster({ nodeGroups: { default: own } });
const matching = (condition: object) => checkout({ routes: [{ match: [condition] }] });
const replicas = (own: object) => mesh({ istiod: { replicas: { min: 1, max: 2, ...own } } });

describe("numbers below what is possible", () => {
  const zero: readonly Limit[] = [
    { keys: group({ minSize: -1 }), place: "cluster.nodeGroups.default.minSize", value: -1 },
    { keys: group({ desiredSize: -1 }), place: "cluster.nodeGroups.default.desiredSize", value: -1 },
    { keys: mesh({ proxy: { concurrency: -1 } }), place: "mesh.proxy.concurrency", value: -1 },
    {
      keys: checkout({ workload: { image: "a:1", proxy: { concurrency: -1 } } }),
      place: "apps.checkout.workload.proxy.concurrency",
      value: -1,
    },
    { keys: checkout({ retries: { attempts: -1 } }), place: "apps.checkout.retries.attempts", value: -1 },
    {
      keys: checkout({ outlierDetection: { minHealthPercent: -1 } }),
      place: "apps.checkout.outlierDetection.minHealthPercent",
      value: -1,
    },
    {
      keys: checkout({ routes: [{ to: [{ service: "api", weight: -1 }] }] }),
      place: "apps.checkout.routes[0].to[0].weight",
      value: -1,
    },
  ];
  for (const { keys, place, value } of zero) {
    refuses(`${value} for ${place}`, keys, {
      key: `eks-istio:${place}`,
      value,
      rule: "must be at least 0",
      fix: "Write 0 or more.",
    });
  }

  const one: readonly Limit[] = [
    { keys: group({ maxSize: 0 }), place: "cluster.nodeGroups.default.maxSize", value: 0 },
    { keys: replicas({ max: 0 }), place: "mesh.istiod.replicas.max", value: 0 },
    { keys: replicas({ cpu: 0 }), place: "mesh.istiod.replicas.cpu", value: 0 },
  ];
  for (const { keys, place, value } of one) {
    refuses(`${value} for ${place}`, keys, {
      key: `eks-istio:${place}`,
      value,
      rule: "must be at least 1",
      fix: "Write 1 or more.",
    });
  }
});

describe("a share of more than everything", () => {
  refuses("101 for the weight of a destination", checkout({ routes: [{ to: [{ service: "api", weight: 101 }] }] }), {
    key: "eks-istio:apps.checkout.routes[0].to[0].weight",
    value: 101,
    rule: "must be at most 100",
    fix: "Write 100 or less.",
  });
});

describe("text that says nothing", () => {
  const empty: readonly (readonly [string, Keys])[] = [
    ["mesh.trustDomain", mesh({ trustDomain: "" })],
    ["apps.checkout.routes[0].name", checkout({ routes: [{ name: "" }] })],
    ["apps.checkout.routes[0].to", checkout({ routes: [{ to: "" }] })],
    ["apps.checkout.routes[0].to.version", checkout({ routes: [{ to: { version: "" } }] })],
    ["apps.checkout.routes[0].match[0].uri.prefix", matching({ uri: { prefix: "" } })],
    ["apps.checkout.routes[0].match[0].method.prefix", matching({ method: { prefix: "" } })],
    ["apps.checkout.routes[0].rewrite.authority", checkout({ routes: [{ rewrite: { authority: "" } }] })],
    ["apps.checkout.routes[0].redirect.authority", checkout({ routes: [{ redirect: { authority: "" } }] })],
    [
      "apps.checkout.loadBalancer.consistentHash.httpHeaderName",
      checkout({ loadBalancer: { consistentHash: { httpHeaderName: "" } } }),
    ],
    [
      "apps.checkout.loadBalancer.consistentHash.httpQueryParameterName",
      checkout({ loadBalancer: { consistentHash: { httpQueryParameterName: "" } } }),
    ],
    [
      "apps.checkout.loadBalancer.consistentHash.httpCookie.name",
      checkout({ loadBalancer: { consistentHash: { httpCookie: { name: "", ttl: "1h" } } } }),
    ],
  ];
  for (const [place, keys] of empty) {
    refuses(`an empty ${place}`, keys, {
      key: `eks-istio:${place}`,
      value: "",
      rule: "must not be empty",
      fix: "Write 1 character or more.",
    });
  }

  refuses("a condition that names no gateway", matching({ gateways: [] }), {
    key: "eks-istio:apps.checkout.routes[0].match[0].gateways",
    value: [],
    rule: "must have at least 1 entry",
    fix: "Write 1 entry or more.",
  });
});
