import assert from "node:assert/strict";
import { gatewayService } from "../../../components/manifests/kubernetes/gateway-service";
import { istioGateway } from "../../../components/manifests/charts/istio-gateway";
import { gatewayOf, settingsOf } from "../../stack";

const arn = "arn:aws:acm:ap-northeast-2:123456789012:certificate/one";
const prefix = "service.beta.kubernetes.io/aws-load-balancer";

interface Service {
  readonly metadata: {
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations: Readonly<Record<string, string>>;
  };
  readonly spec: {
    readonly selector: Readonly<Record<string, string>>;
    readonly ports: readonly { readonly port: number; readonly targetPort: number }[];
    readonly loadBalancerSourceRanges?: readonly string[];
  };
}

/** The Service of a gateway. */
function serviceOf(gateway: Readonly<Record<string, unknown>> = {}, certificates = arn): Service {
  return gatewayService(gatewayOf(gateway), {
    certificateArns: certificates,
    subnetIds: "subnet-1,subnet-2",
  }) as unknown as Service;
}

/** One annotation of the load balancer controller's. */
function annotation(name: string, gateway?: Readonly<Record<string, unknown>>): string | undefined {
  return serviceOf(gateway).metadata.annotations[`${prefix}-${name}`];
}

describe("the gateway's Service", () => {
  it("is a load balancer that ends TLS on 443 only, reaches pods in plain HTTP, and asks Envoy for its health", () => {
    assert.deepEqual(serviceOf(), {
      apiVersion: "v1",
      kind: "Service",
      metadata: {
        name: "istio-ingress",
        namespace: "istio-ingress",
        labels: { app: "istio-ingress", istio: "ingress" },
        annotations: {
          "pulumi.com/patchForce": "true",
          "pulumi.com/waitFor": "jsonpath={.status.loadBalancer.ingress[0].hostname}",
          [`${prefix}-type`]: "external",
          [`${prefix}-nlb-target-type`]: "ip",
          [`${prefix}-scheme`]: "internet-facing",
          [`${prefix}-subnets`]: "subnet-1,subnet-2",
          [`${prefix}-ssl-cert`]: arn,
          [`${prefix}-ssl-ports`]: "443",
          [`${prefix}-ssl-negotiation-policy`]: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
          [`${prefix}-backend-protocol`]: "tcp",
          [`${prefix}-alpn-policy`]: "HTTP2Preferred",
          [`${prefix}-healthcheck-protocol`]: "http",
          [`${prefix}-healthcheck-port`]: "15021",
          [`${prefix}-healthcheck-path`]: "/healthz/ready",
          [`${prefix}-attributes`]: "deletion_protection.enabled=false,load_balancing.cross_zone.enabled=true",
          [`${prefix}-target-group-attributes`]:
            "deregistration_delay.timeout_seconds=180,preserve_client_ip.enabled=true",
        },
      },
      spec: {
        type: "LoadBalancer",
        allocateLoadBalancerNodePorts: false,
        selector: { app: "istio-ingress", istio: "ingress" },
        ports: [
          { name: "http", port: 80, targetPort: 8081, protocol: "TCP" },
          { name: "https", port: 443, targetPort: 8443, protocol: "TCP" },
        ],
      },
    });
  });

  it("has no health port: the controller would make a public listener of it", () => {
    assert.deepEqual(
      serviceOf().spec.ports.map(({ port }) => port),
      [80, 443],
    );
  });

  it("has only text in its annotations, as Kubernetes takes nothing else", () => {
    for (const [key, value] of Object.entries(serviceOf({ deletionProtection: true }).metadata.annotations))
      assert.equal(typeof value, "string", key);
  });

  it("selects pods by the labels that Istio's chart derives from the release's name", () => {
    assert.deepEqual(serviceOf({ name: "istio-edge" }).spec.selector, { app: "istio-edge", istio: "edge" });
    assert.deepEqual(serviceOf({ name: "front-istio-door" }).spec.selector, {
      app: "front-istio-door",
      istio: "front-istio-door",
    });
  });

  it("has all certificates on its listener, the default one first", () => {
    assert.equal(serviceOf({}, `${arn},${arn}-2`).metadata.annotations[`${prefix}-ssl-cert`], `${arn},${arn}-2`);
  });

  it("deregisters a target for as long as its pod drains, and the pod outlives that", () => {
    const { mesh } = settingsOf();
    assert.equal(
      annotation("target-group-attributes", { drain: "1m30s" }),
      "deregistration_delay.timeout_seconds=90,preserve_client_ip.enabled=true",
    );
    const { values } = istioGateway(gatewayOf({ drain: "1m30s" }), mesh);
    assert.deepEqual(values.podAnnotations, {
      "proxy.istio.io/config": '{"drainDuration":"1m30s","terminationDrainDuration":"1m30s"}',
    });
    assert.equal(values.terminationGracePeriodSeconds, 120);
  });

  it("takes scheme, TLS policy, protection, zones and client addresses from the settings", () => {
    assert.equal(annotation("scheme", { scheme: "internal" }), "internal");
    assert.equal(
      annotation("ssl-negotiation-policy", { tlsPolicy: "ELBSecurityPolicy-TLS13-1-3-2021-06" }),
      "ELBSecurityPolicy-TLS13-1-3-2021-06",
    );
    assert.equal(
      annotation("attributes", { deletionProtection: true, crossZone: false }),
      "deletion_protection.enabled=true,load_balancing.cross_zone.enabled=false",
    );
    assert.equal(
      annotation("target-group-attributes", { preserveClientIp: false }),
      "deregistration_delay.timeout_seconds=180,preserve_client_ip.enabled=false",
    );
  });

  it("names an address type for dual stack only", () => {
    assert.equal(annotation("ip-address-type"), undefined);
    assert.equal(annotation("ip-address-type", { ipAddressType: "dualstack" }), "dualstack");
  });

  it("limits who may connect, if the stack file does", () => {
    assert.equal("loadBalancerSourceRanges" in serviceOf().spec, false);
    assert.deepEqual(serviceOf({ sourceRanges: ["203.0.113.0/24"] }).spec.loadBalancerSourceRanges, ["203.0.113.0/24"]);
  });
});
