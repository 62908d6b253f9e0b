import assert from "node:assert/strict";
import { settingsOf } from "../../stack";
import { accepts, apps, domain, mesh, network, refuses, type Keys } from "../verdicts";

/** A stack whose domain `example.com` is served by `public`, and `corp.example.com` by `internal`. */
function two(own: { readonly public?: object; readonly internal?: object } = {}): Keys {
  return {
    ...domain({ gateway: "public", additional: [{ name: "corp.example.com", gateway: "internal" }] }),
    "eks-istio:gateways": { public: { ...own.public }, internal: { scheme: "internal", ...own.internal } },
  };
}

const both = { public: {}, internal: {} };

describe("the gateways' names", () => {
  for (const [what, keys] of [
    ["says nothing of them", {}],
    ["has none of them", { "eks-istio:gateways": {} }],
    ["has one called default", { "eks-istio:gateways": { default: {} } }],
  ] as const) {
    it(`are today's in a stack file that ${what}`, () => {
      assert.deepEqual(
        settingsOf(keys).gateways.map(({ key, name, namespace }) => [key, name, namespace]),
        [["default", "istio-ingress", "istio-ingress"]],
      );
    });
  }

  it("have the key in them where that isn't default", () => {
    assert.deepEqual(
      settingsOf(two({ internal: { namespace: "edge" } })).gateways.map(({ key, name, namespace }) => [
        key,
        name,
        namespace,
      ]),
      [
        ["public", "istio-ingress-public", "istio-ingress-public"],
        ["internal", "istio-ingress-internal", "edge"],
      ],
    );
  });

  accepts("two in one namespace", two({ public: { namespace: "edge" }, internal: { namespace: "edge" } }));

  refuses(
    "mesh, Istio's own word",
    { "eks-istio:gateways": { mesh: {} } },
    {
      key: "eks-istio:gateways.mesh",
      value: "mesh",
      rule: 'is a name, and must not be "mesh", Istio\'s word for the sidecars',
      fix: 'Rename it, e.g. to "internal".',
    },
  );

  refuses(
    "a key that is no label",
    { "eks-istio:gateways": { Public: {} } },
    {
      key: "eks-istio:gateways.Public",
      value: "Public",
      rule: "is a name, and must be a DNS label: at most 63 lowercase letters, digits and hyphens, beginning and ending with a letter or digit",
      fix: 'Rename it, e.g. to "public".',
    },
  );

  refuses("names that give pods one label", two({ public: { name: "istio-edge" }, internal: { name: "edge" } }), {
    key: "eks-istio:gateways.internal.name",
    value: "edge",
    rule: "gives its pods the label istio: edge, as those of gateways.public (istio-edge) have: Istio finds a gateway's pods by it in all namespaces, so each of the two would serve the other's hosts",
    fix: "Set another name for one of them.",
  });

  refuses("a name that another gateway has by default", two({ public: { name: "istio-ingress-internal" } }), {
    key: "eks-istio:gateways.internal.name",
    value: undefined,
    rule: "gives its pods the label istio: ingress-internal, as those of gateways.public (istio-ingress-internal) have: Istio finds a gateway's pods by it in all namespaces, so each of the two would serve the other's hosts",
    fix: "Set another name for one of them.",
  });

  refuses("a name that no Service may have", two({ internal: { name: "1-edge" } }), {
    key: "eks-istio:gateways.internal.name",
    value: "1-edge",
    rule: "must be a service's name: at most 63 lowercase letters, digits and hyphens, beginning with a letter",
    fix: 'Write it like "istio-ingress".',
  });

  const long = "i".repeat(40);
  refuses(
    "a key that makes the release's name too long",
    { ...domain({ gateway: long }), "eks-istio:gateways": { [long]: {} } },
    {
      key: `eks-istio:gateways.${long}.name`,
      value: undefined,
      rule: `is istio-ingress-${long} if left out, which has 54 characters, and a Helm release has at most 53`,
      fix: `Set it, or shorten the gateway's own name, "${long}".`,
    },
  );

  const longer = "i".repeat(50);
  refuses(
    "a key that makes the namespace's name too long",
    { ...domain({ gateway: longer }), "eks-istio:gateways": { [longer]: { name: "edge" } } },
    {
      key: `eks-istio:gateways.${longer}.namespace`,
      value: undefined,
      rule: `is istio-ingress-${longer} if left out, which has 64 characters, and a namespace has at most 63`,
      fix: `Set it, or shorten the gateway's own name, "${longer}".`,
    },
  );
});

