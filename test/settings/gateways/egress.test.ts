import assert from "node:assert/strict";
import { settingsOf } from "../../stack";
import { accepts, refuses, type Keys } from "../verdicts";

const key = (path: string) => `eks-istio:gateways.egress${path}`;

/** A stack with what leaves by `egress`, and these gateways. */
function gateways(own: object): Keys {
  const stripe = { hosts: ["api.example.net"], port: 443, protocol: "tls", via: "egress" };
  return { "eks-istio:external": { stripe }, "eks-istio:gateways": own };
}

describe("an egress gateway", () => {
  it("has names of its own, and leaves the ingress gateway as it is", () => {
    const settings = settingsOf(gateways({ egress: { type: "egress" } }));
    assert.deepEqual(settings.gateways, settingsOf().gateways);
    assert.deepEqual(settings.egressGateways, [
      {
        type: "egress",
        key: "egress",
        name: "istio-egress",
        namespace: "istio-egress",
        drain: "45s",
        replicas: { min: 2, max: 5, cpu: 80 },
        resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { cpu: "2", memory: "1Gi" } },
      },
    ]);
  });

  it("has its key in its names where that is another", () => {
    const stripe = { hosts: ["api.example.net"], port: 443, protocol: "tls", via: "partners" };
    const settings = settingsOf({
      "eks-istio:external": { stripe },
      "eks-istio:gateways": { partners: { type: "egress" } },
    });
    assert.deepEqual(
      settings.egressGateways.map(({ name, namespace }) => [name, namespace]),
      [["istio-egress-partners", "istio-egress-partners"]],
    );
  });

  accepts("one beside several ingress gateways", {
    ...gateways({ default: {}, internal: { scheme: "internal" }, egress: { type: "egress" } }),
    "eks-istio:domain": {
      name: "example.com",
      gateway: "default",
      additional: [{ name: "example.org", gateway: "internal" }],
    },
  });

  refuses("another type", gateways({ egress: { type: "egres" } }), {
    key: key(".type"),
    value: "egres",
    rule: "must be one of ingress, egress",
    fix: 'Did you mean "egress"?',
  });

  refuses(
    "settings of a load balancer, and others that it doesn't have, each as what it is",
    gateways({ egress: { type: "egress", scheme: "internal", namespaces: ["shop"], replica: 3 } }),
    {
      key: key(".scheme"),
      value: "internal",
      rule: "is of ingress gateways: an egress gateway has no load balancer, and only pods of the mesh reach it",
      fix: "Remove it.",
    },
    {
      key: key(".namespaces"),
      value: ["shop"],
      rule: "is of ingress gateways: what leaves by an egress gateway is said in external",
      fix: "Remove it.",
    },
    { key: key(".replica"), value: 3, rule: "is not a known key", fix: 'Did you mean "replicas"?' },
  );

  refuses("its settings without its name", gateways({ type: "egress" }), {
    key: "eks-istio:gateways",
    value: { type: "egress" },
    rule: "has settings of one gateway in it (type), and is a map of gateways by name",
    fix: "Write gateways: {egress: {type: …}}.",
  });

  refuses(
    "the name of the ingress gateway that nobody names",
    {
      "eks-istio:external": { stripe: { hosts: ["api.example.net"], port: 443, protocol: "tls", via: "default" } },
      "eks-istio:gateways": { default: { type: "egress" } },
    },
    {
      key: "eks-istio:gateways.default",
      value: { type: "egress" },
      rule: "is the name of the ingress gateway that there is where none is named",
      fix: 'Rename it, e.g. to "egress".',
    },
  );

  refuses("the namespace of another gateway", gateways({ egress: { type: "egress", namespace: "istio-ingress" } }), {
    key: key(".namespace"),
    value: "istio-ingress",
    rule: "is where gateways.default is, and an egress gateway has a namespace for itself: who may leave the mesh must not depend on who runs beside it",
    fix: 'Use one of its own, e.g. "istio-egress".',
  });

  refuses("a namespace of Kubernetes", gateways({ egress: { type: "egress", namespace: "kube-system" } }), {
    key: key(".namespace"),
    value: "kube-system",
    rule: "belongs to Kubernetes or Istio's control plane",
    fix: 'Use one of its own, e.g. "istio-egress".',
  });

  refuses("the name of another gateway", gateways({ egress: { type: "egress", name: "istio-ingress" } }), {
    key: key(".name"),
    value: "istio-ingress",
    rule: "gives its pods the label istio: ingress, as those of gateways.default (istio-ingress) have: Istio finds a gateway's pods by it in all namespaces, so each of the two would serve the other's hosts",
    fix: "Set another name for one of them.",
  });

  refuses("one that nothing leaves by", gateways({ egress: { type: "egress" }, spare: { type: "egress" } }), {
    key: "eks-istio:gateways.spare",
    value: { type: "egress" },
    rule: "is an egress gateway that nothing leaves by",
    fix: "Write via: spare in an entry of external, or remove it.",
  });

  refuses(
    "one that serves a domain",
    { ...gateways({ egress: { type: "egress" } }), "eks-istio:domain": { name: "example.com", gateway: "egress" } },
    {
      key: "eks-istio:domain.gateway",
      value: "egress",
      rule: "is an egress gateway, by which nothing comes in",
      fix: "Name an ingress gateway: default.",
    },
  );

  refuses(
    "one that calls an application",
    {
      ...gateways({ egress: { type: "egress" } }),
      "eks-istio:apps": { web: { namespace: "shop", port: 8080, access: [{ from: [{ gateway: "egress" }] }] } },
    },
    {
      key: "eks-istio:apps.web.access[0].from[0].gateway",
      value: "egress",
      rule: "is an egress gateway: what it takes leaves the mesh, and it calls no application",
      fix: "Write default.",
    },
  );

  refuses(
    "an application in its namespace",
    {
      ...gateways({ egress: { type: "egress" } }),
      "eks-istio:apps": { web: { namespace: "istio-egress", port: 8080 } },
    },
    {
      key: "eks-istio:apps.web.namespace",
      value: "istio-egress",
      rule: "is a gateway's namespace: who may change an application in it may change how all requests come in",
      fix: 'Use one of its own, e.g. "web".',
    },
  );

  accepts("an exception of mutual TLS in its namespace", {
    ...gateways({ egress: { type: "egress" } }),
    "eks-istio:mesh": {
      mtls: {
        overrides: { egress: { namespace: "istio-egress", selector: { app: "istio-egress" }, mode: "PERMISSIVE" } },
      },
    },
  });
});

