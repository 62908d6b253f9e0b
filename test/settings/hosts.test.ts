import assert from "node:assert/strict";
import { certificateNames, covers, hostnameOf } from "../../components/settings/domain/hosts";
import { settingsOf } from "../stack";
import { accepts, apps, checkout, domain, refuses } from "./verdicts";

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