describe("the key of stack files with one gateway", () => {
  refuses(
    "it, and says what to write",
    { "eks-istio:gateway": { scheme: "internal", replicas: { min: 2, max: 4 } } },
    {
      key: "eks-istio:gateway",
      value: { scheme: "internal", replicas: { min: 2, max: 4 } },
      rule: "is now eks-istio:gateways, a map with a name for each gateway",
      fix: "Write it as eks-istio:gateways: {default: {scheme: …, replicas: …}}.",
    },
  );

  for (const value of [{}, "text", ["a"]]) {
    refuses(
      `it as ${JSON.stringify(value)}`,
      { "eks-istio:gateway": value },
      {
        key: "eks-istio:gateway",
        value,
        rule: "is now eks-istio:gateways, a map with a name for each gateway",
        fix: "Write it as eks-istio:gateways: {default: {}}.",
      },
    );
  }
});

describe("the settings of one gateway where the names of gateways stand", () => {
  const own = { scheme: "internal", replicas: { min: 2, max: 4 } };
  const misplaced = (value: object, keys: string, fix: string) => ({
    key: "eks-istio:gateways",
    value,
    rule: `has settings of one gateway in it (${keys}), and is a map of gateways by name`,
    fix: `Write gateways: {default: {${fix}}}.`,
  });

  refuses("them once", { "eks-istio:gateways": own }, misplaced(own, "scheme, replicas", "scheme: …, replicas: …"));
  refuses(
    "a map among them, which could be a gateway",
    { "eks-istio:gateways": { replicas: own.replicas } },
    misplaced({ replicas: own.replicas }, "replicas", "replicas: …"),
  );
  refuses(
    "what is wrong in them, where they are to stand",
    { "eks-istio:gateways": { scheme: "private" } },
    misplaced({ scheme: "private" }, "scheme", "scheme: …"),
    {
      key: "eks-istio:gateways.default.scheme",
      value: "private",
      rule: "must be one of internet-facing, internal",
      fix: "Write one of internet-facing, internal.",
    },
  );
  refuses(
    "them beside a gateway, and nothing that follows",
    { "eks-istio:gateways": { default: { drain: "30s" }, scheme: "internal" } },
    misplaced({ default: { drain: "30s" }, scheme: "internal" }, "scheme", "scheme: …"),
  );
  accepts("a gateway with the name of a setting", { "eks-istio:gateways": { replicas: { scheme: "internal" } } });
});

