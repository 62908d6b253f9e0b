import assert from "node:assert/strict";
import { record } from "../../../cli/plan/record";
import { Platform } from "../../../components/platform";
import { loadSettings } from "../../../components/settings/load";
import { made, madeGraph, type Graph } from "./graph";
import { nameOf, typeOf } from "./journal";
import { Lab, type Outcome } from "./lab";
import { packages } from "./packages";
import { stackConfig } from "../../stack";

/** What `eks.Cluster` makes inside itself, and its package's provider: the offline plan knows nothing of them. */
const insideCluster = [
  `pulumi:providers:eks default_${packages.eks.replaceAll(".", "_")}`,
  "aws:eks/accessEntry:AccessEntry eks-istio-dev-platform",
  "aws:eks/accessPolicyAssociation:AccessPolicyAssociation eks-istio-dev-platform-AmazonEKSClusterAdminPolicy",
  "aws:eks/addon:Addon eks-istio-dev-kube-proxy",
  "aws:eks/addon:Addon eks-istio-dev-vpc-cni",
  "aws:eks/cluster:Cluster eks-istio-dev-eksCluster",
  "aws:iam/role:Role eks-istio-dev-eksRole-role",
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment eks-istio-dev-eksRole-4b490823",
  "eks:index:ServiceRole eks-istio-dev-eksRole",
  "eks:index:VpcCniAddon eks-istio-dev-vpc-cni",
  "pulumi:providers:kubernetes eks-istio-dev-eks-k8s",
];

