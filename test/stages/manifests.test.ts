import assert from "node:assert/strict";
import type { RecordedResource } from "../../cli/plan/record";
import { platformObjects } from "../../components/manifests/platform-objects";
import { appsInMesh } from "../../components/manifests/apps-in-mesh";
import { identityOf, type KubernetesObject } from "../../components/settings/manifests/object";
import { judge } from "../../policies/judge";
import { fromPlan } from "../../policies/sources/plan";
import { settingsOf } from "../stack";
import { deployed, registrationOf } from "./deployed";
import { everything } from "./everything";
import { planned, stackKeys, type Graph, type Sections } from "./support";
import { twoGateways } from "./two-gateways";
import { loadSettings } from "../../components/settings/load";
import { Platform } from "../../components/platform";

const shop = { checkout: { namespace: "shop", port: 8080, host: "checkout", workload: { image: "a:1" } } };
const sections = { apps: shop, manifests: ["test/stages/own-manifests/all.yaml"] };

describe("manifests of one's own", () => {
  let plan: Graph;
  before(async () => {
    plan = await planned(sections);
  });

  it("are resources of their own, called by kind, namespace and name", () => {
    assert.deepEqual(plan.children("stage:Manifests shop-manifests"), [
      "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition shop-manifests-CustomResourceDefinition/backups.example.org",
      "kubernetes:apps/v1:Deployment shop-manifests-Deployment/vault/vault",
      "kubernetes:core/v1:ConfigMap shop-manifests-ConfigMap/default/plain",
      "kubernetes:core/v1:ConfigMap shop-manifests-ConfigMap/shop/settings",
      "kubernetes:core/v1:Namespace shop-manifests-Namespace/vault",
      "kubernetes:core/v1:Secret shop-manifests-Secret/vault/keys",
      "kubernetes:example.org/v1:Backup shop-manifests-Backup/vault/nightly",
      "kubernetes:networking.istio.io/v1:ServiceEntry shop-manifests-ServiceEntry/istio-ingress/rates",
      "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole shop-manifests-ClusterRole/viewer",
    ]);
  });

  it("are applied as they are written", () => {
    assert.deepEqual(plan.inputs("Backup shop-manifests-Backup/vault/nightly"), {
      apiVersion: "example.org/v1",
      kind: "Backup",
      metadata: { name: "nightly", namespace: "vault" },
      spec: { at: "03:00" },
    });
  });

  it("keep a field with a typo in its name, for policies and the API server to refuse", () => {
    assert.deepEqual(plan.inputs("Deployment shop-manifests-Deployment/vault/vault"), {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name: "vault", namespace: "vault" },
      spec: { replicas: 1 },
      sepc: { replicas: 2 },
    });
  });

  it("keep what a Secret holds secret, under a misspelt key as well", () => {
    const { data, stringData, stringdata } = plan.inputs("Secret shop-manifests-Secret/vault/keys");
    assert.deepEqual([data, stringData, stringdata], ["[secret]", "[secret]", "[secret]"]);
  });

  it("wait for istiod, the controller, names and volumes, and for their namespace among them", () => {
    assert.deepEqual(plan.direct("Deployment shop-manifests-Deployment/vault/vault"), [
      "Addon shop-addons-aws-ebs-csi-driver",
      "Addon shop-addons-coredns",
      "Namespace shop-manifests-Namespace/vault",
      "Release shop-load-balancer-controller",
      "Release shop-mesh-istiod",
      "kubernetes shop-kubernetes",
    ]);
  });

  for (const [resource, need] of [
    [
      "Backup shop-manifests-Backup/vault/nightly",
      "CustomResourceDefinition shop-manifests-CustomResourceDefinition/backups.example.org",
    ],
    ["Backup shop-manifests-Backup/vault/nightly", "Namespace shop-manifests-Namespace/vault"],
    ["ConfigMap shop-manifests-ConfigMap/shop/settings", "Namespace shop-namespaces-shop"],
    ["ServiceEntry shop-manifests-ServiceEntry/istio-ingress/rates", "Namespace shop-istio-ingress"],
  ] as const)
    it(`wait for what they need: ${resource} for ${need}`, () => {
      assert.ok(plan.direct(resource).includes(need), plan.direct(resource).join(", "));
    });

  it("have nothing of the platform wait for them", () => {
    assert.deepEqual(
      plan.after("Namespace shop-manifests-Namespace/vault").filter((each) => !each.includes("shop-manifests-")),
      [],
    );
  });

  it("have the platform make a namespace that the stack file names for them, in the mesh", async () => {
    const own = await planned({ namespaces: { jobs: {} }, manifests: ["examples/manifests"] });
    const { labels } = own.inputs("Namespace shop-namespaces-jobs").metadata as { labels: Record<string, string> };
    assert.equal(labels["istio-injection"], "enabled");
    assert.ok(
      own
        .direct("ServiceEntry shop-manifests-ServiceEntry/jobs/exchange-rates")
        .includes("Namespace shop-namespaces-jobs"),
    );
  });

  it("change nothing else", async () => {
    const without = await planned({ apps: shop });
    const others = (graph: Graph) => graph.resources.filter(({ urn }) => !urn.includes("stage:Manifests"));
    assert.deepEqual(others(plan), others(without));
  });

  it("are judged by policies with all the rest", () => {
    const { findings } = judge(fromPlan(plan.resources), { stack: "dev" });
    assert.deepEqual(
      findings.filter(({ rule }) => rule === "K8S-SCHEMA").map(({ resource, message }) => `${resource}: ${message}`),
      [
        "Secret vault/keys: stringdata is no field: it is refused, or dropped silently.",
        "Deployment vault/vault: sepc is no field: it is refused, or dropped silently.",
      ],
    );
  });

  it("are marked as secrets where the engine is told of them", async () => {
    const deployment = await deployed(
      () => {
        const settings = loadSettings();
        return new Platform(settings.cluster.name, { settings });
      },
      { sections },
    );
    const { inputs } = registrationOf(deployment, "kubernetes:core/v1:Secret", "shop-manifests-Secret/vault/keys");
    assert.deepEqual(inputs.data, {
      "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
      value: { token: "aGlkZGVu" },
    });
  });
});