describe("a domain's gateway", () => {
  it("is the only one where it names none", () => {
    assert.equal(settingsOf({ "eks-istio:gateways": { edge: {} } }).domain.gateway, "edge");
  });

  it("is the one it names, for further domains, too", () => {
    const { domain: settled } = settingsOf(two());
    assert.deepEqual([settled.gateway, settled.additional.map(({ gateway }) => gateway)], ["public", ["internal"]]);
  });

  it("serves its applications", () => {
    const keys = { ...two(), ...apps({ web: { host: "www" }, admin: { host: "admin", domain: "corp.example.com" } }) };
    assert.deepEqual(
      settingsOf(keys).apps.map(({ hosts }) => hosts),
      [
        [{ hostname: "www.example.com", gateway: "public" }],
        [{ hostname: "admin.corp.example.com", gateway: "internal" }],
      ],
    );
  });

  const required = (path: string, name: string) => ({
    key: `eks-istio:domain.${path}gateway`,
    value: undefined,
    rule: "is required where there are several gateways",
    fix: `Name the one that serves ${name}: public or internal.`,
  });
  refuses(
    "none where there are several, for every domain",
    { ...domain({ additional: [{ name: "corp.example.com" }] }), "eks-istio:gateways": both },
    required("", "example.com"),
    required("additional[0].", "corp.example.com"),
  );

  refuses(
    "a slip in its name",
    { ...two(), ...domain({ gateway: "pubilc", additional: [{ name: "corp.example.com", gateway: "internal" }] }) },
    {
      key: "eks-istio:domain.gateway",
      value: "pubilc",
      rule: "is not a gateway of this stack (public, internal)",
      fix: 'Did you mean "public"?',
    },
  );

  refuses("one that there isn't", domain({ gateway: "edge" }), {
    key: "eks-istio:domain.gateway",
    value: "edge",
    rule: "is not a gateway of this stack (default)",
    fix: 'Write one of these, or add it to gateways, beside {default: {}}: without "default" in it, the gateway that you have goes.',
  });

  refuses(
    "a gateway that no domain names",
    { ...domain({ gateway: "public" }), "eks-istio:gateways": both },
    {
      key: "eks-istio:gateways.internal",
      value: {},
      rule: "serves no domain, and so no host",
      fix: "Set gateway: internal in domain or in an entry of domain.additional, or remove it.",
    },
  );

  refuses(
    "a mistake in one gateway, and nothing that follows from it",
    { ...two({ internal: { scheme: "private" } }) },
    {
      key: "eks-istio:gateways.internal.scheme",
      value: "private",
      rule: "must be one of internet-facing, internal",
      fix: "Write one of internet-facing, internal.",
    },
  );

  refuses(
    "a domain whose gateway is no name, and not the gateway that it may have meant",
    { ...two(), ...domain({ gateway: ["public"], additional: [{ name: "corp.example.com", gateway: "internal" }] }) },
    {
      key: "eks-istio:domain.gateway",
      value: ["public"],
      rule: "must be a string",
      fix: 'Write a string, e.g. "internal".',
    },
  );

  refuses(
    "a domain on a gateway whose name is refused, once",
    {
      ...domain({ gateway: "mesh", additional: [{ name: "corp.example.com", gateway: "internal" }] }),
      "eks-istio:gateways": { mesh: {}, internal: {} },
    },
    {
      key: "eks-istio:gateways.mesh",
      value: "mesh",
      rule: 'is a name, and must not be "mesh", Istio\'s word for the sidecars',
      fix: 'Rename it, e.g. to "internal".',
    },
  );
});

describe("several gateways", () => {
  const existing = {
    vpcId: "vpc-0123456789abcdef0",
    privateSubnetIds: ["subnet-00000001", "subnet-00000002"],
    publicSubnetIds: [],
  };
  refuses(
    "an existing VPC without public subnets for the public one",
    { ...two(), ...network({ existing }) },
    {
      key: "eks-istio:network.existing.publicSubnetIds",
      value: [],
      rule: "must have two subnets or more, as an internet-facing load balancer stands in them",
      fix: "List them, or set gateways.public.scheme to internal.",
    },
  );
  accepts("it where all are internal", { ...two({ public: { scheme: "internal" } }), ...network({ existing }) });

  refuses("IPv6 for the internal one", two({ internal: { ipAddressType: "dualstack" } }), {
    key: "eks-istio:gateways.internal.ipAddressType",
    value: "dualstack",
    rule: "needs IPv6 ranges, and the private subnets that an internal load balancer stands in have none",
    fix: "Write ipv4, or set gateways.internal.scheme to internet-facing.",
  });
  accepts("IPv6 for the public one alone", two({ public: { ipAddressType: "dualstack" } }));

  for (const namespace of ["istio-ingress-public", "istio-ingress-internal"]) {
    refuses(
      `an application in ${namespace}`,
      { ...two(), ...apps({ web: { namespace } }) },
      {
        key: "eks-istio:apps.web.namespace",
        value: namespace,
        rule: "is a gateway's namespace: who may change an application in it may change how all requests come in",
        fix: 'Use one of its own, e.g. "web".',
      },
    );
    refuses(
      `another mode of mutual TLS for ${namespace}`,
      { ...two(), ...mesh({ mtls: { overrides: { edge: { namespace, mode: "PERMISSIVE" } } } }) },
      {
        key: "eks-istio:mesh.mtls.overrides.edge.namespace",
        value: namespace,
        rule: "is a gateway's namespace: its requests come from outside the mesh, so that a mode for the whole of it changes nothing",
        fix: "Name the namespace of the applications.",
      },
    );
  }
});
