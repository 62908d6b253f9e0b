import assert from "node:assert/strict";
import { Platform } from "../../components/platform";
import { settingsOf } from "../stack";
import { loadBalancerHostname } from "./cloud";
import { deployed, registrationOf } from "./deployed";
import { planned, stackKeys, type Graph, type Sections } from "./support";

const service = "Service shop-istio-ingress/istio-ingress";
const prefix = "service.beta.kubernetes.io/aws-load-balancer";

describe("Gateway", () => {
  let plan: Graph;
  before(async () => {
    plan = await planned();
  });

  it("has a namespace, a Service of ours, the chart's pods, and the Gateway of all hosts", () => {
    assert.deepEqual(plan.children("stage:Gateway shop-gateway"), [
      "kubernetes:core/v1:Namespace shop-istio-ingress",
      "kubernetes:core/v1:Service shop-istio-ingress/istio-ingress",
      "kubernetes:helm.sh/v3:Release shop-istio-ingress/istio-ingress",
      "kubernetes:networking.istio.io/v1:Gateway shop-gateway-wildcard",
    ]);
  });

  it("injects its namespace, and holds new pods back until the load balancer finds them healthy", () => {
    assert.deepEqual(plan.inputs("Namespace shop-istio-ingress").metadata, {
      name: "istio-ingress",
      annotations: { "pulumi.com/patchForce": "true" },
      labels: {
        "istio-injection": "enabled",
        "elbv2.k8s.aws/pod-readiness-gate-inject": "enabled",
        "pod-security.kubernetes.io/enforce": "baseline",
        "pod-security.kubernetes.io/enforce-version": "v1.33",
      },
    });
  });

  it("injects its namespace by revision where the mesh has one", async () => {
    const revised = await planned({ mesh: { revision: "1-31" } });
    assert.deepEqual((revised.inputs("Namespace shop-istio-ingress").metadata as { labels: object }).labels, {
      "istio.io/rev": "1-31",
      "elbv2.k8s.aws/pod-readiness-gate-inject": "enabled",
      "pod-security.kubernetes.io/enforce": "baseline",
      "pod-security.kubernetes.io/enforce-version": "v1.33",
    });
  });

  it("deletes its Service before it makes another one, as the two have one name", async () => {
    const deployment = await deployed(() => new Platform("shop", { settings: settingsOf(stackKeys()) }));
    const { deleteBeforeReplace } = registrationOf(
      deployment,
      "kubernetes:core/v1:Service",
      "shop-istio-ingress/istio-ingress",
    );
    assert.equal(deleteBeforeReplace, true);
  });

  it("asks for exactly this load balancer", async () => {
    assert.deepEqual(await annotations(), {
      "pulumi.com/patchForce": "true",
      "pulumi.com/waitFor": "jsonpath={.status.loadBalancer.ingress[0].hostname}",
      [`${prefix}-type`]: "external",
      [`${prefix}-nlb-target-type`]: "ip",
      [`${prefix}-scheme`]: "internet-facing",
      [`${prefix}-ssl-cert`]: "arn:aws:acm:ap-northeast-2:123456789012:certificate/requested",
      [`${prefix}-ssl-ports`]: "443",
      [`${prefix}-subnets`]: ["a", "b", "c"].map((zone) => `shop-network-public-ap-northeast-2${zone}-id`).join(","),
      [`${prefix}-ssl-negotiation-policy`]: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
      [`${prefix}-backend-protocol`]: "tcp",
      [`${prefix}-alpn-policy`]: "HTTP2Preferred",
      [`${prefix}-healthcheck-protocol`]: "http",
      [`${prefix}-healthcheck-port`]: "15021",
      [`${prefix}-healthcheck-path`]: "/healthz/ready",
      [`${prefix}-attributes`]: "deletion_protection.enabled=false,load_balancing.cross_zone.enabled=true",
      [`${prefix}-target-group-attributes`]: "deregistration_delay.timeout_seconds=180,preserve_client_ip.enabled=true",
    });
  });

  it("shows the certificates of all domains to the load balancer, the first domain's first", async () => {
    const all = await annotations({
      domain: {
        name: "example.com",
        certificate: { arn: "arn:aws:acm:ap-northeast-2:123456789012:certificate/first" },
        additional: [
          { name: "example.org", certificate: { arn: "arn:aws:acm:ap-northeast-2:123456789012:certificate/second" } },
        ],
      },
    });
    assert.equal(
      all[`${prefix}-ssl-cert`],
      "arn:aws:acm:ap-northeast-2:123456789012:certificate/first,arn:aws:acm:ap-northeast-2:123456789012:certificate/second",
    );
  });

  it("protects the load balancer from deletion where it is asked to", async () => {
    const all = await annotations({ gateways: { default: { deletionProtection: true } } });
    assert.equal(
      all[`${prefix}-attributes`],
      "deletion_protection.enabled=true,load_balancing.cross_zone.enabled=true",
    );
  });

  it("leaves only certificates and subnets unknown on a first preview", () => {
    const { annotations: planned } = plan.inputs(service).metadata as { annotations: Record<string, string> };
    assert.deepEqual(
      Object.entries(planned)
        .filter(([, value]) => value === "[unknown]")
        .map(([key]) => key),
      [`${prefix}-ssl-cert`, `${prefix}-subnets`],
    );
  });

  it("gives its Service ports 80 and 443 only, to the gateway's pods", () => {
    assert.deepEqual(plan.inputs(service).spec, {
      type: "LoadBalancer",
      allocateLoadBalancerNodePorts: false,
      selector: { app: "istio-ingress", istio: "ingress" },
      ports: [
        { name: "http", port: 80, targetPort: 8081, protocol: "TCP" },
        { name: "https", port: 443, targetPort: 8443, protocol: "TCP" },
      ],
    });
  });

  it("installs the chart in the mesh's version, in the Service's namespace, with time for the load balancer", () => {
    const { values: _, ...inputs } = plan.inputs("Release shop-istio-ingress/istio-ingress");
    assert.deepEqual(inputs, {
      name: "istio-ingress",
      namespace: "istio-ingress",
      chart: "gateway",
      version: "1.31.1",
      repositoryOpts: { repo: "https://blob.istio.io/istio-release/charts" },
      timeout: 900,
      cleanupOnFail: true,
      maxHistory: 5,
      compat: "true",
    });
  });

  it("leaves the Service out of the chart", () => {
    assert.deepEqual((plan.inputs("Release shop-istio-ingress/istio-ingress").values as { service: object }).service, {
      type: "None",
    });
  });

  it("serves the wildcard and the apex of every domain, redirecting http and only http", async () => {
    const two = await planned({ domain: { name: "example.com", additional: [{ name: "example.org" }] } });
    const hosts = ["*.example.com", "example.com", "*.example.org", "example.org"];
    assert.deepEqual(two.inputs("Gateway shop-gateway-wildcard"), {
      apiVersion: "networking.istio.io/v1",
      kind: "Gateway",
      metadata: { name: "wildcard", namespace: "istio-ingress", annotations: { "pulumi.com/patchForce": "true" } },
      spec: {
        selector: { istio: "ingress" },
        servers: [
          { port: { number: 80, name: "http", protocol: "HTTP" }, hosts, tls: { httpsRedirect: true } },
          { port: { number: 443, name: "http-behind-tls", protocol: "HTTP" }, hosts },
        ],
      },
    });
  });

  it("counts its own limit and those of routes, when istiod knows it", async () => {
    const rateLimit = { local: { requests: 10, per: "1s" } };
    const web = { host: "web", namespace: "shop", port: 8080, routes: [{ rateLimit }] };
    const limited = await planned({ gateways: { default: { rateLimit } }, apps: { web } });
    const filter = "EnvoyFilter shop-gateway-rate-limit";
    assert.ok(limited.children("stage:Gateway shop-gateway").some((child) => child.endsWith(filter)));
    assert.deepEqual(limited.inputs(filter).metadata, {
      name: "rate-limit",
      namespace: "istio-ingress",
      annotations: { "pulumi.com/patchForce": "true" },
    });
    assert.deepEqual(
      (limited.inputs(filter).spec as { configPatches: { applyTo: string }[] }).configPatches.map(
        ({ applyTo }) => applyTo,
      ),
      ["HTTP_FILTER", "HTTP_FILTER", "HTTP_ROUTE"],
    );
    assert.deepEqual(limited.direct(filter), limited.direct("Gateway shop-gateway-wildcard"));
  });

  it("hands the load balancer's host name to the records", async () => {
    const deployment = await deployed(() => new Platform("shop", { settings: settingsOf(stackKeys()) }));
    assert.deepEqual(
      registrationOf(deployment, "aws:route53/record:Record", "shop-domain-example.com-wildcard-a").inputs.aliases,
      [{ name: loadBalancerHostname, zoneId: "ZIBE1TIR4HY56", evaluateTargetHealth: true }],
    );
  });
});

/** The annotations of the Service that a stack is deployed with. */
async function annotations(sections?: Sections): Promise<Record<string, string>> {
  const deployment = await deployed(() => new Platform("shop", { settings: settingsOf(stackKeys(sections)) }));
  const { metadata } = registrationOf(deployment, "kubernetes:core/v1:Service", "shop-istio-ingress/istio-ingress")
    .inputs as {
    metadata: { annotations: Record<string, string> };
  };
  return metadata.annotations;
}
