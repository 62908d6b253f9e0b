import assert from "node:assert/strict";
import { Platform } from "../../components/platform";
import { settingsOf } from "../stack";
import { deployed, registrationOf, type Registration } from "./deployed";
import { everything } from "./everything";
import { label, planned, stackKeys, type Graph } from "./support";

describe("Platform", () => {
  it("is made of stages, each under the platform's name", async () => {
    const plan = await planned({ apps: { checkout: { host: "checkout", namespace: "shop", port: 8080 } } });
    assert.deepEqual(plan.children("stage:Platform shop"), [
      "eks-istio:stage:App shop-app-checkout",
      "eks-istio:stage:Certificate shop-domain-example.com-certificate",
      "eks-istio:stage:Cluster shop",
      "eks-istio:stage:DomainRecords shop-domain-example.com",
      "eks-istio:stage:Gateway shop-gateway",
      "eks-istio:stage:HostedZone shop-domain-example.com-zone",
      "eks-istio:stage:LoadBalancerController shop-load-balancer-controller",
      "eks-istio:stage:Mesh shop-mesh",
      "eks-istio:stage:Namespaces shop-namespaces",
      "eks-istio:stage:Network shop-network",
      "pulumi:providers:aws shop-aws",
    ]);
  });

  it("makes each further domain's stages under that domain's name, so that their order changes nothing", async () => {
    const plan = await planned({ domain: { name: "example.com", additional: [{ name: "example.org" }] } });
    assert.deepEqual(
      plan.children("stage:Platform shop").filter((child) => child.includes("example.org")),
      [
        "eks-istio:stage:Certificate shop-domain-example.org-certificate",
        "eks-istio:stage:DomainRecords shop-domain-example.org",
        "eks-istio:stage:HostedZone shop-domain-example.org-zone",
      ],
    );
  });

  it("registers the same resources when every output is unknown as when every output is known", async () => {
    const preview = await planned(everything);
    const { registrations } = await deployed(
      () => new Platform("shop", { settings: settingsOf(stackKeys(everything)) }),
    );
    assert.deepEqual(registrations.map(label).sort(), preview.resources.map(label).sort());
  });

  it("registers no two resources with one identity", async () => {
    const { registrations } = await deployed(
      () => new Platform("shop", { settings: settingsOf(stackKeys(everything)) }),
    );
    const identities = registrations.map(({ parent, type, name }) => `${parent.split("::")[2] ?? ""}$${type}::${name}`);
    assert.deepEqual(
      identities.filter((identity, index) => identities.indexOf(identity) < index),
      [],
    );
  });

  it("gives every Kubernetes object and every release its name, as others find them by it", async () => {
    const { resources } = await planned(everything);
    const unnamed = resources.filter(
      ({ type, inputs }) =>
        type.startsWith("kubernetes:") && !(inputs.name ?? (inputs.metadata as { name?: string } | undefined)?.name),
    );
    assert.deepEqual(unnamed.map(label), []);
  });

  it("waits for nothing in particular between its stages: what waits are the resources in them", async () => {
    const { resources } = await planned(everything);
    assert.deepEqual(
      resources
        .filter(({ type, dependencies }) => type.startsWith("eks-istio:stage:") && dependencies.length > 0)
        .map(label),
      [],
    );
  });
});

describe("Platform's providers", () => {
  let plan: Graph;
  let registrations: readonly Registration[];
  before(async () => {
    plan = await planned(everything);
    ({ registrations } = await deployed(() => new Platform("shop", { settings: settingsOf(stackKeys(everything)) })));
  });

  for (const [kind, provider] of [
    ["aws", "pulumi:providers:aws::shop-aws"],
    ["kubernetes", "pulumi:providers:kubernetes::shop-kubernetes"],
  ] as const) {
    it(`make every ${kind} resource, so that none falls to a default one`, () => {
      const others = plan.resources.filter(
        (each) => each.type.startsWith(`${kind}:`) && !each.provider?.endsWith(provider),
      );
      assert.deepEqual(others.map(label), []);
    });
  }

  it("answer every question to AWS", async () => {
    const { calls } = await deployed(
      () =>
        new Platform("shop", {
          settings: settingsOf(stackKeys({ domain: { name: "example.com", zone: { name: "example.com" } } })),
        }),
    );
    const asked = calls.map(({ token, provider = "" }) => [token, provider.includes("::shop-aws::")]);
    assert.deepEqual(asked.sort(), [
      ["aws:lb/getHostedZoneId:getHostedZoneId", true],
      ["aws:route53/getZone:getZone", true],
    ]);
  });

  it("are one for AWS and one for Kubernetes", () => {
    assert.deepEqual(plan.ofType(/^pulumi:providers:/), ["aws shop-aws", "kubernetes shop-kubernetes"]);
  });

  it("are the only resources without a provider, beside components", () => {
    const without = registrations.filter(({ type, provider }) => !provider && !type.startsWith("eks-istio:stage:"));
    assert.deepEqual(without.map(label).sort(), ["Cluster shop", "aws shop-aws", "kubernetes shop-kubernetes"]);
  });

  it("take over the stack file's aws keys", async () => {
    const keys = {
      ...stackKeys({ tags: { team: "platform" } }),
      "aws:region": "eu-west-1",
      "aws:profile": "production",
      "aws:allowedAccountIds": ["123456789012"],
      "aws:defaultTags": { tags: { owner: "web" } },
    };
    const deployment = await deployed(() => new Platform("shop", { settings: settingsOf(keys) }));
    const { region, profile, allowedAccountIds, defaultTags } = registrationOf(
      deployment,
      "pulumi:providers:aws",
      "shop-aws",
    ).inputs;
    assert.deepEqual(
      [region, profile, allowedAccountIds, defaultTags],
      ["eu-west-1", "production", '["123456789012"]', '{"tags":{"owner":"web","team":"platform"}}'],
    );
  });

  it("pass profile and role on to whoever reads the kubeconfig", async () => {
    const roles = [
      { roleArn: "arn:aws:iam::123456789012:role/first" },
      { roleArn: "arn:aws:iam::123456789012:role/last" },
    ];
    const plan = await planned({}, { "aws:profile": "production", "aws:assumeRoles": roles });
    assert.deepEqual(plan.inputs("Cluster shop").providerCredentialOpts, {
      profileName: "production",
      roleArn: "arn:aws:iam::123456789012:role/last",
    });
  });
});
