import assert from "node:assert/strict";
import { everything } from "./everything";
import { planned, type Graph } from "./support";

const istiod = "Release shop-mesh-istiod";
const service = "Service shop-istio-ingress/istio-ingress";
const pods = "Release shop-istio-ingress/istio-ingress";
const controller = "Release shop-load-balancer-controller";
const controlPlane = "Cluster shop";
const nodeGroups = ["NodeGroup shop-batch", "NodeGroup shop-default"];
const validations = ["-example.com", "-example.org", "-example.net"].map(
  (domain) => `CertificateValidation shop-domain${domain}-certificate`,
);
const zones = ["ap-northeast-2a", "ap-northeast-2b", "ap-northeast-2c"];

const publicAssociations = zones.map((zone) => `RouteTableAssociation shop-network-public-${zone}`);

describe("the order of things", () => {
  let plan: Graph;
  before(async () => {
    plan = await planned(everything);
  });

  /** Asserts that a resource waits for others, by itself or through what it waits for. */
  function waits(resource: string, ...others: readonly string[]): void {
    const before = plan.before(resource);
    assert.deepEqual(
      others.filter((other) => !before.includes(other)),
      [],
      `${resource} waits for ${before.join(", ")}`,
    );
  }

  describe("of the mesh", () => {
    for (const kind of ["Gateway", "VirtualService", "DestinationRule", "PeerAuthentication"]) {
      it(`makes every ${kind} when istiod serves, whose webhook judges it`, () => {
        const objects = plan.ofType(new RegExp(`[.]istio[.]io/.*:${kind}$`));
        assert.ok(
          objects.length > 0 && objects.every((each) => plan.direct(each).includes(istiod)),
          objects.join(", "),
        );
      });
    }

    it("starts every pod of an application when istiod serves, whose webhook injects it", () => {
      const deployments = plan.ofType("kubernetes:apps/v1:Deployment");
      assert.deepEqual(
        deployments.filter((each) => plan.direct(each).includes(istiod)),
        ["Deployment shop-app-checkout-v1", "Deployment shop-app-checkout-v2", "Deployment shop-app-offers-v1"],
      );
    });

    it("starts istiod when there are CRDs and nodes", () => {
      waits(istiod, "Release shop-mesh-base", "Namespace shop-mesh-namespace", ...nodeGroups);
    });

    it("starts istiod beside the load balancer controller", () => {
      assert.ok(!plan.before(istiod).includes(controller) && !plan.before(controller).includes(istiod));
    });

    it("makes each application's objects in a namespace that is there", () => {
      const inShop = plan.resources.filter(
        ({ type, inputs }) =>
          type.startsWith("kubernetes:") &&
          (inputs.metadata as { namespace?: string } | undefined)?.namespace === "shop",
      );
      assert.deepEqual(
        inShop
          .filter(({ dependencies }) => !dependencies.some((urn) => urn.endsWith("::shop-namespaces-shop")))
          .map(({ name }) => name),
        [],
      );
    });
  });

  describe("of the gateway", () => {
    it("starts the pods after the Service, so that readiness gates hold from the first one on", () => {
      assert.deepEqual(plan.direct(pods), [
        "Addon shop-addons-coredns",
        "Namespace shop-istio-ingress",
        istiod,
        service,
        "kubernetes shop-kubernetes",
      ]);
    });

    it("makes the Service when there is a controller to make its load balancer, subnets with a way in, and a validated certificate", () => {
      assert.deepEqual(
        plan.direct(service),
        [
          ...validations,
          "Namespace shop-istio-ingress",
          controller,
          ...publicAssociations,
          ...zones.map((zone) => `Subnet shop-network-public-${zone}`),
          "kubernetes shop-kubernetes",
        ].sort(),
      );
    });

    it("lets the load balancer grow while istiod starts", () => {
      assert.deepEqual(
        plan.before(service).filter((each) => each.includes("shop-mesh")),
        [],
      );
    });

    it("makes nothing wait for the load balancer but the gateway's pods and the records", () => {
      const domains = ["shop-domain-example.com", "shop-domain-example.net", "shop-domain-example.org"];
      const records = domains.flatMap((domain) =>
        ["apex-a", "apex-aaaa", "wildcard-a", "wildcard-aaaa"].map((key) => `Record ${domain}-${key}`),
      );
      assert.deepEqual(plan.after(service), [pods, ...records].sort());
    });

    it("makes nothing wait for the gateway's pods", () => {
      assert.deepEqual(plan.after(pods), []);
    });
  });

  describe("of the controller", () => {
    it("starts it when there are nodes, names and credentials", () => {
      waits(
        controller,
        ...nodeGroups,
        "Addon shop-addons-coredns",
        "Addon shop-addons-eks-pod-identity-agent",
        "PodIdentityAssociation shop-load-balancer-controller",
      );
    });

    it("associates its role when that has its policy and there is a cluster", () => {
      waits(
        "PodIdentityAssociation shop-load-balancer-controller",
        "RolePolicy shop-load-balancer-controller",
        controlPlane,
      );
    });
  });

  describe("of the cluster", () => {
    it("makes nodes when they can join, pull images and reach the internet", () => {
      const policies = ["AmazonEC2ContainerRegistryPullOnly", "AmazonEKSWorkerNodePolicy", "AmazonEKS_CNI_Policy"].map(
        (policy) => `RolePolicyAttachment shop-nodes-${policy}`,
      );
      const waysOut = zones.flatMap((zone) => [
        `Route shop-network-private-${zone}-nat`,
        `RouteTableAssociation shop-network-private-${zone}`,
      ]);
      for (const group of nodeGroups) waits(group, controlPlane, ...policies, ...waysOut);
    });

    it("makes the control plane beside the NAT gateways: it needs the private subnets, a key and its log group", () => {
      assert.deepEqual(
        plan.before(controlPlane),
        [
          "Key shop-secrets",
          "LogGroup shop-logs",
          ...zones.map((zone) => `Subnet shop-network-private-${zone}`),
          "Vpc shop-network-vpc",
          "aws shop-aws",
        ].sort(),
      );
    });

    it("makes add-ons that run pods when every node group is there", () => {
      const addons = plan.ofType("aws:eks/addon:Addon").filter((each) => !each.endsWith("coredns"));
      assert.equal(addons.length, 3);
      for (const addon of addons) waits(addon, ...nodeGroups);
    });

    const tainted = { taints: [{ key: "dedicated", effect: "NO_SCHEDULE" }] };
    const groups: readonly (readonly [string, object, readonly string[]])[] = [
      ["the first of two", { a: {}, b: {} }, ["a"]],
      ["the one without taints", { a: tainted, b: {} }, ["b"]],
      [
        "one that pods would only rather avoid",
        { a: { taints: [{ key: "k", effect: "PREFER_NO_SCHEDULE" }] }, b: {} },
        ["a"],
      ],
      ["one that has nodes", { a: { minSize: 0 }, b: { minSize: 0, desiredSize: 1 } }, ["b"]],
      ["all, where none must have a node", { a: tainted, b: { minSize: 0 } }, ["a", "b"]],
    ];
    for (const [which, nodeGroups, expected] of groups)
      it(`makes CoreDNS when there is the group that its pods start on: ${which}`, async () => {
        const some = await planned({ cluster: { nodeGroups } });
        assert.deepEqual(
          some.direct("Addon shop-addons-coredns").filter((each) => each.startsWith("NodeGroup")),
          expected.map((group) => `NodeGroup shop-${group}`),
        );
      });

    it("makes nothing in Kubernetes before the control plane answers", () => {
      for (const each of plan.ofType(/^kubernetes:/)) waits(each, controlPlane);
    });

    it("makes an application's namespace when there is what must outlive it: volumes and load balancers of others in it", () => {
      for (const namespace of ["shop", "offers"])
        waits(`Namespace shop-namespaces-${namespace}`, "Addon shop-addons-aws-ebs-csi-driver", controller);
    });

    it("makes no other namespace wait for them, as istiod's and the gateway's pods would", () => {
      for (const namespace of ["Namespace shop-mesh-namespace", "Namespace shop-istio-ingress"])
        assert.deepEqual(
          plan.before(namespace).filter((each) => each === controller || each.startsWith("Addon ")),
          [],
        );
    });

    it("asks the API for nothing before its private endpoint lets in who asks, and until all of it has gone", async () => {
      const ranges = ["10.20.0.0/16", "10.30.0.0/16"];
      const closed = await planned({ cluster: { privateAccessCidrs: ranges } });
      const rules = ranges.map((range) => `SecurityGroupIngressRule shop-api-${range}`);
      assert.deepEqual(
        closed.direct("kubernetes shop-kubernetes").filter((each) => each.includes("-api-")),
        rules,
      );
      const asked = closed.ofType(/^kubernetes:/);
      assert.ok(asked.length > 0);
      for (const each of asked) {
        const before = closed.before(each);
        assert.ok(
          rules.every((rule) => before.includes(rule)),
          each,
        );
      }
    });

    it("makes no namespace before there are nodes, without which its pods could not end", () => {
      for (const namespace of plan.ofType("kubernetes:core/v1:Namespace")) waits(namespace, ...nodeGroups);
    });
  });

  describe("of the certificates", () => {
    it("validates them beside network and cluster", () => {
      assert.deepEqual(plan.before("CertificateValidation shop-domain-example.com-certificate"), [
        "Certificate shop-domain-example.com-certificate",
        "Record shop-domain-example.com-certificate-api.example.com",
        "Record shop-domain-example.com-certificate-example.com",
        "Zone shop-domain-example.com-zone",
        "aws shop-aws",
      ]);
    });

    it("validates each when its own records are there", () => {
      waits(
        "CertificateValidation shop-domain-example.org-certificate",
        "Record shop-domain-example.org-certificate-example.org",
      );
    });
  });

  describe("of a destroy, which is the reverse", () => {
    it("removes the load balancer before the controller that must delete it, and before all that the controller needs", () => {
      waits(
        service,
        controller,
        "PodIdentityAssociation shop-load-balancer-controller",
        "RolePolicy shop-load-balancer-controller",
        "Addon shop-addons-eks-pod-identity-agent",
        "Addon shop-addons-coredns",
        ...nodeGroups,
        controlPlane,
      );
    });

    it("removes the load balancer before the network that it stands in", () => {
      const publicNetwork = zones.flatMap((zone) => [
        `Subnet shop-network-public-${zone}`,
        `RouteTableAssociation shop-network-public-${zone}`,
      ]);
      waits(
        service,
        ...publicNetwork,
        "Route shop-network-public-internet",
        "InternetGateway shop-network-internet-gateway",
        "Vpc shop-network-vpc",
      );
    });

    it("removes the load balancer before every public subnet, also where one NAT gateway stands in one of them only", async () => {
      const single = await planned();
      const before = single.before(service);
      assert.deepEqual(
        publicAssociations.filter((association) => !before.includes(association)),
        [],
      );
    });

    it("removes the load balancer before the certificate that it uses", () => {
      waits(service, "Certificate shop-domain-example.com-certificate");
    });

    it("removes the records before the load balancer and before their zone", () => {
      waits("Record shop-domain-example.com-wildcard-a", service, "Zone shop-domain-example.com-zone");
    });

    it("removes nodes before their ways out, their role's policies and the control plane's log group", () => {
      for (const group of nodeGroups)
        waits(
          group,
          "NatGateway shop-network-nat-ap-northeast-2a",
          "RolePolicyAttachment shop-nodes-AmazonEKS_CNI_Policy",
          "LogGroup shop-logs",
        );
    });

    it("removes gateway and sidecars before istiod", () => {
      waits(pods, istiod);
      waits("Deployment shop-app-checkout-v1", istiod);
    });
  });

  it("has no cycle: whatever waits is registered after what it waits for", () => {
    const urns = plan.resources.map(({ urn }) => urn);
    const early = plan.resources.filter(({ dependencies }, index) =>
      dependencies.some((urn) => urns.indexOf(urn) >= index || !urns.includes(urn)),
    );
    assert.deepEqual(
      early.map(({ name }) => name),
      [],
    );
  });
});
