import assert from "node:assert/strict";
import { Platform } from "../../components/platform";
import { settingsOf } from "../stack";
import { deployed, registrationOf, type Deployment } from "./deployed";
import { stackKeys } from "./support";

const release = "kubernetes:helm.sh/v3:Release";
const workload = { image: "registry.example.com/checkout:1.4.2" };
const checkout = { host: "checkout", namespace: "shop", port: 8080, versions: { v1: {} }, workload };

/** Where a library user reaches each child, and a mark that shows there. */
describe("a platform's transform", () => {
  let deployment: Deployment<Platform>;

  before(async () => {
    const mark = { metadata: { name: "changed" } };
    deployment = await deployed(
      () =>
        new Platform("shop", {
          settings: settingsOf(stackKeys({ apps: { checkout } })),
          transform: {
            network: { vpc: { instanceTenancy: "dedicated" } },
            cluster: { cluster: { version: "changed" } },
            hostedZone: { zone: { comment: "changed" } },
            certificate: { certificate: { keyAlgorithm: "EC_prime256v1" } },
            loadBalancerController: { release: { timeout: 1 } },
            mesh: { base: { timeout: 2 }, istiod: { timeout: 3 } },
            gateway: { service: mark, pods: { timeout: 4 }, gateway: mark },
            app: {
              meshObjects: { VirtualService: mark, DestinationRule: mark },
              serviceAccount: mark,
              service: mark,
              deployment: mark,
              autoscaler: mark,
              disruptionBudget: mark,
            },
          },
        }),
    );
  });

  for (const [type, name, key, value] of [
    ["aws:ec2/vpc:Vpc", "shop-network-vpc", "instanceTenancy", "dedicated"],
    ["eks:index:Cluster", "shop", "version", "changed"],
    ["aws:route53/zone:Zone", "shop-domain-example.com-zone", "comment", "changed"],
    ["aws:acm/certificate:Certificate", "shop-domain-example.com-certificate", "keyAlgorithm", "EC_prime256v1"],
    [release, "shop-load-balancer-controller", "timeout", 1],
    [release, "shop-mesh-base", "timeout", 2],
    [release, "shop-mesh-istiod", "timeout", 3],
    [release, "shop-istio-ingress/istio-ingress", "timeout", 4],
  ] as const) {
    it(`reaches ${name}, a ${type}`, () => {
      assert.equal(registrationOf(deployment, type, name).inputs[key], value);
    });
  }

  for (const [type, name] of [
    ["kubernetes:core/v1:Service", "shop-istio-ingress/istio-ingress"],
    ["kubernetes:networking.istio.io/v1:Gateway", "shop-gateway-wildcard"],
    ["kubernetes:networking.istio.io/v1:VirtualService", "shop-app-checkout-ingress"],
    ["kubernetes:networking.istio.io/v1:DestinationRule", "shop-app-checkout-destination-rule"],
    ["kubernetes:core/v1:ServiceAccount", "shop-shop/checkout"],
    ["kubernetes:core/v1:Service", "shop-shop/checkout"],
    ["kubernetes:apps/v1:Deployment", "shop-app-checkout-v1"],
    ["kubernetes:autoscaling/v2:HorizontalPodAutoscaler", "shop-app-checkout-v1"],
    ["kubernetes:policy/v1:PodDisruptionBudget", "shop-app-checkout-v1"],
  ] as const) {
    it(`reaches ${name}, a ${type}`, () => {
      assert.deepEqual(registrationOf(deployment, type, name).inputs.metadata, { name: "changed" });
    });
  }
});
