import { accepts, checkout, refuses } from "../verdicts";

const versions = { v1: { weight: 100 }, v2: {} };
const routing = (route: object, own: object = {}) => checkout({ host: "checkout", ...own, routes: [route] });
const key = (path: string) => `eks-istio:apps.checkout.routes[0].${path}`;

describe("an answer of the proxy", () => {
  accepts("a status", routing({ directResponse: { status: 410 } }));
  accepts(
    "a text with headers of its own",
    routing({ directResponse: { status: 503, body: "{}" }, headers: { response: { set: { "content-type": "a/b" } } } }),
  );
  for (const status of [99, 199, 600])
    refuses(`the status ${status}`, routing({ directResponse: { status } }), {
      key: key("directResponse.status"),
      value: status,
      rule: status < 200 ? "must be at least 200" : "must be at most 599",
      fix: status < 200 ? "Write 200 or more." : "Write 599 or less.",
    });
  refuses("a page that fills every proxy", routing({ directResponse: { status: 200, body: "ä".repeat(50_001) } }), {
    key: key("directResponse.body"),
    value: "ä".repeat(50_001),
    rule: "must have at most 100000 bytes: each proxy gets it with its routes",
    fix: "Serve it from an application.",
  });
  for (const [beside, value] of [
    ["to", "v1"],
    ["rewrite", { uri: "/" }],
    ["timeout", "5s"],
    ["retries", { attempts: 1 }],
    ["mirror", "v2"],
    ["fault", { delay: { fixedDelay: "5s" } }],
    ["delegate", { name: "others" }],
  ] as const)
    refuses(`${beside} beside it`, routing({ directResponse: { status: 200 }, [beside]: value }, { versions }), {
      key: key(beside),
      value,
      rule: "has no meaning beside directResponse: the proxy answers by itself",
      fix: `Remove "${beside}" or "directResponse".`,
    });
  refuses("one beside a redirect", routing({ directResponse: { status: 200 }, redirect: { uri: "/a" } }), {
    key: key("directResponse"),
    value: { status: 200 },
    rule: "has no meaning beside redirect: a redirected request goes nowhere",
    fix: 'Remove "directResponse" or "redirect".',
  });
});

describe("routes that others own", () => {
  accepts(
    "a VirtualService, with what its routes leave out",
    routing({ delegate: { name: "team-routes" }, timeout: "5s" }),
  );
  accepts("one of another namespace", routing({ delegate: { name: "team-routes", namespace: "team" } }));
  refuses("no name", routing({ delegate: { namespace: "team" } }), {
    key: key("delegate.name"),
    value: undefined,
    rule: "is required",
    fix: 'Set it, e.g. "checkout-db".',
  });
  refuses("a destination beside it", routing({ delegate: { name: "a" }, to: "v1" }, { versions }), {
    key: key("to"),
    value: "v1",
    rule: "has no meaning beside delegate: the other VirtualService says where requests go",
    fix: 'Remove "to" or "delegate".',
  });
});

describe("copies of requests", () => {
  accepts("to a version that gets none", routing({ mirror: "v2" }, { versions }));
  accepts(
    "to several places, in part",
    routing({ mirror: [{ version: "v2", percentage: 0.5 }, { service: "audit" }] }, { versions }),
  );
  accepts(
    "to a version that gets some",
    routing({ mirror: "v2" }, { versions: { v1: { weight: 90 }, v2: { weight: 10 } } }),
  );
  const twice = "copies requests to the pods that they go to anyway: each would be handled twice";
  refuses("to the version that gets all", routing({ mirror: "v1" }, { versions }), {
    key: key("mirror"),
    value: "v1",
    rule: twice,
    fix: "Name another version or service, or remove it.",
  });
  refuses(
    "to the route's own destination",
    routing({ to: "v2", mirror: { version: "v2", percentage: 5 } }, { versions }),
    {
      key: key("mirror"),
      value: { version: "v2", percentage: 5 },
      rule: twice,
      fix: "Name another version or service, or remove it.",
    },
  );
  refuses("to the application itself, by its Service", routing({ mirror: [{ service: "checkout" }] }), {
    key: key("mirror[0]"),
    value: { service: "checkout" },
    rule: twice,
    fix: "Name another version or service, or remove it.",
  });
  refuses("to a version that isn't there", routing({ mirror: "v3" }, { versions }), {
    key: key("mirror"),
    value: "v3",
    rule: "is not a version of this application (v1, v2)",
    fix: 'Add "v3" to versions, with weight: 0 if only routes should reach it.',
  });
  refuses("of none", routing({ mirror: { version: "v2", percentage: 0 } }, { versions }), {
    key: key("mirror.percentage"),
    value: 0,
    rule: "must be above 0: no request would be meant",
    fix: "Write a share, e.g. 10, or remove it.",
  });
});

