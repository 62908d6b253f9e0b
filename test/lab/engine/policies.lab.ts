import assert from "node:assert/strict";
import { join } from "node:path";
import { Lab, type Outcome } from "./lab";

const policyPacks = [join(__dirname, "..", "..", "..", "policies")];
/** A program with mistakes that no stack file can make. */
const prelude = join(__dirname, "mistakes.ts");

/** What the CLI prints of a pack without a finding, with warnings, and with what stops a deployment. */
const [passed, warned, stopped] = ["✅", "⚠️", "❌"].map((mark) => `${mark} eks-istio@v0.1.0`);

type Level = "mandatory" | "advisory";

/** A finding as the CLI prints it. */
function finding(level: Level, resource: string, text: string): string {
  const pointer = "Rules and their reasons: docs/rules.md. Levels and exemptions: docs/policies.md.";
  return `[${level}]  eks-istio-${level}  (${resource})\n${pointer}\n${text}`;
}

/** What the CLI printed under "Policies": the pack with its mark, then each finding. Once for a preview, once for an update. */
function told({ output }: Outcome): string[] {
  return [...output.matchAll(/^Policies:\n(.*?)(?=\n\n\S|\n*$(?![^]))/gms)].flatMap(([, section = ""]) =>
    section.split(/^ {8}- |^ {4}(?=\S)/m).flatMap((part) => {
      const lines = part.replace(/ \(local: .*\)$/m, "").split("\n");
      const text = lines.map((line) => line.replace(/^ {10}/, "")).join("\n");
      return text.trim() === "" ? [] : [text.trimEnd()];
    }),
  );
}

const sshOpen = finding(
  "mandatory",
  "aws:vpc:SecurityGroupIngressRule: bastion",
  "AWS-SSH-OPEN  vpc SecurityGroupIngressRule bastion: opens SSH to the whole internet (0.0.0.0/0): strangers try stolen passwords and keys within minutes. Take the rule out and use Session Manager, or name the addresses that administrators come from.",
);
const imageTag = finding(
  "mandatory",
  "kubernetes:apps/v1:Deployment: eks-istio-dev-app-details-v1",
  'K8S-IMAGE-TAG  Deployment bookinfo/details-v1: image "nginx" may be another one tomorrow: a pod that restarts can run another version than its neighbours. Write the version you tested, e.g. "nginx:1.2.3", or a digest.',
);
/** It is a secret, which CrossGuard opens for rules: they may judge it, and must not say it. */
const schema = finding(
  "mandatory",
  "kubernetes:apps/v1:Deployment: eks-istio-dev-app-details-v1",
  "K8S-SCHEMA  Deployment bookinfo/details-v1: spec.template.spec.containers[0].env[0].value is a number, which the API server refuses. It must be text. Put it in quotes.",
);
const routeGateway = (level: Level) =>
  finding(
    level,
    "kubernetes:networking.istio.io/v1:VirtualService: eks-istio-dev-app-membership-ingress",
    'IST-ROUTE-GATEWAY  VirtualService membership/membership.ingress: no Gateway wildcards exists in the namespace istio-ingress, so its hosts are served nowhere: requests get a 404. Did you mean istio-ingress/wildcard? If somebody else makes it, name "Gateway istio-ingress/wildcards" under outside in the policies\' configuration.',
  );
const proxyProtocol = finding(
  "mandatory",
  "kubernetes:core/v1:Service: eks-istio-dev-istio-ingress/istio-ingress",
  "IST-PROXY-PROTOCOL  Service istio-ingress/istio-ingress: sends the PROXY protocol's header, but the pods of Release istio-ingress/istio-ingress don't expect it: they take it for a broken request, and every connection fails. Set gatewayTopology: {proxyProtocol: {}} in their proxy.istio.io/config annotation, or turn PROXY protocol off here.",
);
const mandatory = [sshOpen, imageTag, schema, routeGateway("mandatory"), proxyProtocol];

/** With no key yet, `eks.Cluster` can't say how its cluster encrypts. */
const unjudged = (stack: string, cluster: string) =>
  finding(
    "advisory",
    `pulumi:pulumi:Stack: eks-istio-${stack}`,
    `AWS-EKS-SECRETS  eks Cluster ${cluster}-eksCluster could not be judged because encryptionConfig is unknown.`,
  );

