import assert from "node:assert/strict";
import { settingsOf } from "../../stack";
import { accepts, apps, checkout, refuses } from "../verdicts";

const image = "registry.example.com/checkout:1.4.2";
const workload = (own: object) => checkout({ workload: { image, ...own } });

describe("a workload", () => {
  it("gets replicas, resources and a user that isn't root", () => {
    assert.deepEqual(settingsOf(workload({})).apps[0]?.workload, {
      image,
      replicas: { min: 2, max: 4, cpu: 80 },
      resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "512Mi" } },
      env: {},
      emptyDirs: [],
      runAsUser: 1000,
      serviceAccount: { annotations: {} },
      inject: true,
    });
  });

  refuses("root", workload({ runAsUser: 0 }), {
    key: "eks-istio:apps.checkout.workload.runAsUser",
    value: 0,
    rule: "must be at least 1",
    fix: "Write 1 or more.",
  });

  refuses("the sidecar's user, 1337", workload({ runAsUser: 1337 }), {
    key: "eks-istio:apps.checkout.workload.runAsUser",
    value: 1337,
    rule: "is the sidecar's user: the application's traffic would go around the mesh",
    fix: "Use another, e.g. 1000.",
  });

  accepts(
    "a sidecar of its own measure",
    workload({ proxy: { cpu: "50m", memoryLimit: "256Mi", concurrency: 1, drain: "5s" } }),
  );
  accepts("no sidecar", workload({ inject: false }));
  refuses("settings of a sidecar that isn't there", workload({ inject: false, proxy: { cpu: "50m" } }), {
    key: "eks-istio:apps.checkout.workload.proxy",
    value: { cpu: "50m" },
    rule: "has no effect: inject is false",
    fix: 'Remove "proxy" or "inject".',
  });

  accepts("several paths to write to", workload({ emptyDirs: ["/tmp", "/var/cache"] }));
  refuses("a path listed twice", workload({ emptyDirs: ["/tmp", "/tmp"] }), {
    key: "eks-istio:apps.checkout.workload.emptyDirs[1]",
    value: "/tmp",
    rule: "is listed twice",
    fix: "Remove one of them.",
  });
  refuses("a relative path", workload({ emptyDirs: ["tmp"] }), {
    key: "eks-istio:apps.checkout.workload.emptyDirs[0]",
    value: "tmp",
    rule: 'must begin with "/"',
    fix: 'Write it like "/tmp".',
  });
  refuses("a path with a colon", workload({ emptyDirs: ["/var/cache:rw"] }), {
    key: "eks-istio:apps.checkout.workload.emptyDirs[0]",
    value: "/var/cache:rw",
    rule: "must not have a colon in it, as Kubernetes requires",
    fix: 'Write it like "/tmp".',
  });

  refuses("more replicas at least than at most", workload({ replicas: { min: 5, max: 4 } }), {
    key: "eks-istio:apps.checkout.workload.replicas.min",
    value: 5,
    rule: "must not be larger than max, 4",
    fix: "Lower min or raise max.",
  });

  refuses(
    "a memory limit below the request",
    workload({ resources: { requests: { cpu: "100m", memory: "1Gi" }, limits: { memory: "512Mi" } } }),
    {
      key: "eks-istio:apps.checkout.workload.resources.limits.memory",
      value: "512Mi",
      rule: "must not be smaller than the request, 1Gi: Kubernetes refuses the pod",
      fix: "Write 1Gi or more.",
    },
  );

  accepts(
    "an environment of strings and secrets",
    workload({ env: { LOG_LEVEL: "info", _TOKEN: { secret: "checkout", key: "token" } } }),
  );
  refuses("a number in the environment", workload({ env: { PORT: 8080 } }), {
    key: "eks-istio:apps.checkout.workload.env.PORT",
    value: 8080,
    rule: "must be a string in quotes, or {secret, key}",
    fix: 'Put it in quotes: "8080".',
  });
  refuses("a switch in the environment", workload({ env: { DEBUG: true } }), {
    key: "eks-istio:apps.checkout.workload.env.DEBUG",
    value: true,
    rule: "must be a string in quotes, or {secret, key}",
    fix: "Write one of these forms.",
  });
  refuses("a variable with a hyphen inside", workload({ env: { "log-level": "info" } }), {
    key: "eks-istio:apps.checkout.workload.env.log-level",
    value: "log-level",
    rule: "is a name, and must be the name of an environment variable",
    fix: 'Rename it, e.g. to "log_level".',
  });
  refuses("a variable that begins with a hyphen", workload({ env: { "-token": "abc" } }), {
    key: "eks-istio:apps.checkout.workload.env.-token",
    value: "-token",
    rule: "is a name, and must be the name of an environment variable",
    fix: 'Rename it, e.g. to "token".',
  });
});

