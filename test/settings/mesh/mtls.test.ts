import { accepts, checkout, mesh, refuses, type Keys } from "../verdicts";

const theirs = { create: false };

/** A stack with these overrides, an application in `shop`, and namespaces that others created. */
function overrides(all: object): Keys {
  return {
    ...checkout({}),
    ...mesh({ mtls: { overrides: all } }),
    "eks-istio:namespaces": { legacy: theirs, "istio-system": theirs, "istio-ingress": theirs },
  };
}

describe("mutual TLS", () => {
  accepts("another mode for the whole mesh", mesh({ mtls: { mode: "PERMISSIVE" } }));

  refuses("a mode that Istio doesn't have", mesh({ mtls: { mode: "STRICTEST" } }), {
    key: "eks-istio:mesh.mtls.mode",
    value: "STRICTEST",
    rule: "must be one of STRICT, PERMISSIVE, DISABLE",
    fix: 'Did you mean "STRICT"?',
  });

  accepts("an override for a namespace", overrides({ legacy: { namespace: "legacy", mode: "PERMISSIVE" } }));
  accepts(
    "an override for a port of a workload",
    overrides({ metrics: { namespace: "shop", selector: { app: "checkout" }, ports: { "9090": "DISABLE" } } }),
  );
  const image = "registry.example.com/checkout:1.4.2";
  /** A stack whose `checkout` has the Service port 80 and this workload, with modes for these ports of it. */
  const ported = (ports: object, workload: object | undefined, selector: object = { app: "checkout" }) => ({
    ...checkout({ port: 80, ...(workload && { workload: { image, ...workload } }) }),
    ...mesh({ mtls: { overrides: { legacy: { namespace: "shop", selector, ports } } } }),
  });
  const ofService = (fix: string) => ({
    key: "eks-istio:mesh.mtls.overrides.legacy.ports.80",
    value: "DISABLE",
    rule: 'is the port of the Service of "checkout", and Istio reads ports of its containers here: this one changes nothing',
    fix,
  });
  for (const [what, selector] of [
    ["the application", { app: "checkout" }],
    ["one version", { app: "checkout", version: "v1" }],
    ["every pod of a version", { version: "v1" }],
  ] as const)
    refuses(
      `a Service's port where the container has another, for ${what}`,
      ported({ 80: "DISABLE" }, { containerPort: 8080 }, selector),
      ofService("Write 8080, the container's port."),
    );
  refuses(
    "a Service's port beside the container's",
    ported({ 80: "DISABLE", 8080: "DISABLE" }, { containerPort: 8080 }),
    ofService("Remove it: 8080, the container's port, is there already."),
  );
  accepts("the container's port", ported({ 8080: "DISABLE" }, { containerPort: 8080 }));
  accepts("a Service's port that is the container's, too", ported({ 80: "DISABLE" }, {}));
  accepts(
    "a Service's port on which the container answers for its health",
    ported({ 80: "DISABLE" }, { containerPort: 8080, readiness: { path: "/", port: 80 } }),
  );
  accepts(
    "a port that stands nowhere else, as a container may have others",
    ported({ 9090: "DISABLE" }, { containerPort: 8080 }),
  );
  accepts("a Service's port where others deploy the pods", ported({ 80: "DISABLE" }, undefined));
  accepts("a Service's port for other pods", ported({ 80: "DISABLE" }, { containerPort: 8080 }, { app: "stock" }));

  accepts(
    "overrides for two workloads of one namespace",
    overrides({
      cart: { namespace: "shop", selector: { app: "cart" }, mode: "PERMISSIVE" },
      orders: { namespace: "shop", selector: { app: "orders" }, mode: "PERMISSIVE" },
    }),
  );

  refuses(
    "an override for a namespace that is nearly an application's",
    overrides({ shop: { namespace: "shpo", mode: "PERMISSIVE" } }),
    {
      key: "eks-istio:mesh.mtls.overrides.shop.namespace",
      value: "shpo",
      rule: "is no namespace of this stack",
      fix: 'Did you mean "shop"?',
    },
  );

  refuses(
    "an override for a namespace that the stack doesn't know",
    overrides({ warehouse: { namespace: "warehouse", mode: "PERMISSIVE" } }),
    {
      key: "eks-istio:mesh.mtls.overrides.warehouse.namespace",
      value: "warehouse",
      rule: "is no namespace of this stack",
      fix: "If it exists outside of the stack, say so: namespaces: {warehouse: {create: false}}.",
    },
  );

  refuses("an override that changes nothing", overrides({ legacy: { namespace: "legacy" } }), {
    key: "eks-istio:mesh.mtls.overrides.legacy",
    value: { namespace: "legacy" },
    rule: "changes nothing: it has neither mode nor ports",
    fix: 'Set "mode" or "ports".',
  });

  refuses(
    "ports without a selector, which Istio ignores",
    overrides({ legacy: { namespace: "legacy", ports: { "9090": "DISABLE" } } }),
    {
      key: "eks-istio:mesh.mtls.overrides.legacy.ports",
      value: { "9090": "DISABLE" },
      rule: "needs a selector: Istio reads port modes only from a policy for one workload",
      fix: 'Add "selector" with the labels of its pods.',
    },
  );

  refuses(
    "a selector without labels",
    overrides({ legacy: { namespace: "legacy", selector: {}, mode: "PERMISSIVE" } }),
    {
      key: "eks-istio:mesh.mtls.overrides.legacy.selector",
      value: {},
      rule: "has no labels",
      fix: "Name at least one label.",
    },
  );

  for (const port of ["1", "9999", "65535"]) {
    accepts(
      `a mode for port ${port}`,
      overrides({ metrics: { namespace: "shop", selector: { app: "checkout" }, ports: { [port]: "DISABLE" } } }),
    );
  }
  for (const port of ["0", "65536", "http"]) {
    refuses(
      `a mode for port ${port}`,
      overrides({ metrics: { namespace: "shop", selector: { app: "checkout" }, ports: { [port]: "DISABLE" } } }),
      {
        key: `eks-istio:mesh.mtls.overrides.metrics.ports.${port}`,
        value: port,
        rule: "is a name, and must be a port number",
        fix: "Rename it.",
      },
    );
  }

  refuses(
    "a port with a blank before it",
    overrides({ metrics: { namespace: "shop", selector: { app: "checkout" }, ports: { " 9090": "DISABLE" } } }),
    {
      key: 'eks-istio:mesh.mtls.overrides.metrics.ports[" 9090"]',
      value: " 9090",
      rule: "is a name, and must be a port number",
      fix: 'Rename it, e.g. to "9090".',
    },
  );

  refuses(
    "an override for the root namespace, which would be the mesh's",
    overrides({ all: { namespace: "istio-system", mode: "PERMISSIVE" } }),
    {
      key: "eks-istio:mesh.mtls.overrides.all.namespace",
      value: "istio-system",
      rule: "is the root namespace, where a policy holds for the whole mesh",
      fix: "Change mesh.mtls.mode instead.",
    },
  );

  refuses(
    "the name that Istio keeps for a namespace's policy",
    overrides({ default: { namespace: "shop", selector: { app: "checkout" }, mode: "PERMISSIVE" } }),
    {
      key: "eks-istio:mesh.mtls.overrides.default",
      value: { namespace: "shop", selector: { app: "checkout" }, mode: "PERMISSIVE" },
      rule: 'is named "default", which Istio keeps for policies of a whole namespace',
      fix: "Rename it.",
    },
  );

  refuses(
    "two overrides for one namespace",
    overrides({ first: { namespace: "legacy", mode: "PERMISSIVE" }, second: { namespace: "legacy", mode: "DISABLE" } }),
    {
      key: "eks-istio:mesh.mtls.overrides.second",
      value: { namespace: "legacy", mode: "DISABLE" },
      rule: 'and "first" are both for the whole of namespace legacy, and Istio follows the older one only',
      fix: "Remove one of them.",
    },
  );

  refuses(
    "an override for the gateway's namespace",
    overrides({ gateway: { namespace: "istio-ingress", mode: "PERMISSIVE" } }),
    {
      key: "eks-istio:mesh.mtls.overrides.gateway.namespace",
      value: "istio-ingress",
      rule: "is a gateway's namespace: its requests come from outside the mesh, so that a mode for the whole of it changes nothing",
      fix: "Name the namespace of the applications.",
    },
  );
});