describe("what leaves by a gateway", () => {
  const external = (own: object): Keys => ({
    "eks-istio:external": {
      partner: { hosts: ["api.example.net"], port: 443, protocol: "tls", via: "egress", ...own },
    },
    "eks-istio:gateways": { egress: { type: "egress" } },
  });

  accepts("TLS of the application's own", external({}));
  accepts(
    "requests, in the clear or with TLS that the gateway speaks",
    external({ port: 80, protocol: "http", tls: "originate" }),
  );
  accepts("bare connections to addresses", external({ port: 5432, protocol: "tcp", addresses: ["192.0.2.10"] }));

  refuses(
    "a gateway that there isn't",
    { ...external({}), "eks-istio:gateways": {} },
    {
      key: "eks-istio:external.partner.via",
      value: "egress",
      rule: "is not an egress gateway of this stack",
      fix: "Add one to gateways, e.g. {egress: {type: egress}}.",
    },
  );
  refuses("a gateway with a slip in its name", external({ via: "egres" }), {
    key: "eks-istio:external.partner.via",
    value: "egres",
    rule: "is not an egress gateway of this stack",
    fix: 'Did you mean "egress"?',
  });
  refuses("an ingress gateway", external({ via: "default" }), {
    key: "eks-istio:external.partner.via",
    value: "default",
    rule: "is an ingress gateway, by which nothing leaves",
    fix: "Write egress.",
  });
  refuses("names below a wildcard", external({ hosts: ["api.example.net", "*.example.net"] }), {
    key: "eks-istio:external.partner.hosts[1]",
    value: "*.example.net",
    rule: "can't leave by egress: an egress gateway knows whole names only, as it is the sidecars that look up names below a wildcard",
    fix: "List the names one by one, or leave the wildcard to an entry without via.",
  });
  const long = `${"a-".repeat(20)}b.example.net`;
  refuses("a name that is too long for Istio's", external({ hosts: [long] }), {
    key: "eks-istio:external.partner.hosts[0]",
    value: long,
    rule: "is too long to leave by egress: Istio has 63 characters for it, in which each hyphen counts twice",
    fix: "Leave it to an entry without via.",
  });
});