describe("faults on purpose", () => {
  accepts("a delay of some", routing({ fault: { delay: { fixedDelay: "5s", percentage: 0.1 } } }));
  accepts("an error of gRPC", routing({ fault: { abort: { grpcStatus: "UNAVAILABLE" } } }));
  refuses("neither delay nor abort", routing({ fault: {} }), {
    key: key("fault"),
    value: {},
    rule: "must have delay or abort",
    fix: "Write e.g. {delay: {fixedDelay: 5s, percentage: 10}}.",
  });
  refuses("a delay without a unit", routing({ fault: { delay: { fixedDelay: 5 } } }), {
    key: key("fault.delay.fixedDelay"),
    value: 5,
    rule: "must be a string, and YAML reads it as a number",
    fix: 'Write it like "10s".',
  });
  refuses("an abort without a status", routing({ fault: { abort: { percentage: 10 } } }), {
    key: key("fault.abort"),
    value: { percentage: 10 },
    rule: "must have exactly one of httpStatus and grpcStatus",
    fix: "Write e.g. {httpStatus: 503, percentage: 10}.",
  });
  refuses("a status of gRPC that isn't one", routing({ fault: { abort: { grpcStatus: "UNAVAILIBLE" } } }), {
    key: key("fault.abort.grpcStatus"),
    value: "UNAVAILIBLE",
    rule: "must be one of CANCELLED, UNKNOWN, INVALID_ARGUMENT, DEADLINE_EXCEEDED, NOT_FOUND, ALREADY_EXISTS, PERMISSION_DENIED, RESOURCE_EXHAUSTED, FAILED_PRECONDITION, ABORTED, OUT_OF_RANGE, UNIMPLEMENTED, INTERNAL, UNAVAILABLE, DATA_LOSS, UNAUTHENTICATED",
    fix: 'Did you mean "UNAVAILABLE"?',
  });
  refuses("more than all requests", routing({ fault: { abort: { httpStatus: 503, percentage: 101 } } }), {
    key: key("fault.abort.percentage"),
    value: 101,
    rule: "must be at most 100",
    fix: "Write 100 or less.",
  });
});

describe("what is different for a version or a port", () => {
  accepts("a version's limits", checkout({ versions: { v1: { connectionPool: { tcp: { maxConnections: 1 } } } } }));
  accepts("a port's", checkout({ portLevelSettings: [{ port: 9090, outlierDetection: { consecutive5xxErrors: 3 } }] }));
  accepts(
    "failover of a version, where the whole application finds out what fails",
    checkout({
      outlierDetection: { consecutive5xxErrors: 3 },
      versions: { v1: { loadBalancer: { localityLbSetting: { enabled: true } } } },
    }),
  );
  refuses("a port with nothing different", checkout({ portLevelSettings: [{ port: 9090 }] }), {
    key: "eks-istio:apps.checkout.portLevelSettings[0]",
    value: { port: 9090 },
    rule: "must have loadBalancer, connectionPool, outlierDetection or tls",
    fix: "Say what is different there.",
  });
  const entry = { port: 9090, tls: { mode: "DISABLE" } };
  refuses("a port twice", checkout({ portLevelSettings: [entry, entry] }), {
    key: "eks-istio:apps.checkout.portLevelSettings",
    value: [entry, entry],
    rule: "must have each port once",
    fix: "Make one entry of those with the same port.",
  });
  for (const [path, own] of [
    ["versions.v1", { versions: { v1: { loadBalancer: { localityLbSetting: {} } } } }],
    ["portLevelSettings[0]", { portLevelSettings: [{ port: 1, loadBalancer: { localityLbSetting: {} } }] }],
  ] as const)
    refuses(`failover at ${path} that never finds out what fails`, checkout(own), {
      key: `eks-istio:apps.checkout.${path}.loadBalancer.localityLbSetting`,
      value: {},
      rule: "has no effect without outlierDetection: Istio must know which pods fail before it fails over",
      fix: 'Add "outlierDetection", e.g. {consecutive5xxErrors: 5}.',
    });
});
