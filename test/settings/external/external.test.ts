import { accepts, apps, mesh, refuses } from "../verdicts";

const key = (path: string) => `eks-istio:external.partner${path}`;

function external(own: object) {
  return { "eks-istio:external": { partner: { port: 443, protocol: "tls", hosts: ["api.example.net"], ...own } } };
}

describe("what lies outside of the mesh", () => {
  accepts("names, whole and below a wildcard", external({ hosts: ["api.example.net", "*.example.net"] }));
  accepts("TLS that the sidecar speaks", external({ port: 80, protocol: "http", tls: "originate" }));
  accepts("bare connections to addresses", external({ protocol: "tcp", port: 5432, addresses: ["203.0.113.10"] }));

  refuses(
    "two entries for one name",
    {
      "eks-istio:external": {
        one: { hosts: ["api.example.net"], port: 443, protocol: "tls" },
        two: { hosts: ["api.example.net"], port: 80, protocol: "http" },
      },
    },
    {
      key: "eks-istio:external.two.hosts[0]",
      value: "api.example.net",
      rule: 'is "one", too: of two entries for one name, Istio follows one',
      fix: "Keep the entry with the port that is called.",
    },
  );
  accepts("a name below a domain of the stack, which others may serve", external({ hosts: ["id.example.com"] }));
  refuses("https to names that are looked up", external({ hosts: ["*.example.net"], protocol: "https" }), {
    key: key(""),
    value: { hosts: ["*.example.net"], port: 443, protocol: "https" },
    rule: "is https with a wildcard, whose names Istio looks up by the greeting alone",
    fix: "Write protocol: tls.",
  });
  refuses(
    "a wildcard with an Istio that doesn't look names up",
    { ...mesh({ version: "1.29.3" }), ...external({ hosts: ["*.example.net"] }) },
    {
      key: key(".hosts[0]"),
      value: "*.example.net",
      rule: "needs Istio 1.30: the sidecars of 1.29.3 look up whole names only",
      fix: "List the names one by one, or raise mesh.version.",
    },
  );
  refuses("bare connections to a name alone", external({ protocol: "tcp" }), {
    key: key(""),
    value: { hosts: ["api.example.net"], port: 443, protocol: "tcp" },
    rule: "is tcp without addresses: a bare connection has no name in it, so that this would take every connection to that port",
    fix: 'Add "addresses", or write the protocol that is spoken.',
  });
  refuses("TLS around TLS", external({ tls: "originate" }), {
    key: key(""),
    value: { hosts: ["api.example.net"], port: 443, protocol: "tls", tls: "originate" },
    rule: "can't originate TLS for what the application has encrypted already, or doesn't speak HTTP in",
    fix: 'Write protocol: http, http2 or grpc, or remove "tls".',
  });
});

describe("what an application calls", () => {
  const calls = (list: readonly unknown[], others: object = {}) =>
    apps({ web: { calls: list }, checkout: {}, ...others });
  const at = (index: string) => `eks-istio:apps.web.calls${index}`;

  accepts("applications, externals and Services of others", {
    ...external({}),
    ...calls(["checkout", { app: "checkout" }, { external: "partner" }, { service: "legacy", namespace: "old" }]),
  });
  accepts("nothing", calls([]));
  accepts(
    "an application that lets it in by namespace",
    calls(["stock"], { stock: { access: [{ from: [{ namespace: "shop" }] }] } }),
  );
  accepts("a closed application where rules only count", {
    ...mesh({ access: { default: "dryRun" } }),
    ...calls(["stock"], { stock: { access: [{ from: [{ namespace: "jobs" }] }] } }),
  });

  refuses("an application that isn't there", calls(["chekout"]), {
    key: at("[0]"),
    value: "chekout",
    rule: "is no application of this stack",
    fix: 'Did you mean "checkout"?',
  });
  refuses("itself", calls(["web"]), {
    key: at("[0]"),
    value: "web",
    rule: "is the application itself",
    fix: "Remove it: its pods find their own Service without it.",
  });
  refuses("an external that isn't there", calls([{ external: "stripe" }]), {
    key: at("[0].external"),
    value: "stripe",
    rule: "is not in external",
    fix: "Add it: external: {stripe: {hosts: [HOST], port: 443, protocol: tls}}.",
  });
  refuses(
    "an application that doesn't let it in",
    calls(["stock"], { stock: { access: [{ from: [{ app: "checkout" }] }] } }),
    {
      key: at("[0]"),
      value: "stock",
      rule: "is called by web, and apps.stock.access lets no such caller in: every call would be answered with 403",
      fix: "Add {from: [{app: web}]} to apps.stock.access, or remove it here.",
    },
  );
  refuses(
    "an application of a mesh that is closed by default",
    { ...mesh({ access: { default: "deny" } }), ...calls(["checkout"]) },
    {
      key: at("[0]"),
      value: "checkout",
      rule: "is called by web, and apps.checkout.access lets no such caller in: every call would be answered with 403",
      fix: "Add {from: [{app: web}]} to apps.checkout.access, or remove it here.",
    },
  );
  refuses(
    "calls of pods in a namespace without injection",
    { ...apps({ web: { calls: [] } }), "eks-istio:namespaces": { shop: { injection: false } } },
    {
      key: "eks-istio:apps.web.calls",
      value: [],
      rule: "changes nothing: namespaces.shop.injection is false, so its pods have no sidecar",
      fix: "Remove it, or let its pods into the mesh.",
    },
  );
  refuses(
    "what the same pods call by another application",
    apps({
      web: { calls: [], selector: { app: "web" } },
      admin: { calls: [], selector: { app: "web" } },
    }),
    {
      key: "eks-istio:apps.admin.calls",
      value: [],
      rule: "is for the same pods as apps.web.calls, and pods have one Sidecar: istiod would take either",
      fix: "List what both call in one of them, and remove the other.",
    },
  );
});
