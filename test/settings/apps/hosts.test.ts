import assert from "node:assert/strict";
import { certificateNames, covers, hostnameOf } from "../../../components/settings/domain/hosts";
import { settingsOf } from "../../stack";
import { accepts, apps, checkout, domain, refuses } from "../verdicts";

describe("an application's host", () => {
  it("is a label under the domain", () => {
    assert.deepEqual(settingsOf(checkout({ host: "pay" })).apps[0]?.hosts, [
      { hostname: "pay.example.com", gateway: "default" },
    ]);
  });

  it("is the domain itself as @", () => {
    assert.deepEqual(settingsOf(checkout({ host: "@" })).apps[0]?.hosts, [
      { hostname: "example.com", gateway: "default" },
    ]);
  });

  it("is under a further domain where the application says so", () => {
    const keys = {
      ...domain({ additional: [{ name: "example.org" }] }),
      ...checkout({ host: "pay", domain: "example.org" }),
    };
    assert.deepEqual(settingsOf(keys).apps[0]?.hosts, [{ hostname: "pay.example.org", gateway: "default" }]);
  });

  it("is none where the application has none", () => {
    assert.deepEqual(settingsOf(checkout({})).apps[0]?.hosts, []);
  });

  const malformed = ["Pay", "pay_now", "-pay", "pay.", "*", "https://pay"];
  for (const host of malformed) {
    refuses(`${host}, which is no label`, checkout({ host }), {
      key: "eks-istio:apps.checkout.host",
      value: host,
      rule: 'must be one DNS label in lowercase, or "@" for the domain itself',
      fix: 'Write it like "checkout".',
    });
  }

  refuses("the domain spelled out", checkout({ host: "example.com" }), {
    key: "eks-istio:apps.checkout.host",
    value: "example.com",
    rule: "is the domain itself",
    fix: 'Write "@".',
  });

  refuses("the whole name", checkout({ host: "pay.example.com" }), {
    key: "eks-istio:apps.checkout.host",
    value: "pay.example.com",
    rule: "must be what stands before example.com",
    fix: 'Write "pay".',
  });
});

describe("a host of two labels", () => {
  const twoLabels = checkout({ host: "v2.api" });

  refuses("it under the wildcard, which covers one", twoLabels, {
    key: "eks-istio:apps.checkout.host",
    value: "v2.api",
    rule: "has 2 labels, and a wildcard covers one: no certificate of this stack (*.example.com, example.com) covers v2.api.example.com, and browsers will refuse it",
    fix: 'Use a one-label host such as "v2-api", or add "*.api.example.com" to domain.certificate.names.',
  });

  refuses(
    "it under a further domain, whose certificate names are that domain's",
    {
      ...domain({ additional: [{ name: "example.org" }, { name: "example.net" }] }),
      ...checkout({ host: "v2.api", domain: "example.net" }),
    },
    {
      key: "eks-istio:apps.checkout.host",
      value: "v2.api",
      rule: "has 2 labels, and a wildcard covers one: no certificate of this stack (*.example.net, example.net) covers v2.api.example.net, and browsers will refuse it",
      fix: 'Use a one-label host such as "v2-api", or add "*.api.example.net" to domain.additional[1].certificate.names.',
    },
  );

  refuses(
    "it where its second label is a further domain's",
    { ...domain({ additional: [{ name: "api.example.com" }] }), ...twoLabels },
    {
      key: "eks-istio:apps.checkout.host",
      value: "v2.api",
      rule: "has 2 labels, and a wildcard covers one: no certificate of this stack (*.example.com, example.com) covers v2.api.example.com, and browsers will refuse it",
      fix: 'Write host: "v2" and domain: "api.example.com".',
    },
  );

  for (const name of ["*.api.example.com", "v2.api.example.com"]) {
    accepts(`it where the certificate names ${name}`, { ...domain({ certificate: { names: [name] } }), ...twoLabels });
  }

  accepts("it where the certificate is given, and names what it names", {
    ...domain({ certificate: { arn: "arn:aws:acm:ap-northeast-2:123456789012:certificate/0f1e2d3c" } }),
    ...twoLabels,
  });
});

