import { accepts, apps, checkout, refuses, type Keys } from "../verdicts";

/** A stack with the application `checkout` in the namespace `shop`, and these entries under `namespaces`. */
function withNamespaces(namespaces: object): Keys {
  return { ...checkout({}), "eks-istio:namespaces": namespaces };
}

describe("namespaces", () => {
  accepts("labels and no injection", withNamespaces({ shop: { labels: { team: "shop" }, injection: false } }));
  accepts("a namespace that exists already", withNamespaces({ shop: { create: false } }));

  accepts(
    "a Pod Security Standard for a namespace without sidecars",
    withNamespaces({ shop: { injection: false, podSecurity: "restricted" } }),
  );
  accepts("the standard that forbids nothing", withNamespaces({ shop: { podSecurity: "privileged" } }));
  accepts(
    "labels of Pod Security of one's own",
    withNamespaces({ shop: { labels: { "pod-security.kubernetes.io/enforce": "privileged" } } }),
  );

  for (const podSecurity of ["baseline", "restricted"])
    refuses(
      `the standard ${podSecurity}, which would refuse every sidecar's init container`,
      withNamespaces({ shop: { podSecurity } }),
      {
        key: "eks-istio:namespaces.shop.podSecurity",
        value: podSecurity,
        rule: "would refuse every pod with a sidecar: its istio-init asks for NET_ADMIN, which this standard forbids",
        fix: "Remove it, or set injection to false here.",
      },
    );

  refuses(
    "a standard for a namespace that is somebody else's",
    withNamespaces({ shop: { create: false, podSecurity: "baseline" } }),
    {
      key: "eks-istio:namespaces.shop.podSecurity",
      value: "baseline",
      rule: "is of a namespace that is left as its owner made it (create: false)",
      fix: 'Remove it, or "create".',
    },
  );

  refuses(
    "a standard that a label says, too",
    withNamespaces({
      shop: { podSecurity: "privileged", labels: { "pod-security.kubernetes.io/enforce": "baseline" } },
    }),
    {
      key: 'eks-istio:namespaces.shop.labels["pod-security.kubernetes.io/enforce"]',
      value: "baseline",
      rule: "is set by namespaces.NAME.podSecurity",
      fix: "Remove one of them.",
    },
  );

  accepts("a namespace of others that no application is in", withNamespaces({ legacy: { create: false } }));

  refuses("a namespace that no application is in, as a typo", withNamespaces({ shpo: {} }), {
    key: "eks-istio:namespaces.shpo",
    value: {},
    rule: "is no application's namespace",
    fix: 'Did you mean "shop"?',
  });

  refuses("a namespace that is like no application's", withNamespaces({ warehouse: {} }), {
    key: "eks-istio:namespaces.warehouse",
    value: {},
    rule: "is no application's namespace",
    fix: "Remove it, or name it in an application.",
  });

  for (const own of [{ labels: { team: "shop" } }, { injection: false }]) {
    refuses(
      `${Object.keys(own).join()} of a namespace that is somebody else's`,
      withNamespaces({ shop: { create: false, ...own } }),
      {
        key: "eks-istio:namespaces.shop.create",
        value: false,
        rule: "is false, which leaves the namespace as its owner made it, and yet labels or injection is set",
        fix: 'Remove "labels" and "injection", or "create".',
      },
    );
  }

  for (const label of ["istio-injection", "istio.io/rev"]) {
    refuses(
      `the label ${label}, which is the mesh's to set`,
      withNamespaces({ shop: { labels: { [label]: "enabled" } } }),
      {
        key:
          label === "istio-injection"
            ? "eks-istio:namespaces.shop.labels.istio-injection"
            : 'eks-istio:namespaces.shop.labels["istio.io/rev"]',
        value: "enabled",
        rule: "is set by mesh.revision and namespaces.NAME.injection",
        fix: "Remove it.",
      },
    );
  }
});

describe("the namespaces of applications", () => {
  accepts("several applications in one", apps({ cart: {}, orders: {} }));

  for (const namespace of ["istio-system", "default", "kube-system", "kube-public", "kube-node-lease"]) {
    refuses(`an application in ${namespace}`, checkout({ namespace }), {
      key: "eks-istio:apps.checkout.namespace",
      value: namespace,
      rule: "is a namespace of Kubernetes or Istio, or the one that everything without a namespace lands in",
      fix: 'Use one of its own, e.g. "checkout".',
    });
  }

  refuses(
    "an application in the gateway's namespace",
    { ...checkout({ namespace: "edge" }), "eks-istio:gateways": { default: { namespace: "edge" } } },
    {
      key: "eks-istio:apps.checkout.namespace",
      value: "edge",
      rule: "is a gateway's namespace: who may change an application in it may change how all requests come in",
      fix: 'Use one of its own, e.g. "checkout".',
    },
  );

  refuses("a namespace with an underscore", checkout({ namespace: "web_shop" }), {
    key: "eks-istio:apps.checkout.namespace",
    value: "web_shop",
    rule: "must be a DNS label: at most 63 lowercase letters, digits and hyphens, beginning and ending with a letter or digit",
    fix: 'Write it like "checkout".',
  });
});
