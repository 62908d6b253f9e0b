import assert from "node:assert/strict";
import { Platform } from "../../components/platform";
import { evaluate, findingText } from "../../policies/engine/evaluate";
import { Inventory } from "../../policies/engine/inventory";
import { noSettings } from "../../policies/engine/settings";
import { rules } from "../../policies/rules";
import { fromPlan } from "../../policies/sources/plan";
import type { RecordedResource } from "../../cli/plan/record";
import { settingsOf } from "../stack";
import { deployed, registrationOf, valueOf, type Deployment } from "./deployed";
import { planned, stackKeys, type Graph, type Sections } from "./support";
import { twoGateways } from "./two-gateways";

type Objects = Readonly<Record<string, unknown>>;

const prefix = "service.beta.kubernetes.io/aws-load-balancer";
const certificates = {
  corp: "arn:aws:acm:ap-northeast-2:123456789012:certificate/corp",
  requested: "arn:aws:acm:ap-northeast-2:123456789012:certificate/requested",
};

describe("a public and an internal gateway", () => {
  let plan: Graph;
  let deployment: Deployment<Platform>;
  before(async () => {
    plan = await planned(twoGateways);
    deployment = await up(twoGateways);
  });

  for (const key of ["public", "internal"]) {
    it(`has children of its own for ${key}`, () => {
      assert.deepEqual(plan.children(`stage:Gateway shop-gateway-${key}`), [
        `kubernetes:core/v1:Namespace shop-istio-ingress-${key}`,
        `kubernetes:core/v1:Service shop-istio-ingress-${key}/istio-ingress-${key}`,
        `kubernetes:helm.sh/v3:Release shop-istio-ingress-${key}/istio-ingress-${key}`,
        `kubernetes:networking.istio.io/v1:Gateway shop-gateway-${key}-wildcard`,
      ]);
    });

    it(`makes nothing of ${key} wait for the other`, () => {
      const other = key === "public" ? "internal" : "public";
      for (const child of plan.children(`stage:Gateway shop-gateway-${key}`)) {
        const [type = "", name = ""] = child.split(" ");
        const before = plan.before(`${type.slice(type.lastIndexOf(":") + 1)} ${name}`);
        assert.deepEqual(
          before.filter((each) => each.includes(`-gateway-${other}`) || each.includes(`istio-ingress-${other}`)),
          [],
        );
      }
    });
  }

  it("asks for a load balancer each, with its own scheme, subnets, source ranges and address type", () => {
    const services = ["public", "internal"].map((key) => {
      const { metadata, spec } = registrationOf(
        deployment,
        "kubernetes:core/v1:Service",
        `shop-istio-ingress-${key}/istio-ingress-${key}`,
      ).inputs as { metadata: { annotations: Record<string, string> }; spec: Objects };
      const { annotations } = metadata;
      return {
        ...Object.fromEntries(
          ["scheme", "subnets", "ip-address-type"].map((name) => [name, annotations[`${prefix}-${name}`]]),
        ),
        ranges: spec.loadBalancerSourceRanges,
        selector: spec.selector,
      };
    });
    const subnets = (kind: string) =>
      ["a", "b", "c"].map((zone) => `shop-network-${kind}-ap-northeast-2${zone}-id`).join(",");
    assert.deepEqual(services, [
      {
        scheme: "internet-facing",
        subnets: subnets("public"),
        "ip-address-type": "dualstack",
        ranges: undefined,
        selector: { app: "istio-ingress-public", istio: "ingress-public" },
      },
      {
        scheme: "internal",
        subnets: subnets("private"),
        "ip-address-type": undefined,
        ranges: ["10.0.0.0/8"],
        selector: { app: "istio-ingress-internal", istio: "ingress-internal" },
      },
    ]);
  });

  it("shows each load balancer the certificates of its own domains", () => {
    const shown = ["public", "internal"].map((key) => {
      const { metadata } = registrationOf(
        deployment,
        "kubernetes:core/v1:Service",
        `shop-istio-ingress-${key}/istio-ingress-${key}`,
      ).inputs as { metadata: { annotations: Record<string, string> } };
      return metadata.annotations[`${prefix}-ssl-cert`];
    });
    assert.deepEqual(shown, [
      `${certificates.requested},${certificates.requested}`,
      `${certificates.corp},${certificates.requested}`,
    ]);
    const waited = (key: string) =>
      plan
        .direct(`Service shop-istio-ingress-${key}/istio-ingress-${key}`)
        .filter((each) => each.startsWith("CertificateValidation") || each.startsWith("Certificate "));
    assert.ok(waited("public").every((each) => /example\.com|example\.org/.test(each) && !each.includes("corp")));
    assert.ok(waited("internal").every((each) => each.includes("example.net")));
    assert.ok(waited("public").length > 0 && waited("internal").length > 0);
  });

  it("gives each Gateway the hosts of its own domains, and its own pods", () => {
    const gateways = ["public", "internal"].map((key) => {
      const { metadata, spec } = plan.inputs(`Gateway shop-gateway-${key}-wildcard`) as {
        metadata: { name: string; namespace: string };
        spec: { selector: object; servers: { hosts: string[] }[] };
      };
      return [`${metadata.namespace}/${metadata.name}`, spec.selector, spec.servers.map(({ hosts }) => hosts)];
    });
    const [ofPublic, ofInternal] = [
      ["*.example.com", "example.com", "*.example.org", "example.org"],
      ["*.corp.example.com", "corp.example.com", "*.example.net", "example.net"],
    ];
    assert.deepEqual(gateways, [
      ["istio-ingress-public/wildcard-public", { istio: "ingress-public" }, [ofPublic, ofPublic]],
      ["istio-ingress-internal/wildcard-internal", { istio: "ingress-internal" }, [ofInternal, ofInternal]],
    ]);
  });

  it("installs a release each", () => {
    assert.deepEqual(
      ["public", "internal"].map((key) => {
        const { name, namespace, values } = plan.inputs(`Release shop-istio-ingress-${key}/istio-ingress-${key}`) as {
          name: string;
          namespace: string;
          values: { autoscaling: { minReplicas: number } };
        };
        return [name, namespace, values.autoscaling.minReplicas];
      }),
      [
        ["istio-ingress-public", "istio-ingress-public", 3],
        ["istio-ingress-internal", "istio-ingress-internal", 2],
      ],
    );
  });

  it("leads each domain's records to its own gateway's load balancer, with that one's addresses", () => {
    const leads = plan.ofType("aws:route53/record:Record").flatMap((record) => {
      const { name, type, aliases } = plan.inputs(record) as { name: string; type: string; aliases?: unknown };
      const services = plan.direct(record).filter((each) => each.startsWith("Service "));
      return aliases ? [`${type} ${name} → ${services.join()}`] : [];
    });
    const to = (key: string, types: readonly string[], domain: string) =>
      types.flatMap((type) =>
        [domain, `*.${domain}`].map(
          (name) => `${type} ${name} → Service shop-istio-ingress-${key}/istio-ingress-${key}`,
        ),
      );
    assert.deepEqual(
      leads.sort(),
      [
        ...to("public", ["A", "AAAA"], "example.com"),
        ...to("public", ["A", "AAAA"], "example.org"),
        ...to("internal", ["A"], "corp.example.com"),
        ...to("internal", ["A"], "example.net"),
      ].sort(),
    );
  });

  it("gives the VPC IPv6 as one of them is dual stack", () => {
    assert.equal(plan.inputs("Vpc shop-network-vpc").assignGeneratedIpv6CidrBlock, true);
  });

  it("names both load balancers", async () => {
    const names = deployment.result.loadBalancerNames;
    assert.deepEqual(await Promise.all(Object.entries(names).map(async ([key, name]) => [key, await valueOf(name)])), [
      ["public", "k8s-istioing-istioing-0a1b2c3d4e"],
      ["internal", "k8s-istioing-istioing-0a1b2c3d4e"],
    ]);
  });

  it("gives an application a rule on each gateway that it has hosts on, never one on two", () => {
    const rules = plan
      .ofType(/:VirtualService$/)
      .filter((rule) => rule.includes("-ingress"))
      .map((rule) => {
        const { metadata, spec } = plan.inputs(rule) as {
          metadata: { name: string };
          spec: { hosts: string[]; gateways: string[] };
        };
        const bound = plan.direct(rule).filter((each) => each.startsWith("Gateway "));
        return [rule, metadata.name, spec.hosts, spec.gateways, bound];
      });
    const [ofPublic, ofInternal] = [
      [["istio-ingress-public/wildcard-public"], ["Gateway shop-gateway-public-wildcard"]],
      [["istio-ingress-internal/wildcard-internal"], ["Gateway shop-gateway-internal-wildcard"]],
    ];
    const name = (app: string, key: string) => [
      `VirtualService shop-app-${app}-ingress-${key}`,
      `${app}.ingress.${key}`,
    ];
    assert.deepEqual(rules, [
      [...name("reports", "internal"), ["reports.corp.example.com"], ...ofInternal],
      [...name("web", "internal"), ["web.corp.example.com"], ...ofInternal],
      [...name("web", "public"), ["example.com", "www.example.com", "www.example.org"], ...ofPublic],
    ]);
  });

  it("tells all URLs of an application", () => {
    assert.deepEqual(deployment.result.urls, {
      web: [
        "https://example.com",
        "https://www.example.com",
        "https://web.corp.example.com",
        "https://www.example.org",
      ],
      reports: ["https://reports.corp.example.com"],
    });
  });

  it("breaks no rule", () => {
    const { findings, unjudged } = evaluate(new Inventory(fromPlan(plan.resources)), rules, noSettings);
    assert.deepEqual(findings.map(findingText), []);
    assert.deepEqual(
      unjudged.filter(({ rule }) => rule === "AWS-DNS-SCHEME").map(({ resource }) => resource),
      ["corp.example.com-wildcard", "corp.example.com-apex", "example.net-wildcard", "example.net-apex"].map(
        (record) => `route53 Record shop-domain-${record}-a`,
      ),
    );
  });

  it("is told by the gateway's own name what a rule finds", async () => {
    const gateways = { public: {}, internal: { scheme: "internal", crossZone: false } };
    const { resources } = await planned({ ...twoGateways, gateways });
    const { findings } = evaluate(new Inventory(fromPlan(resources)), rules, noSettings);
    assert.deepEqual(findings.map(findingText), [
      "AWS-NLB-CROSS-ZONE  Service istio-ingress-internal/istio-ingress-internal: doesn't balance across zones: a zone with fewer pods is overrun, and one with none refuses connections. Add load_balancing.cross_zone.enabled=true to aws-load-balancer-attributes (gateways.internal.crossZone).",
    ]);
  });

  it("says the same whatever comes first in the stack file", async () => {
    const gateways = Object.fromEntries(Object.entries(twoGateways.gateways as object).reverse());
    const turned = await planned({ ...twoGateways, gateways });
    assert.deepEqual(turned.resources.map(({ urn }) => urn).sort(), plan.resources.map(({ urn }) => urn).sort());
  });
});