describe("the hosts of several applications", () => {
  accepts("the same label under two domains", {
    ...domain({ additional: [{ name: "example.org" }] }),
    ...apps({ pay: { host: "pay" }, "pay-org": { host: "pay", domain: "example.org" } }),
  });

  refuses(
    "a host that another application has",
    apps({ cart: { host: "shop" }, orders: { host: "shop", port: 9090 } }),
    {
      key: "eks-istio:apps.orders.host",
      value: "shop",
      rule: 'is taken: shop.example.com with all its paths belongs to the application "cart"',
      fix: "Use another host, or send a path of it here from apps.cart.routes: {match: [{uri: {prefix: /PATH}}], to: {service: orders, port: 9090}}.",
    },
  );

  refuses(
    "one name written in two ways",
    {
      ...domain({ additional: [{ name: "eu.example.com" }] }),
      ...apps({ cart: { host: "eu" }, orders: { host: "@", domain: "eu.example.com", service: "orders-web" } }),
    },
    {
      key: "eks-istio:apps.orders.host",
      value: "@",
      rule: 'is taken: eu.example.com with all its paths belongs to the application "cart"',
      fix: "Use another host, or send a path of it here from apps.cart.routes: {match: [{uri: {prefix: /PATH}}], to: {service: orders-web, port: 8080}}.",
    },
  );
});

describe("an application's domain", () => {
  refuses("a domain that isn't the stack's", checkout({ host: "pay", domain: "example.org" }), {
    key: "eks-istio:apps.checkout.domain",
    value: "example.org",
    rule: "is not a domain of this stack (example.com)",
    fix: "Write one of these, or list it under domain.additional.",
  });

  refuses("a domain without a host", checkout({ domain: "example.com" }), {
    key: "eks-istio:apps.checkout.domain",
    value: "example.com",
    rule: "has no effect without host",
    fix: 'Set "host", or remove "domain".',
  });
});

