import assert from "node:assert/strict";
import { controlPlane } from "./aws";
import { nameOf, typeOf } from "./journal";
import { Lab, sample, type Config, type Step } from "./lab";

// One stack for all of them: each change begins from the sample stack, or from what the one before it left.
describe("a change of the sample stack", function () {
  this.timeout(180_000);
  let lab: Lab;
  before(async () => {
    lab = await Lab.start();
    const { succeeded, diagnostics } = await lab.up();
    assert.ok(succeeded, diagnostics);
  });
  after(() => lab.close());

  describe("that replaces nothing:", () => {
    it("a new endpoint and authority of the cluster touch nothing in it", async () => {
      lab.cloud.change("aws:eks/cluster:Cluster", "eks-istio-dev", {
        endpoint: controlPlane.endpoint.replace("0A1B2C3D", "4E5F6A7B"),
        certificateAuthority: { data: "TkVXQ0FDRVJU" },
      });
      const refreshed = await lab.refresh();
      assert.ok(refreshed.succeeded, refreshed.diagnostics);
      assert.deepEqual(told(refreshed.steps), ["update Cluster eks-istio-dev-eksCluster"]);
      const { calls, steps } = await changed(lab, {});
      assert.deepEqual(calls, []);
      // The provider that eks.Cluster makes for itself names no cluster; nothing is made with it.
      assert.deepEqual(
        steps.filter((step) => !step.endsWith("eks-istio-dev-eks-k8s")),
        ["update kubernetes eks-istio-dev-kubernetes"],
      );
    });

    it("another version of Istio updates its three releases", async () => {
      const { calls } = await changed(lab, { "eks-istio:mesh": { version: "1.31.2" } });
      assert.deepEqual(calls, [
        "update Release eks-istio-dev-mesh-base",
        "update Release eks-istio-dev-mesh-istiod",
        "update Release eks-istio-dev-istio-ingress/istio-ingress",
      ]);
    });

    it("more nodes update their group", async () => {
      const { calls } = await changed(lab, cluster({ nodeGroups: { default: { minSize: 4 } } }));
      assert.deepEqual(calls, ["update NodeGroup eks-istio-dev-default"]);
    });

    it("another tag updates what has tags in AWS, the launch template and the controller", async () => {
      const { calls } = await changed(lab, { "eks-istio:tags": { team: "shop" } });
      const all = [...lab.cloud.objects()].filter(
        ({ type, name }) => lab.cloud.type(type).taggable === true || name.endsWith("-load-balancer-controller"),
      );
      const updated = all.map(({ type, name }) => `update ${kind(type)} ${name}`);
      assert.deepEqual([...calls].sort(), updated.filter((each) => !each.includes("RolePolicy")).sort());
    });
  });

  describe("of its applications", () => {
    const cart = { host: "cart", namespace: "bookinfo", port: 8080, workload: { image: "cart:1.0" } };
    const resourcesOfCart = (namespace: string) => [
      "Deployment eks-istio-dev-app-cart-v1",
      "HorizontalPodAutoscaler eks-istio-dev-app-cart-v1",
      "PodDisruptionBudget eks-istio-dev-app-cart-v1",
      `Service eks-istio-dev-${namespace}/cart`,
      `ServiceAccount eks-istio-dev-${namespace}/cart`,
      "VirtualService eks-istio-dev-app-cart-ingress",
    ];

    it("creates the resources of one that is added, and touches no other", async () => {
      const { calls } = await changed(lab, apps({ cart }));
      assert.deepEqual(
        [...calls].sort(),
        resourcesOfCart("bookinfo")
          .map((each) => `create ${each}`)
          .sort(),
      );
    });

    it("moves one to a namespace of its own before it leaves the old one", async () => {
      const { calls } = await changed(lab, apps({ cart: { ...cart, namespace: "cart" } }));
      const [moved, left] = [resourcesOfCart("cart"), resourcesOfCart("bookinfo")];
      assert.deepEqual(calls.slice(0, 1), ["create Namespace eks-istio-dev-namespaces-cart"]);
      assert.deepEqual(calls.slice(1, 1 + moved.length).sort(), moved.map((each) => `create ${each}`).sort());
      assert.deepEqual(calls.slice(1 + moved.length).sort(), left.map((each) => `delete ${each}`).sort());
    });

    it("removes one with its namespace, as the last in it, and touches no other", async () => {
      const { calls } = await changed(lab, apps({}));
      assert.deepEqual(
        calls.slice(0, -1).sort(),
        resourcesOfCart("cart")
          .map((each) => `delete ${each}`)
          .sort(),
      );
      assert.equal(calls.at(-1), "delete Namespace eks-istio-dev-namespaces-cart");
    });
  });

  describe("of its gateways", () => {
    const domains = (further: object) => ({
      "eks-istio:domain": { name: "lab.internal", gateway: "default", ...further },
    });
    const both = domains({ additional: [{ name: "lab3.internal", gateway: "internal" }] });
    const ofSecond = (call: string) => /-gateway-internal|istio-ingress-internal|lab3\.internal/.test(call);

    it("creates a second one, and touches nothing of the first", async () => {
      const { calls } = await changed(lab, {
        ...both,
        "eks-istio:gateways": { default: {}, internal: { scheme: "internal" } },
      });
      assert.ok(calls.includes("create Service eks-istio-dev-istio-ingress-internal/istio-ingress-internal"));
      assert.deepEqual(
        calls.filter((call) => !ofSecond(call) || !call.startsWith("create ")),
        [],
      );
    });

    it("keeps the first one's namespace when the second moves in, and all that is in it", async () => {
      const { calls } = await changed(lab, {
        "eks-istio:gateways": { default: {}, internal: { scheme: "internal", namespace: "istio-ingress" } },
      });
      assert.ok(calls.includes("delete Namespace eks-istio-dev-istio-ingress-internal"));
      assert.deepEqual(
        calls.filter((call) => !ofSecond(call)),
        [],
      );
    });

    it("keeps it when the second goes", async () => {
      const { calls } = await changed(lab, { ...domains({}), "eks-istio:gateways": {} });
      assert.ok(calls.includes("delete Service eks-istio-dev-istio-ingress/istio-ingress-internal"));
      assert.deepEqual(
        calls.filter((call) => !ofSecond(call) || !call.startsWith("delete ")),
        [],
      );
    });
  });

  describe("that replaces:", () => {
    const certificate = "eks-istio-dev-domain-lab.internal-certificate";

    it("another name on the certificate: the new one is on the load balancer before the old one goes", async () => {
      const { calls } = await changed(lab, {
        "eks-istio:domain": { name: "lab.internal", certificate: { names: ["*.api.lab.internal"] } },
      });
      assert.deepEqual(calls, [
        `create Certificate ${certificate}`,
        `create Record ${certificate}-api.lab.internal`,
        `create CertificateValidation ${certificate}`,
        "update Service eks-istio-dev-istio-ingress/istio-ingress",
        `delete CertificateValidation ${certificate}`,
        `delete Certificate ${certificate}`,
      ]);
    });

    it("a further domain: a zone and a certificate beside the first, which stay", async () => {
      const { calls } = await changed(lab, {
        "eks-istio:domain": {
          name: "lab.internal",
          certificate: { names: ["*.api.lab.internal"] },
          additional: [{ name: "lab2.internal" }],
        },
      });
      assert.deepEqual(calls.filter((call) => !call.includes("eks-istio-dev-domain-lab2.internal")).sort(), [
        "update Gateway eks-istio-dev-gateway-wildcard",
        "update Service eks-istio-dev-istio-ingress/istio-ingress",
      ]);
      assert.ok(calls.every((call) => !call.startsWith("delete ")));
    });

    // The group's name is made by the provider, so both can stand. EKS drains the old one as it deletes it.
    it("another instance type: the new nodes come before the old ones go, and nothing else is touched", async () => {
      const { calls } = await changed(
        lab,
        cluster({ nodeGroups: { default: { minSize: 4, instanceTypes: ["m6i.xlarge"] } } }),
      );
      assert.deepEqual(calls, ["create NodeGroup eks-istio-dev-default", "delete NodeGroup eks-istio-dev-default"]);
    });

    it("another zone: its subnets first, then new nodes, then the old ones go", async () => {
      const zones = ["a", "b", "c", "d"].map((zone) => `ap-northeast-2${zone}`);
      const { calls } = await changed(lab, { "eks-istio:network": { zones } });
      assert.deepEqual(
        calls.filter((call) => !call.includes("-ap-northeast-2d")),
        [
          "update Cluster eks-istio-dev-eksCluster",
          "create NodeGroup eks-istio-dev-default",
          "update Service eks-istio-dev-istio-ingress/istio-ingress",
          "delete NodeGroup eks-istio-dev-default",
        ],
      );
    });

    it("another scheme: the Service goes first, as its name stays, and the records follow the new load balancer", async () => {
      const { calls } = await changed(lab, { "eks-istio:gateways": { default: { scheme: "internal" } } });
      assert.deepEqual(calls.slice(0, 2), [
        "delete Service eks-istio-dev-istio-ingress/istio-ingress",
        "create Service eks-istio-dev-istio-ingress/istio-ingress",
      ]);
      assert.deepEqual(calls.slice(2).sort(), [
        "update Record eks-istio-dev-domain-lab.internal-apex-a",
        "update Record eks-istio-dev-domain-lab.internal-wildcard-a",
        "update Record eks-istio-dev-domain-lab2.internal-apex-a",
        "update Record eks-istio-dev-domain-lab2.internal-wildcard-a",
      ]);
    });
  });

  // As docs/changes.md has it; the restart between the two is kubectl's.
  describe("of the CNI's permissions,", () => {
    const cni = (cniPermissions: string) => ({
      "eks-istio:cluster": { ...(lab.config["eks-istio:cluster"] as object), cniPermissions },
    });

    it("to both, gives it a role of its own, and touches nothing else", async () => {
      const { calls } = await changed(lab, cni("both"));
      assert.deepEqual(calls, [
        "create Role eks-istio-dev-cni",
        "create RolePolicyAttachment eks-istio-dev-cni-cni",
        "create PodIdentityAssociation eks-istio-dev-cni",
      ]);
    });

    it("to podIdentity from there, takes its policy from the nodes, and touches nothing else", async () => {
      const { calls } = await changed(lab, cni("podIdentity"));
      assert.deepEqual(calls, ["delete RolePolicyAttachment eks-istio-dev-nodes-AmazonEKS_CNI_Policy"]);
    });
  });

  // Mocha runs a test before the describes beside it.
  describe("of all these kinds", () => {
    it("leaves nothing that the engine doesn't know", () => assert.deepEqual(lab.orphans(), []));
  });
});

/** Changes keys of the stack file, and gives what the `up` then did, in order. */
async function changed(
  lab: Lab,
  keys: Config,
): Promise<{ readonly calls: readonly string[]; readonly steps: readonly string[] }> {
  lab.configure({ ...lab.config, ...keys });
  lab.journal.clear();
  const { succeeded, diagnostics, steps } = await lab.up();
  assert.ok(succeeded, diagnostics);
  return {
    calls: lab.journal.changes().map(({ method, type, name }) => `${method} ${kind(type)} ${name}`),
    steps: told(steps),
  };
}

/** `update Cluster eks-istio-dev-eksCluster` */
function told(steps: readonly Step[]): string[] {
  return steps.map(({ operation, urn }) => `${operation} ${kind(typeOf(urn))} ${nameOf(urn)}`);
}

function cluster(change: object): Config {
  return { "eks-istio:cluster": { ...(sample()["eks-istio:cluster"] as object), ...change } };
}

function apps(change: object): Config {
  return { "eks-istio:apps": { ...(sample()["eks-istio:apps"] as object), ...change } };
}

/** `kubernetes:core/v1:Service` is a `Service`. */
function kind(type: string): string {
  return type.split(":").at(-1) ?? "";
}