describe("gateways beside the one called default", () => {
  it("leave its names, and its rules', as they are", async () => {
    const plan = await planned({
      domain: { name: "example.com", gateway: "default", additional: [{ name: "example.org", gateway: "edge" }] },
      gateways: { default: {}, edge: {} },
      apps: { web: { hosts: ["@", { host: "@", domain: "example.org" }], namespace: "shop", port: 80 } },
    });
    assert.deepEqual(plan.ofType(/:(VirtualService|Gateway|Namespace)$/), [
      "Gateway shop-gateway-edge-wildcard",
      "Gateway shop-gateway-wildcard",
      "Namespace shop-istio-ingress",
      "Namespace shop-istio-ingress-edge",
      "Namespace shop-mesh-namespace",
      "Namespace shop-namespaces-shop",
      "VirtualService shop-app-web-ingress",
      "VirtualService shop-app-web-ingress-edge",
      "stage:Gateway shop-gateway",
      "stage:Gateway shop-gateway-edge",
    ]);
  });
});

describe("a namespace that gateways share", () => {
  const domain = { name: "example.com", gateway: "default", additional: [{ name: "example.org", gateway: "edge" }] };
  const shared: Sections = { domain, gateways: { default: {}, edge: { namespace: "istio-ingress" } } };
  const own: Sections = { domain, gateways: { default: {}, edge: {} } };
  const urn = (parents: string, name: string) =>
    `urn:pulumi:dev::eks-istio::eks-istio:stage:Platform$eks-istio:stage:${parents}$kubernetes:core/v1:Namespace::${name}`;
  const [inCommon, ofOne, formerlyOfDefault, formerlyOfEdge] = [
    urn("GatewayNamespaces", "shop-gateway-namespaces-istio-ingress"),
    urn("Gateway", "shop-istio-ingress"),
    urn("Gateway", "shop-gateway-namespace"),
    urn("Gateway", "shop-gateway-edge-namespace.istio-ingress"),
  ];

  it("is made once, before both", async () => {
    const plan = await planned(shared);
    const namespace = "Namespace shop-gateway-namespaces-istio-ingress";
    assert.deepEqual(
      plan.ofType("kubernetes:core/v1:Namespace").filter((each) => each.includes("gateway")),
      [namespace],
    );
    for (const child of [
      "Gateway shop-gateway-wildcard",
      "Gateway shop-gateway-edge-wildcard",
      ...["istio-ingress", "istio-ingress-edge"].flatMap((name) => [
        `Service shop-istio-ingress/${name}`,
        `Release shop-istio-ingress/${name}`,
      ]),
    ])
      assert.ok(plan.direct(child).includes(namespace), child);
  });

  it("has two Gateways with names of their own", async () => {
    const plan = await planned(shared);
    assert.deepEqual(
      ["gateway", "gateway-edge"].map((key) => {
        const { namespace, name } = plan.inputs(`Gateway shop-${key}-wildcard`).metadata as Readonly<
          Record<string, string>
        >;
        return `${namespace}/${name}`;
      }),
      ["istio-ingress/wildcard", "istio-ingress/wildcard-edge"],
    );
  });

  it("moves there from a gateway of its own, and is not replaced", async () => {
    const { at, aliases } = await namespaceOf(shared, "shop-gateway-namespaces-istio-ingress");
    assert.deepEqual([at, aliases], [inCommon, [ofOne, formerlyOfEdge, formerlyOfDefault]]);
  });

  it("moves back when it is a gateway's own again", async () => {
    const { at, aliases } = await namespaceOf(own, "shop-istio-ingress");
    assert.deepEqual([at, aliases], [ofOne, [formerlyOfDefault, inCommon]]);
  });

  it("moves back to whichever gateway stays in it", async () => {
    const stays = { ...shared, gateways: { default: { namespace: "new" }, edge: { namespace: "istio-ingress" } } };
    const { at, aliases } = await namespaceOf(stays, "shop-istio-ingress");
    assert.deepEqual([at, aliases], [ofOne, [formerlyOfEdge, inCommon]]);
  });

  it("never claims the place of a namespace that is in the plan", async () => {
    for (const sections of [shared, own, twoGateways]) {
      const { registrations } = await up(sections);
      const claimed = new Set(registrations.flatMap(({ aliases }) => aliases));
      const plan = await planned(sections);
      assert.ok(claimed.size > 0);
      assert.deepEqual(
        plan.resources.map((resource) => urnOf(resource, plan)).filter((urn) => claimed.has(urn)),
        [],
      );
    }
  });

  it("breaks no rule, but for the Gateway's internal zone", async () => {
    const { resources } = await planned(shared);
    const { findings } = evaluate(new Inventory(fromPlan(resources)), rules, noSettings);
    assert.deepEqual(
      findings.map(({ rule }) => rule).filter((rule) => !rule.startsWith("AWS-ZONE-")),
      [],
    );
  });
});

function up(sections: Sections): Promise<Deployment<Platform>> {
  return deployed(() => new Platform("shop", { settings: settingsOf(stackKeys(sections)) }));
}

/** Where a namespace stands, and where it may have stood before. */
async function namespaceOf(sections: Sections, name: string) {
  const { aliases } = registrationOf(await up(sections), "kubernetes:core/v1:Namespace", name);
  const plan = await planned(sections);
  return { at: urnOf(plan.at(`Namespace ${name}`), plan), aliases };
}

/** A resource's URN as the engine makes it, with the types of all its parents; the test runtime keeps the nearest one only. */
function urnOf({ type, name, parent }: RecordedResource, plan: Graph): string {
  const types = [type];
  for (let urn = parent; urn;) {
    const above = plan.resources.find((each) => each.urn === urn);
    if (above && above.type !== "pulumi:pulumi:Stack") types.unshift(above.type);
    urn = above?.parent;
  }
  return `urn:pulumi:dev::eks-istio::${types.join("$")}::${name}`;
}