// One stack for all of it: a describe begins from what the one before it left.
describe("the sample stack on the real engine", () => {
  let lab: Lab;
  before(async () => {
    lab = await Lab.start();
  });
  after(() => lab.close());

  describe("in a first preview, with no cluster", () => {
    let outcome: Outcome;
    before(async () => {
      outcome = await lab.preview();
    });

    it("succeeds without a warning", () =>
      assert.deepEqual([outcome.succeeded, outcome.diagnostics.trim()], [true, ""]));

    it("creates what the offline plan shows, and what eks.Cluster makes inside itself", async () => {
      const recorded = await record(stackConfig(lab.config), () => {
        const settings = loadSettings();
        return new Platform(settings.cluster.name, { settings });
      });
      const planned = recorded
        .map(({ type, name }) => `${type} ${name}`)
        .filter((each) => !each.startsWith("pulumi:pulumi:Stack"));
      const previewed = outcome.steps
        .map(({ operation, urn }) => `${operation} ${typeOf(urn)} ${nameOf(urn)}`)
        .filter((each) => !each.includes("pulumi:pulumi:Stack"));
      assert.deepEqual(previewed.sort(), [...planned, ...insideCluster].map((each) => `create ${each}`).sort());
    });

    it("creates nothing", () => assert.deepEqual([lab.journal.changes(), lab.cloud.objects()], [[], []]));
  });

  describe("in an up", () => {
    let outcome: Outcome;
    before(async () => {
      outcome = await lab.up();
    });

    it("succeeds", () => assert.ok(outcome.succeeded, outcome.diagnostics));

    it("has eks.Cluster made by its own package, once", () =>
      assert.deepEqual(
        lab.journal.calls("construct").map(({ type, name }) => `${type} ${name}`),
        ["eks:index:Cluster eks-istio-dev"],
      ));

    it("creates each resource once, and nothing that the engine doesn't know", () => {
      const created = lab.journal.changes().map(({ method, urn }) => `${method} ${urn}`);
      const state = lab.state().filter(made);
      assert.deepEqual(created.sort(), state.map(({ urn }) => `create ${urn}`).sort());
      assert.deepEqual(lab.orphans(), []);
    });

    it("is followed by a preview without a change", async () => {
      const { succeeded, steps, diagnostics } = await lab.preview();
      assert.deepEqual([succeeded, steps], [true, []], diagnostics);
    });

    it("is followed by a refresh without a change", async () => {
      const { succeeded, steps, diagnostics } = await lab.refresh();
      assert.deepEqual([succeeded, steps], [true, []], diagnostics);
    });

    it("is followed by an up without a change", async () => {
      lab.journal.clear();
      const { succeeded, steps, diagnostics } = await lab.up();
      assert.deepEqual([succeeded, steps, lab.journal.changes()], [true, [], []], diagnostics);
    });
  });

  describe("in a destroy", () => {
    let graph: Graph;
    before(async () => {
      assert.ok((await lab.up()).succeeded);
      graph = madeGraph(lab.state());
      lab.journal.clear();
      const { succeeded, diagnostics } = await lab.destroy();
      assert.ok(succeeded, diagnostics);
    });

    const istiod = "mesh-istiod";
    const service = /Service .*-istio-ingress\/istio-ingress$/;
    const pods = /Release .*-istio-ingress\/istio-ingress$/;
    const gatewayNamespace = /Namespace eks-istio-dev-istio-ingress$/;
    const controller = /Release eks-istio-dev-load-balancer-controller$/;
    const nodes = /nodeGroup:NodeGroup/;
    const cluster = /aws:eks\/cluster:Cluster/;
    const privateSubnet = /Subnet .*-private-/;
    const publicSubnet = /Subnet .*-public-/;
    const vpc = /ec2\/vpc:Vpc/;
    for (const [first, then] of [
      [/Deployment .*-app-/, istiod],
      [/istio\.io.* .*-app-/, istiod],
      [/VirtualService .*-ingress$/, "gateway-wildcard"],
      ["gateway-wildcard", istiod],
      ["mesh-mtls", istiod],
      [/VirtualService .*-reviews-mesh$/, "DestinationRule"],
      [/istio\.io/, "mesh-base"],
      [pods, service],
      [pods, istiod],
      [pods, "addons-coredns"],
      [pods, gatewayNamespace],
      [/Deployment .*-app-/, "addons-coredns"],
      [/ .*-(app-(details|productpage|ratings|reviews)-|bookinfo\/)/, "namespaces-bookinfo"],
      [/ .*-app-membership-/, "namespaces-membership"],
      [/Namespace .*-namespaces-/, controller],
      [/Namespace .*-namespaces-/, "addons-aws-ebs-csi-driver"],
      [/Record .*-(wildcard|apex)-a$/, service],
      [service, controller],
      [service, publicSubnet],
      [service, /RouteTableAssociation .*-public-/],
      [service, /acm\/certificate:Certificate/],
      [controller, /PodIdentityAssociation eks-istio-dev-load-balancer-controller$/],
      [controller, "addons-coredns"],
      [service, gatewayNamespace],
      [service, /Route .*-public-internet$/],
      [istiod, "mesh-base"],
      [istiod, "mesh-namespace"],
      ["mesh-base", "mesh-namespace"],
      [controller, nodes],
      ["mesh-base", nodes],
      [/Namespace/, nodes],
      ["addons-coredns", nodes],
      [istiod, nodes],
      [pods, nodes],
      [controller, "addons-eks-pod-identity-agent"],
      [nodes, cluster],
      [nodes, /RolePolicyAttachment eks-istio-dev-nodes-/],
      [nodes, /Route .*-nat$/],
      [/Route .*-nat$/, "NatGateway"],
      [cluster, privateSubnet],
      [cluster, /kms/],
      [cluster, /LogGroup eks-istio-dev-logs/],
      ["NatGateway", /RouteTableAssociation .*-public-ap-northeast-2a$/],
      ["Eip", "InternetGateway"],
      [/CertificateValidation/, /acm\/certificate:Certificate /],
      [privateSubnet, vpc],
      [publicSubnet, vpc],
    ] as const) {
      it(`removes ${String(first)} before ${String(then)}`, () => {
        const [before, after] = [deletes(first), deletes(then)];
        assert.ok(before.length > 0 && after.length > 0, `${before.length} and ${after.length} deletes`);
        // An engine deletes in layers, so an order may be there by chance: it must be asked for too.
        const asked = before.every(({ urn }) => after.every((each) => graph.get(urn)?.has(each.urn)));
        assert.ok(asked, "nothing asks for this order");
        assert.ok(
          Math.max(...before.map(({ ended = Infinity }) => ended)) <= Math.min(...after.map(({ began }) => began)),
        );
      });
    }

    // ADR 5 says why.
    for (const [one, other] of [
      [/istio\.io/, pods],
      [/Deployment .*-app-/, "gateway-wildcard"],
      [service, istiod],
      [controller, "mesh-base"],
    ] as const) {
      it(`removes ${String(one)} and ${String(other)} in no order`, () => {
        const [ones, others] = [deletes(one), deletes(other)];
        assert.ok(ones.length > 0 && others.length > 0, `${ones.length} and ${others.length} deletes`);
        const ordered = ones.flatMap((each) =>
          others.filter(({ urn }) => graph.get(urn)?.has(each.urn) || graph.get(each.urn)?.has(urn)),
        );
        assert.deepEqual(ordered, []);
      });
    }

    function deletes(which: string | RegExp) {
      return lab.journal.calls("delete").filter(({ type, name }) => `${type} ${name}`.search(which) >= 0);
    }

    it("leaves nothing", () => assert.deepEqual([lab.cloud.objects(), lab.state()], [[], []]));
  });
});
