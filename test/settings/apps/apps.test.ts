import assert from "node:assert/strict";
import { problemsOf, settingsOf } from "../../stack";
import { accepts, apps, checkout, refuses } from "../verdicts";

const dnsLabel =
  "must be a DNS label: at most 63 lowercase letters, digits and hyphens, beginning and ending with a letter or digit";

describe("an application", () => {
  it("needs a namespace and a port, and is its own service", () => {
    assert.deepEqual(settingsOf(checkout({})).apps, [
      {
        name: "checkout",
        service: "checkout",
        pods: { labels: { app: "checkout" }, serviceAccount: "checkout" },
        namespace: "shop",
        port: 8080,
        protocol: "http",
        versions: {},
        routes: [],
        hosts: [],
      },
    ]);
  });

  refuses("one without a namespace", checkout({ namespace: undefined }), {
    key: "eks-istio:apps.checkout.namespace",
    value: undefined,
    rule: "is required",
    fix: 'Set it, e.g. "checkout".',
  });

  refuses("one without a port", checkout({ port: undefined }), {
    key: "eks-istio:apps.checkout.port",
    value: undefined,
    rule: "is required",
    fix: "Set it, e.g. 8080.",
  });

  refuses("a port in quotes", checkout({ port: "8080" }), {
    key: "eks-istio:apps.checkout.port",
    value: "8080",
    rule: "must be a number",
    fix: "Write a number, e.g. 8080.",
  });

  refuses("port 0", checkout({ port: 0 }), {
    key: "eks-istio:apps.checkout.port",
    value: 0,
    rule: "must be at least 1",
    fix: "Write 1 or more.",
  });
  refuses("port 65536", checkout({ port: 65536 }), {
    key: "eks-istio:apps.checkout.port",
    value: 65536,
    rule: "must be at most 65535",
    fix: "Write 65535 or less.",
  });

  for (const protocol of ["http", "http2", "grpc"]) accepts(`the protocol ${protocol}`, checkout({ protocol }));
  refuses("a protocol that VirtualServices don't route", checkout({ protocol: "mysql" }), {
    key: "eks-istio:apps.checkout.protocol",
    value: "mysql",
    rule: "must be one of http, http2, grpc",
    fix: "Write one of http, http2, grpc.",
  });

  refuses("a name in upper case", apps({ Checkout: {} }), {
    key: "eks-istio:apps.Checkout",
    value: "Checkout",
    rule: `is a name, and ${dnsLabel}`,
    fix: 'Rename it, e.g. to "checkout".',
  });

  refuses("a service with a dot", checkout({ service: "checkout.shop" }), {
    key: "eks-istio:apps.checkout.service",
    value: "checkout.shop",
    rule: "must be a service's name: at most 63 lowercase letters, digits and hyphens, beginning with a letter",
    fix: 'Write it like "checkout".',
  });

  accepts("a service of its own behind a name that begins with a digit", apps({ "3d-viewer": { service: "viewer" } }));
  refuses("a name that begins with a digit, which no service's does", apps({ "3d-viewer": {} }), {
    key: "eks-istio:apps.3d-viewer",
    value: { namespace: "shop", port: 8080 },
    rule: "begins with a digit, and its service has the same name, which must begin with a letter",
    fix: 'Rename it, or set "service".',
  });
  refuses("a service that begins with a digit", checkout({ service: "3d-viewer" }), {
    key: "eks-istio:apps.checkout.service",
    value: "3d-viewer",
    rule: "must be a service's name: at most 63 lowercase letters, digits and hyphens, beginning with a letter",
    fix: 'Write it like "checkout".',
  });

  it("is one of five thousand at most", () => {
    const many = (count: number) =>
      apps(Object.fromEntries(Array.from({ length: count }, (_, index) => [`app-${index}`, {}])));
    assert.deepEqual([problemsOf(many(5000)), problemsOf(many(5001)).map(({ key }) => key)], [[], ["eks-istio:apps"]]);
  });
});