/** A mesh that is closed by default, and what lets callers in and out. */
const closed: Sections = {
  mesh: {
    access: { default: "deny" },
    providers: { opa: { envoyExtAuthzGrpc: { service: "opa.shop.svc.cluster.local", port: 9191 } } },
  },
  external: { partner: { hosts: ["example.net", "*.example.net"], port: 80, protocol: "http", tls: "originate" } },
  apps: {
    web: { host: "www", namespace: "shop", port: 8080, access: [{ from: [{ gateway: "default" }] }], calls: ["stock"] },
    stock: {
      namespace: "shop",
      port: 8080,
      jwt: [{ issuer: "https://id.example.net" }],
      access: [
        { from: [{ app: "web" }] },
        { action: "DENY", paths: ["/admin"] },
        { action: "CUSTOM", provider: "opa", paths: ["/pay"] },
        { action: "AUDIT", methods: ["DELETE"] },
      ],
      calls: [{ external: "partner" }],
    },
  },
};

const rateLimit = { local: { requests: 10, per: "1s" } };

/** A gateway, an application and a route, each with a limit. */
const limited: Sections = {
  gateways: { default: { rateLimit } },
  apps: { web: { host: "www", namespace: "shop", port: 8080, rateLimit, routes: [{ rateLimit }] } },
};

describe("what the platform makes in Kubernetes", () => {
  for (const [what, stack] of Object.entries({ everything, twoGateways, closed, limited, shop: { apps: shop } }))
    it(`is known by identity before it is made: ${what}`, async () => {
      const { resources } = await planned(stack);
      const settings = settingsOf(stackKeys(stack));
      const known = platformObjects(settings, appsInMesh(settings)).map(({ identity }) => identity);
      assert.deepEqual([...new Set(known)].sort(), identities(resources));
    });

  it("is refused among manifests, each with the key that makes it", async () => {
    await assert.rejects(
      planned({ apps: shop, manifests: ["test/stages/own-manifests/made-too.yaml"] }),
      (error: Error) => {
        assert.deepEqual(
          [...error.message.matchAll(/rule {3}has, at test\/stages\/own-manifests\/made-too.yaml:(.*)/g)].map(
            ([, rule]) => rule,
          ),
          [
            "2, StorageClass gp3, which the platform makes of eks-istio:cluster",
            "4, Namespace istio-system, which the platform makes of eks-istio:mesh",
            "6, PeerAuthentication istio-system/default, which the platform makes of eks-istio:mesh.mtls.mode",
            "8, Service istio-ingress/istio-ingress, which the platform makes of eks-istio:gateways.default",
            "10, Namespace shop, which the platform makes of eks-istio:apps.checkout.namespace",
            "12, VirtualService shop/checkout.ingress, which the platform makes of eks-istio:apps.checkout",
            "14, Deployment shop/checkout-v1, which the platform makes of eks-istio:apps.checkout.workload",
          ],
        );
        assert.match(error.message, /fix {4}Remove it; what is to differ, say in eks-istio:cluster[.]/);
        return true;
      },
    );
  });
});

/** Identities of all objects in a plan, sorted. */
function identities(resources: readonly RecordedResource[]): string[] {
  return resources
    .filter(({ type }) => type.startsWith("kubernetes:") && !type.endsWith(":Release"))
    .map(({ inputs }) => identityOf(inputs as unknown as KubernetesObject))
    .sort();
}