describe("the policy pack on the real engine", () => {
  describe("in a first preview, with no cluster", () => {
    it("finds nothing in the sample stack prod, and says what can't be judged yet", async () => {
      const lab = await Lab.start(undefined, "prod");
      try {
        const outcome = await lab.preview({ policyPacks });
        assert.ok(outcome.succeeded, outcome.diagnostics);
        assert.deepEqual(told(outcome), [warned, unjudged("prod", "shop-prod")]);
      } finally {
        lab.close();
      }
    });

    describe("of a program with mistakes", () => {
      let lab: Lab;
      before(async () => {
        lab = await Lab.start();
      });
      after(() => lab.close());

      const preview = (config?: object) =>
        lab.preview({
          policyPacks,
          prelude,
          ...(config && { policyPackConfigs: [lab.write("policy-config.json", config)] }),
        });

      it("stops, and tells each with its rule, its resource, what happens and what to do, and no secret", async () => {
        const outcome = await preview();
        assert.ok(!outcome.succeeded);
        assert.deepEqual(told(outcome), [stopped, ...mandatory, unjudged("dev", "eks-istio-dev")]);
        assert.doesNotMatch(outcome.output, /314159/);
      });

      it("goes by the configuration: levels, exemptions, and those that have expired", async () => {
        const exempt = (resource: string, expires: string) => ({
          exempt: [{ resource, reason: "goes with the old office", expires }],
        });
        const outcome = await preview({
          "eks-istio-mandatory": {
            rules: {
              "K8S-IMAGE-TAG": "off",
              "K8S-SCHEMA": "off",
              "IST-ROUTE-GATEWAY": "advisory",
              "IST-PROXY-PROTOCOL": exempt("Service istio-ingress/*", "2999-12-31"),
              "AWS-SSH-OPEN": exempt("*bastion", "2026-01-31"),
            },
          },
          "eks-istio-advisory": { rules: { "AWS-EKS-SECRETS": "off" } },
        });
        assert.ok(!outcome.succeeded);
        assert.deepEqual(told(outcome), [
          stopped,
          sshOpen,
          routeGateway("advisory"),
          finding(
            "advisory",
            "pulumi:pulumi:Stack: eks-istio-dev",
            "EXEMPTION-EXPIRED  *bastion: its exemption from AWS-SSH-OPEN ended on 2026-01-31 (goes with the old office): the rule counts again. Mend what it says, or decide anew and write another date; take the exemption out if nothing needs it.",
          ),
        ]);
      });

      it("stops at a mistake in the configuration, and tells all of them", async () => {
        const outcome = await preview({
          "eks-istio-mandatory": { rule: {} },
          "eks-istio-advisory": { rules: { "K8S-IMAGE-TAGS": "off", "AWS-SSH-OPEN": { exempt: [{ resource: "*" }] } } },
        });
        assert.ok(!outcome.succeeded);
        assert.deepEqual(told(outcome), [
          stopped,
          finding(
            "mandatory",
            "pulumi:pulumi:Stack: eks-istio-dev",
            [
              "The policies' configuration has 4 problems.",
              "",
              "  eks-istio-mandatory.rule is not a known key. Known here: rules, production, outside, enforcementLevel.",
              "  eks-istio-advisory.rules.AWS-SSH-OPEN.exempt[0].reason: say why, for whoever reads this next.",
              '  eks-istio-advisory.rules.AWS-SSH-OPEN.exempt[0].expires: write the last day, e.g. "2027-01-31".',
              "  eks-istio-advisory.rules.K8S-IMAGE-TAGS is no rule. Did you mean K8S-IMAGE-TAG?",
            ].join("\n"),
          ),
        ]);
      });

      it("stops at a policy that doesn't exist", async () => {
        const { succeeded, steps } = await preview({ "eks-istio-mandatry": { rules: {} } });
        assert.deepEqual([succeeded, steps], [false, []]);
      });

      it("makes nothing in an up, whose preview stops it", async () => {
        const outcome = await lab.up({ policyPacks, prelude, previewFirst: true });
        assert.ok(!outcome.succeeded);
        assert.deepEqual(told(outcome), [stopped, ...mandatory, unjudged("dev", "eks-istio-dev")]);
        assert.deepEqual([lab.journal.changes(), lab.cloud.objects()], [[], []]);
      });
    });
  });

  describe("in a first up", () => {
    let lab: Lab;
    let outcome: Outcome;
    before(async () => {
      lab = await Lab.start();
      outcome = await lab.up({ policyPacks, previewFirst: true });
    });
    after(() => lab.close());

    it("finds nothing in the sample stack dev: what its preview can't judge yet, it judges when all is known", () => {
      assert.ok(outcome.succeeded, outcome.diagnostics);
      assert.deepEqual(told(outcome), [warned, unjudged("dev", "eks-istio-dev"), passed]);
    });

    it("finds nothing in the preview after it, which has no change and nothing unknown", async () => {
      const second = await lab.preview({ policyPacks });
      assert.deepEqual([second.succeeded, second.steps, told(second)], [true, [], [passed]], second.diagnostics);
    });

    // The page warns of it. If this fails with another CLI, it may not need to any more.
    it("tells of mistakes only when they are made, if its preview is skipped", async () => {
      lab.journal.clear();
      const late = await lab.up({ policyPacks, prelude });
      assert.ok(!late.succeeded);
      assert.deepEqual(told(late), [stopped, ...mandatory]);
      assert.deepEqual(
        lab.journal
          .changes()
          .filter(({ failed }) => failed === undefined)
          .map(({ method, name }) => `${method} ${name}`)
          .sort(),
        [
          "create bastion",
          "update eks-istio-dev-app-details-v1",
          "update eks-istio-dev-app-membership-ingress",
          "update eks-istio-dev-istio-ingress/istio-ingress",
        ],
      );
    });
  });
});