describe("the services of several applications", () => {
  accepts(
    "the same service in two namespaces",
    apps({ cart: { service: "web" }, orders: { service: "web", namespace: "orders" } }),
  );

  refuses("the same service in one namespace", apps({ cart: { service: "web" }, orders: { service: "web" } }), {
    key: "eks-istio:apps.orders.service",
    value: "web",
    rule: 'is the service of "cart", too (shop/web): the rules of both would be for one host',
    fix: "Make one application of the two.",
  });

  refuses("a service that has another application's name", apps({ cart: {}, orders: { service: "cart" } }), {
    key: "eks-istio:apps.orders.service",
    value: "cart",
    rule: 'is the service of "cart", too (shop/cart): the rules of both would be for one host',
    fix: "Make one application of the two.",
  });
});

describe("an application's versions", () => {
  accepts("a single version without a weight", checkout({ versions: { v1: {} } }));
  accepts("weights that add up to 100", checkout({ versions: { v1: { weight: 90 }, v2: { weight: 10 } } }));
  accepts("a version that only routes reach", checkout({ versions: { v1: { weight: 100 }, v2: {} } }));
  accepts("labels of a service that others deploy", checkout({ versions: { v1: { labels: { track: "stable" } } } }));

  const sums = [
    ["weights of 110", { v1: { weight: 90 }, v2: { weight: 20 } }, "90 + 20 = 110"],
    ["weights of 90", { v1: { weight: 90 }, v2: {} }, "90 + 0 = 90"],
    ["a single version at 50", { v1: { weight: 50 } }, "50 = 50"],
    ["several versions without weights", { v1: {}, v2: {} }, "0 + 0 = 0"],
  ] as const;
  for (const [what, versions, sum] of sums) {
    refuses(what, checkout({ versions }), {
      key: "eks-istio:apps.checkout.versions",
      value: versions,
      rule: `must have weights that add up to 100, and theirs are ${sum}`,
      fix: "Change the weights.",
    });
  }

  refuses("a weight below zero", checkout({ versions: { v1: { weight: 100 }, v2: { weight: -1 } } }), {
    key: "eks-istio:apps.checkout.versions.v2.weight",
    value: -1,
    rule: "must be at least 0",
    fix: "Write 0 or more.",
  });

  refuses("a version with a dot in its name", checkout({ versions: { "1.0": {} } }), {
    key: 'eks-istio:apps.checkout.versions["1.0"]',
    value: "1.0",
    rule: `is a name, and ${dnsLabel}`,
    fix: 'Rename it, e.g. to "1-0".',
  });

  refuses("a version of no labels, which would be every pod", checkout({ versions: { v1: { labels: {} } } }), {
    key: "eks-istio:apps.checkout.versions.v1.labels",
    value: {},
    rule: "must have a label, or the subset is every pod",
    fix: 'Remove "labels" for the default, version: NAME.',
  });

  accepts(
    "labels under a domain, and one without a value",
    checkout({ versions: { v1: { labels: { "app.kubernetes.io/name": "checkout", canary: "" } } } }),
  );

  refuses("a label's key with a blank", checkout({ versions: { v1: { labels: { "release track": "stable" } } } }), {
    key: 'eks-istio:apps.checkout.versions.v1.labels["release track"]',
    value: "release track",
    rule: "is a name, and must be the key of a Kubernetes label",
    fix: 'Rename it, e.g. to "release-track".',
  });

  refuses("a label's value with a slash", checkout({ versions: { v1: { labels: { track: "web/stable" } } } }), {
    key: "eks-istio:apps.checkout.versions.v1.labels.track",
    value: "web/stable",
    rule: "must be the value of a Kubernetes label",
    fix: 'Write it like "checkout".',
  });

  refuses("a label's value that YAML reads as a number", checkout({ versions: { v1: { labels: { build: 42 } } } }), {
    key: "eks-istio:apps.checkout.versions.v1.labels.build",
    value: 42,
    rule: "must be a string, and YAML reads it as a number",
    fix: 'Put it in quotes: "42".',
  });
});
