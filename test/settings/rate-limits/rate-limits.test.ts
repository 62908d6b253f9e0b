import { accepts, apps, checkout, gateway, refuses } from "../verdicts";

const local = { requests: 100, per: "1s" };
const limit = { local };
const entry = "eks-istio:apps.checkout";
const image = "registry.example.com/checkout:1.4.2";

describe("a rate limit", () => {
  accepts("one of an application", checkout({ rateLimit: limit }));
  accepts("one of a gateway", gateway({ rateLimit: limit }));
  accepts("one of a route", checkout({ host: "checkout", routes: [{ rateLimit: limit }] }));
  accepts("more at once", checkout({ rateLimit: { local: { ...local, burst: 300 } } }));
  for (const per of ["50ms", "150ms", "1s", "1m30s", "24h"])
    accepts(`the time ${per}`, checkout({ rateLimit: { local: { requests: 1, per } } }));

  refuses("no request at all", checkout({ rateLimit: { local: { ...local, requests: 0 } } }), {
    key: `${entry}.rateLimit.local.requests`,
    value: 0,
    rule: "must be at least 1",
    fix: "Write 1 or more.",
  });
  refuses("half a request", gateway({ rateLimit: { local: { ...local, requests: 0.5 } } }), {
    key: "eks-istio:gateways.default.rateLimit.local.requests",
    value: 0.5,
    rule: "must be a whole number",
    fix: "Write a whole number, e.g. 100.",
  });
  refuses("a time without a unit", checkout({ rateLimit: { local: { ...local, per: "1" } } }), {
    key: `${entry}.rateLimit.local.per`,
    value: "1",
    rule: "must be a duration: a number with one of the units ms, s, m, h",
    fix: 'Write it like "1s".',
  });
  for (const per of ["10ms", "49ms", "75ms", "1s20ms"])
    refuses(`${per}, which is none of Envoy's steps`, checkout({ rateLimit: { local: { ...local, per } } }), {
      key: `${entry}.rateLimit.local.per`,
      value: per,
      rule: "must be 50ms or a multiple of it, the steps in which Envoy counts",
      fix: 'Write e.g. "1s".',
    });
  refuses("fewer at once than in all", checkout({ rateLimit: { local: { ...local, burst: 99 } } }), {
    key: `${entry}.rateLimit.local.burst`,
    value: 99,
    rule: "is less than requests (100): no more than this would be let through",
    fix: "Write 100 or more, or lower requests.",
  });
  refuses("one that says nothing", checkout({ rateLimit: {} }), {
    key: `${entry}.rateLimit.local`,
    value: undefined,
    rule: "is required",
    fix: 'Set it, e.g. {"requests":100,"per":"1s"}.',
  });
});

describe("a rate limit that nobody counts", () => {
  refuses("one of pods without sidecars", checkout({ rateLimit: limit, workload: { image, inject: false } }), {
    key: `${entry}.rateLimit`,
    value: limit,
    rule: "limits nothing: workload.inject is false, so its pods have no sidecar that would count",
    fix: "Remove it, or let its pods into the mesh.",
  });
  refuses(
    "one in a namespace outside of the mesh",
    { ...checkout({ rateLimit: limit }), "eks-istio:namespaces": { shop: { injection: false } } },
    {
      key: `${entry}.rateLimit`,
      value: limit,
      rule: "limits nothing: namespaces.shop.injection is false, so its pods have no sidecar that would count",
      fix: "Remove it, or let its pods into the mesh.",
    },
  );
  accepts(
    "one of a route to pods without sidecars, which the gateway counts",
    checkout({ host: "checkout", routes: [{ rateLimit: limit }], workload: { image, inject: false } }),
  );
  refuses("one of a route that no gateway has", checkout({ routes: [{ rateLimit: limit }] }), {
    key: `${entry}.routes[0].rateLimit`,
    value: limit,
    rule: "limits nothing: gateways count the requests of a route, and this application has no host on one",
    fix: "Write apps.checkout.rateLimit, which its sidecars count, or give it a host.",
  });
  for (const match of [{ gateways: ["mesh"] }, { sourceNamespace: "jobs" }, { sourceLabels: { app: "web" } }])
    refuses(
      `one of a route with ${JSON.stringify(match)}`,
      checkout({ host: "checkout", routes: [{ match: [match], rateLimit: limit }] }),
      {
        key: `${entry}.routes[0].rateLimit`,
        value: limit,
        rule: "limits nothing: gateways count the requests of a route, and this one is for calls from inside the mesh",
        fix: "Write apps.checkout.rateLimit, which its sidecars count.",
      },
    );
  accepts(
    "one of a route that is for both",
    checkout({
      host: "checkout",
      routes: [{ match: [{ gateways: ["mesh"] }, { uri: { prefix: "/a" } }], rateLimit: limit }],
    }),
  );
  for (const [beside, value, why] of [
    ["redirect", { uri: "/new" }, "a redirected request goes nowhere"],
    ["directResponse", { status: 410 }, "the proxy answers by itself"],
    ["delegate", { name: "others" }, "the other VirtualService says where requests go"],
  ] as const)
    refuses(`one beside ${beside}`, checkout({ host: "checkout", routes: [{ [beside]: value, rateLimit: limit }] }), {
      key: `${entry}.routes[0].rateLimit`,
      value: limit,
      rule: `has no meaning beside ${beside}: ${why}`,
      fix: `Remove "rateLimit" or "${beside}".`,
    });
});

describe("a rate limit that would hold for more than it says", () => {
  const match = [{ uri: { prefix: "/pay" } }];
  const shared = (index: number) => ({
    key: `${entry}.routes[${index}].name`,
    value: "pay",
    rule: "is the name of another route, too: gateways find a route that has a limit by its name, and would count both",
    fix: "Give one of them another name.",
  });
  const routes = (first: object, second: object) =>
    checkout({
      host: "checkout",
      routes: [
        { name: "pay", match, ...first },
        { name: "pay", ...second },
      ],
    });
  refuses("one of the first of two routes of one name", routes({ rateLimit: limit }, {}), shared(0));
  refuses("one of the second", routes({}, { rateLimit: limit }), shared(1));
  refuses("one of each", routes({ rateLimit: limit }, { rateLimit: limit }), shared(1));
  accepts("none of either", routes({}, {}));
  accepts(
    "one beside a route without a name",
    checkout({ host: "checkout", routes: [{ match }, { rateLimit: limit }] }),
  );

  refuses(
    "one for pods that another application has, too",
    apps({ checkout: { selector: { app: "pay" } }, orders: { selector: { app: "pay" }, rateLimit: limit } }),
    {
      key: "eks-istio:apps.orders.selector",
      value: { app: "pay" },
      rule: "is for the same pods as apps.checkout, and a rateLimit holds for pods: those of each would hold for both",
      fix: "Give their pods labels that tell them apart, or make one application of the two.",
    },
  );
});