describe("a workload's probes", () => {
  for (const probe of ["readiness", "liveness"]) {
    accepts(
      `whole seconds for ${probe}`,
      workload({ [probe]: { path: "/healthz", period: "1m30s", timeout: "2s", failureThreshold: 5 } }),
    );

    for (const [key, value] of [
      ["period", "1500ms"],
      ["timeout", "500ms"],
    ] as const) {
      refuses(
        `a part of a second for the ${key} of ${probe}`,
        workload({ [probe]: { path: "/healthz", [key]: value } }),
        {
          key: `eks-istio:apps.checkout.workload.${probe}.${key}`,
          value,
          rule: "must be whole seconds, as the kubelet counts them",
          fix: 'Write whole seconds, e.g. "5s".',
        },
      );
    }

    refuses(`a path of ${probe} without its slash`, workload({ [probe]: { path: "healthz" } }), {
      key: `eks-istio:apps.checkout.workload.${probe}.path`,
      value: "healthz",
      rule: 'must begin with "/"',
      fix: 'Write it like "/health".',
    });
  }
});

describe("the names that workloads give", () => {
  const limit = 63 - "-1a2b3c4d5e-12345".length;
  const name = "c".repeat(limit - "-v1".length);
  accepts(`a Deployment's name of ${limit} characters`, apps({ [name]: { workload: { image } } }));

  refuses("a Deployment's name that its pods' names can't hold", apps({ [`${name}c`]: { workload: { image } } }), {
    key: `eks-istio:apps.${name}c`,
    value: { namespace: "shop", port: 8080, workload: { image } },
    rule: `gives a Deployment a name of 47 characters (${name}c-v1); at most 46 leave room for its pods' names`,
    fix: "Shorten the application's or the version's name.",
  });

  accepts(
    "the same ServiceAccount in two namespaces",
    apps({
      cart: { workload: { image, serviceAccount: { name: "shop" } } },
      orders: { namespace: "orders", workload: { image, serviceAccount: { name: "shop" } } },
    }),
  );

  refuses(
    "one ServiceAccount for two applications",
    apps({ cart: { workload: { image } }, orders: { workload: { image, serviceAccount: { name: "cart" } } } }),
    {
      key: "eks-istio:apps.orders.workload.serviceAccount.name",
      value: "cart",
      rule: 'makes the ServiceAccount shop/cart, and so does "cart"',
      fix: "Give it a name of its own.",
    },
  );

  refuses("a ServiceAccount's name in upper case", workload({ serviceAccount: { name: "Checkout" } }), {
    key: "eks-istio:apps.checkout.workload.serviceAccount.name",
    value: "Checkout",
    rule: "must be a DNS label: at most 63 lowercase letters, digits and hyphens, beginning and ending with a letter or digit",
    fix: 'Write it like "checkout".',
  });

  refuses("the ServiceAccount that every namespace has", workload({ serviceAccount: { name: "default" } }), {
    key: "eks-istio:apps.checkout.workload.serviceAccount.name",
    value: "default",
    rule: 'must not be "default": every namespace has that account already, for all pods without one of their own',
    fix: 'Set another, e.g. "checkout".',
  });

  refuses("an application whose name gives that ServiceAccount", apps({ default: { workload: { image } } }), {
    key: "eks-istio:apps.default.workload.serviceAccount.name",
    value: undefined,
    rule: 'must not be "default": every namespace has that account already, for all pods without one of their own',
    fix: 'Set another, e.g. "shop".',
  });
  accepts(
    "an application named default with a ServiceAccount of its own",
    apps({ default: { workload: { image, serviceAccount: { name: "web" } } } }),
  );

  const versions = { v1: { weight: 100 } };
  refuses(
    "a Deployment's name made in two ways",
    apps({
      "cart-api": { versions, workload: { image } },
      cart: { versions: { "api-v1": { weight: 100 } }, workload: { image } },
    }),
    {
      key: "eks-istio:apps.cart.versions",
      value: { "api-v1": { weight: 100 } },
      rule: 'makes the Deployment cart-api-v1, and so does "cart-api"',
      fix: "Rename the application or the version.",
    },
  );
});