describe("an application with several hosts", () => {
  const further = domain({ additional: [{ name: "example.org" }] });
  const two = {
    ...domain({ gateway: "public", additional: [{ name: "corp.example.com", gateway: "internal" }] }),
    "eks-istio:gateways": { public: {}, internal: { scheme: "internal" } },
  };

  it("has them all, in their order, each under its domain", () => {
    const hosts = ["@", "www", { host: "shop" }, { host: "@", domain: "example.org" }];
    assert.deepEqual(
      settingsOf({ ...further, ...checkout({ hosts }) }).apps[0]?.hosts.map(({ hostname }) => hostname),
      ["example.com", "www.example.com", "shop.example.com", "example.org"],
    );
  });

  it("is on the gateway of each one's domain", () => {
    const hosts = ["admin", { host: "admin", domain: "corp.example.com" }];
    assert.deepEqual(settingsOf({ ...two, ...checkout({ hosts }) }).apps[0]?.hosts, [
      { hostname: "admin.example.com", gateway: "public" },
      { hostname: "admin.corp.example.com", gateway: "internal" },
    ]);
  });

  refuses("the short form beside the list", checkout({ host: "pay", hosts: ["pay"] }), {
    key: "eks-istio:apps.checkout.host",
    value: "pay",
    rule: "stands beside hosts, where every public name belongs",
    fix: 'Move it into "hosts".',
  });

  refuses(
    "a domain beside the list",
    { ...further, ...checkout({ domain: "example.org", hosts: ["pay"] }) },
    {
      key: "eks-istio:apps.checkout.domain",
      value: "example.org",
      rule: "stands beside hosts, whose entries name their domains themselves",
      fix: "Write it into the entries that it is for: {host: …, domain: example.org}.",
    },
  );

  refuses("an empty list", checkout({ hosts: [] }), {
    key: "eks-istio:apps.checkout.hosts",
    value: [],
    rule: "must have at least 1 entry",
    fix: "Write 1 entry or more.",
  });

  refuses("a number", checkout({ hosts: ["pay", 5] }), {
    key: "eks-istio:apps.checkout.hosts[1]",
    value: 5,
    rule: 'must be what stands before the domain, e.g. "checkout", or {host: …, domain: …}',
    fix: 'Put it in quotes: "5".',
  });

  refuses(
    "a slip in an entry's key",
    { ...further, ...checkout({ hosts: [{ host: "pay", domian: "example.org" }] }) },
    {
      key: "eks-istio:apps.checkout.hosts[0].domian",
      value: "example.org",
      rule: "is not a known key",
      fix: 'Did you mean "domain"?',
    },
  );

  for (const [entry, place] of [
    ["Pay", "hosts[1]"],
    [{ host: "Pay" }, "hosts[1].host"],
  ] as const)
    refuses(`no label as ${JSON.stringify(entry)}`, checkout({ hosts: ["@", entry] }), {
      key: `eks-istio:apps.checkout.${place}`,
      value: "Pay",
      rule: 'must be one DNS label in lowercase, or "@" for the domain itself',
      fix: 'Write it like "checkout".',
    });

  refuses("the whole name", checkout({ hosts: ["www.example.com"] }), {
    key: "eks-istio:apps.checkout.hosts[0]",
    value: "www.example.com",
    rule: "must be what stands before example.com",
    fix: 'Write "www".',
  });

  refuses("a domain that isn't the stack's", checkout({ hosts: [{ host: "pay", domain: "example.org" }] }), {
    key: "eks-istio:apps.checkout.hosts[0].domain",
    value: "example.org",
    rule: "is not a domain of this stack (example.com)",
    fix: "Write one of these, or list it under domain.additional.",
  });

  refuses(
    "a host of two labels that belongs to a further domain",
    { ...domain({ additional: [{ name: "api.example.com" }] }), ...checkout({ hosts: ["v2.api"] }) },
    {
      key: "eks-istio:apps.checkout.hosts[0]",
      value: "v2.api",
      rule: "has 2 labels, and a wildcard covers one: no certificate of this stack (*.example.com, example.com) covers v2.api.example.com, and browsers will refuse it",
      fix: 'Write {host: "v2", domain: "api.example.com"}.',
    },
  );

  refuses("one host twice, in two forms", checkout({ hosts: ["pay", { host: "pay", domain: "example.com" }] }), {
    key: "eks-istio:apps.checkout.hosts[1].host",
    value: "pay",
    rule: "is listed twice: pay.example.com",
    fix: "Remove one of them.",
  });

  refuses(
    "a host that another application has",
    apps({ cart: { hosts: ["@", "shop"] }, orders: { hosts: ["orders", "shop"], port: 9090 } }),
    {
      key: "eks-istio:apps.orders.hosts[1]",
      value: "shop",
      rule: 'is taken: shop.example.com with all its paths belongs to the application "cart"',
      fix: "Use another host, or send a path of it here from apps.cart.routes: {match: [{uri: {prefix: /PATH}}], to: {service: orders, port: 9090}}.",
    },
  );

  accepts("a condition on where a request comes from", {
    ...checkout({
      hosts: ["@"],
      routes: [{ match: [{ gateways: ["default"], uri: { prefix: "/a" } }], to: { service: "a" } }],
    }),
  });

  for (const [host, fix] of [
    ["corp", 'Write host: "@" and domain: "corp.example.com".'],
    ["admin.corp", 'Write host: "admin" and domain: "corp.example.com".'],
  ] as const)
    refuses(
      `${host}, whose records lead to another gateway than its domain's`,
      {
        ...two,
        ...domain({
          gateway: "public",
          certificate: { arn: "arn:aws:acm:ap-northeast-2:123456789012:certificate/0f1e2d3c" },
          additional: [{ name: "corp.example.com", gateway: "internal" }],
        }),
        ...checkout({ host }),
      },
      {
        key: "eks-istio:apps.checkout.host",
        value: host,
        rule: `is ${host}.example.com, whose records lead to gateways.internal, and not to gateways.public of example.com`,
        fix,
      },
    );

  const threeDomains = (third: string, second: string) => ({
    ...two,
    ...domain({
      gateway: "public",
      certificate: { arn: "arn:aws:acm:ap-northeast-2:123456789012:certificate/0f1e2d3c" },
      additional: [
        { name: "corp.example.com", gateway: second },
        { name: "eu.corp.example.com", gateway: third },
      ],
    }),
    ...checkout({ host: "x.eu.corp" }),
  });
  accepts("a host whose closest domain is on its own gateway, past one that isn't", threeDomains("public", "internal"));
  refuses(
    "a host whose closest domain is on another gateway, past one on its own",
    threeDomains("internal", "public"),
    {
      key: "eks-istio:apps.checkout.host",
      value: "x.eu.corp",
      rule: "is x.eu.corp.example.com, whose records lead to gateways.internal, and not to gateways.public of example.com",
      fix: 'Write host: "x" and domain: "eu.corp.example.com".',
    },
  );

  const meshLike = (own: object) => ({
    ...domain({ gateway: "a-mesh" }),
    "eks-istio:gateways": { "a-mesh": {} },
    ...apps({ web: { host: "www" }, "web-ingress-a": own }),
  });
  refuses("applications whose rules would have one name in the engine", meshLike({ timeout: "5s" }), {
    key: "eks-istio:apps.web-ingress-a",
    value: { namespace: "shop", port: 8080, timeout: "5s" },
    rule: 'has a VirtualService inside the mesh with the Pulumi name web-ingress-a-mesh, and so has "web" on gateways.a-mesh: Pulumi refuses two resources of one name',
    fix: "Rename one of the two applications, or the gateway.",
  });
  for (const [what, own] of [
    ["says nothing of the mesh", {}],
    ["has routes for a gateway only", { host: "shop", routes: [{ match: [{ gateways: ["a-mesh"] }], timeout: "5s" }] }],
  ] as const)
    accepts(`names that would be one, where the application ${what} and so has no rule there`, meshLike(own));

  refuses(
    "two gateways whose rules would have one name in the engine",
    {
      ...domain({ gateway: "ingress", additional: [{ name: "example.org", gateway: "default" }] }),
      "eks-istio:gateways": { ingress: { name: "edge" }, default: {} },
      ...apps({ web: { host: "www" }, "web-ingress": { host: "shop", domain: "example.org" } }),
    },
    {
      key: "eks-istio:apps.web-ingress",
      value: { namespace: "shop", port: 8080, host: "shop", domain: "example.org" },
      rule: 'has a VirtualService on gateways.default with the Pulumi name web-ingress-ingress, and so has "web" on gateways.ingress: Pulumi refuses two resources of one name',
      fix: "Rename one of the two applications, or the gateway.",
    },
  );
});

describe("hostnameOf, certificateNames and covers", () => {
  it("put a host before the domain", () => {
    assert.deepEqual(
      [hostnameOf("pay", "example.com"), hostnameOf("@", "example.com")],
      ["pay.example.com", "example.com"],
    );
  });

  it("name the wildcard, the domain and what is added", () => {
    const single = {
      name: "example.com",
      zone: { create: true as const },
      certificate: { names: ["*.api.example.com"] },
    };
    assert.deepEqual(certificateNames(single), ["*.example.com", "example.com", "*.api.example.com"]);
  });

  const pairs = [
    ["*.example.com", "pay.example.com", true],
    ["*.example.com", "v2.api.example.com", false],
    ["*.example.com", "example.com", false],
    ["*.example.com", "pay.myexample.com", false],
    ["example.com", "example.com", true],
    ["example.com", "pay.example.com", false],
  ] as const;
  for (const [name, hostname, expected] of pairs) {
    it(`say that ${name} ${expected ? "covers" : "doesn't cover"} ${hostname}`, () => {
      assert.equal(covers(name, hostname), expected);
    });
  }
});
