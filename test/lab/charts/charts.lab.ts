import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { RecordedResource } from "../../../cli/plan/record";
import { istioVersion } from "../../../components/versions";
import type { KubernetesObject } from "../cluster/api";
import { istioVersion as istioToolsVersion } from "../tools/tools";
import { forPlainEnvoy, istioSources, render, type Release, type Values } from "./charts";
import { injected } from "./injection";
import { leaves, replaced, written } from "./leaves";
import { plainEnvoy } from "./plain-envoy";
import { assertShown } from "./shown";
import { devSample, everySetting, istioReleases, planned, prodSample } from "./stacks";

describe("the charts", () => {
  it("and the lab's programs are those of the Istio minor that the program installs", () => {
    const minor = readFileSync(join(istioSources(), "VERSION"), "utf8").trim();
    for (const version of [istioVersion, istioToolsVersion])
      assert.equal(version.split(".").slice(0, 2).join("."), minor);
  });

  for (const stack of [devSample, prodSample, everySetting]) {
    describe(`with the values of ${stack.title}`, () => {
      let sources: string;
      let plan: readonly RecordedResource[];
      let charts: Readonly<Record<string, Chart>>;
      before(async () => {
        sources = istioSources();
        plan = await planned(stack);
        charts = Object.fromEntries(
          await Promise.all(
            istioReleases(plan).map(async (release) => {
              return [release.chart, { release, objects: await render(sources, release) }] as const;
            }),
          ),
        );
      });

      const chart = (name: string): Chart => {
        const found = charts[name];
        assert.ok(found, `no Release of the chart ${name}`);
        return found;
      };
      const gateway = () => found(chart("gateway").objects, "Deployment");

      it("are base, istiod and gateway", () =>
        assert.deepEqual(Object.keys(charts).sort(), ["base", "gateway", "istiod"]));

      it("show every value of base", async () => {
        const { release } = chart("base");
        await assertShown(release, async (values) => render(sources, { ...release, values }));
      });

      it("show every value of istiod, in its objects or in an injected pod", async () => {
        const { release } = chart("istiod");
        await assertShown(release, async (values) => {
          const objects = await render(sources, { ...release, values });
          return [...objects.filter((object) => !repeatsValues(object)), await injected(objects, pod)];
        });
      });

      it("show every value of gateway, in its objects or in an injected pod", async () => {
        const { release } = chart("gateway");
        await assertShown(release, async (values) => {
          const objects = await render(sources, { ...release, values });
          const deployment = await injected(chart("istiod").objects, found(objects, "Deployment"));
          return [...objects, deployment].map(withoutProxyConfig);
        });
      });

      it("inject what every annotation on an application's pods asks for", async () => {
        const annotations = ["spec", "template", "metadata", "annotations"];
        const annotated = plan
          .filter(({ type, inputs }) => type === "kubernetes:apps/v1:Deployment" && at(inputs, annotations))
          .map(({ inputs }) => inputs as unknown as KubernetesObject);
        // The samples leave every sidecar as the mesh has it.
        assert.equal(annotated.length > 0, stack === everySetting);
        for (const deployment of annotated) {
          const given = at(deployment, annotations) as Values;
          await assertShown({ values: given }, async (changed) => {
            const changedDeployment = replaced(deployment, annotations, changed) as KubernetesObject;
            const result = await injected(chart("istiod").objects, changedDeployment);
            return replaced(result, annotations, {});
          });
        }
      });

      it("make no Service for the gateway, whose own Service selects its pods", () => {
        assert.deepEqual(
          chart("gateway").objects.filter(({ kind }) => kind === "Service"),
          [],
        );
        const { selector } = gatewayService(plan).spec as { selector: Values };
        assert.ok(Object.keys(selector).length > 0);
        const { labels } = template(gateway());
        assert.deepEqual({ ...labels, ...selector }, labels);
        const { name, namespace } = gatewayService(plan).metadata;
        assert.deepEqual([gateway().metadata.name, gateway().metadata.namespace], [name, namespace]);
      });

      it("give the gateway's pods the labels that the Gateway selects", () => {
        const { namespace } = gatewayService(plan).metadata;
        const gateways = plan.flatMap(({ inputs }) =>
          inputs.kind === "Gateway" ? [inputs as unknown as KubernetesObject] : [],
        );
        // Others are of egress gateways.
        const object = gateways.find(({ metadata }) => metadata.namespace === namespace);
        assert.ok(object);
        const { selector } = object.spec as { selector: Values };
        const { labels } = template(gateway());
        assert.ok(Object.keys(selector).length > 0);
        assert.deepEqual({ ...labels, ...selector }, labels);
      });

      it("need no port below 1024 in the gateway's pods", () => {
        const { ports } = gatewayService(plan).spec as { ports: readonly { targetPort: number }[] };
        assert.equal(ports.length, 2);
        for (const { targetPort } of ports) assert.ok(targetPort >= 1024, String(targetPort));
      });

      it("inject the pods of exactly those namespaces that the program wants injected", () => {
        const webhooks = injectors(chart("istiod").objects);
        const file = stack.file["eks-istio:namespaces"] as
          Readonly<Record<string, { injection?: boolean }>> | undefined;
        const namespaces = plan.filter(({ type }) => type === "kubernetes:core/v1:Namespace");
        assert.ok(namespaces.length > 0);
        for (const { inputs } of namespaces) {
          const { metadata } = inputs as unknown as KubernetesObject;
          const wanted = metadata.name !== "istio-system" && file?.[metadata.name]?.injection !== false;
          const called = webhooks.filter((webhook) => calls(webhook, metadata.labels, {}));
          assert.equal(called.length, wanted ? 1 : 0, metadata.name);
        }
        // The gateway's `image: auto` is nothing without them.
        const { namespace } = gateway().metadata;
        const own = namespaces.map(({ inputs }) => inputs as unknown as KubernetesObject);
        const labels = own.find(({ metadata }) => metadata.name === namespace)?.metadata.labels;
        assert.equal(webhooks.filter((webhook) => calls(webhook, labels, template(gateway()).labels)).length, 1);
      });

      it("give the lab's mesh the same configuration, but for what plain Envoy needs", async () => {
        const { release, objects } = chart("istiod");
        const lab = await render(sources, forPlainEnvoy(release));
        assert.equal(lab.length, objects.length);
        const changes = objects.flatMap((object, index) => difference(object, lab[index]));
        const revision = typeof release.values.revision === "string" ? `-${release.values.revision}` : "";
        const pilotEnv = Object.entries(plainEnvoy.env);
        assert.deepEqual(
          changes.filter(({ object }) => object !== `ConfigMap values${revision}`),
          [
            {
              object: `ConfigMap istio${revision}`,
              ours: ['data.mesh.defaultProviders.metrics.0 = "prometheus"'],
              lab: [],
            },
            {
              object: `ConfigMap istio-sidecar-injector${revision}`,
              ours: [],
              lab: pilotEnv.map(([name, value]) => `data.values.pilot.env.${name} = ${JSON.stringify(value)}`),
            },
            {
              object: `Deployment istiod${revision}`,
              ours: [],
              lab: pilotEnv.map(
                ([name, value]) => `spec.template.spec.containers.0.env.${name}.value = ${JSON.stringify(value)}`,
              ),
            },
          ],
        );
      });
    });
  }
});

interface Chart {
  readonly release: Release;
  readonly objects: readonly KubernetesObject[];
}

/** A pod that asks for nothing of its own: what is injected into it comes from the mesh. */
const pod: KubernetesObject = {
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name: "pod", namespace: "default" },
  spec: { containers: [{ name: "app", image: "registry.example.com/app:1", ports: [{ containerPort: 8080 }] }] },
};

/** Whether an object repeats values whether or not anything reads them; what is injected tells what was read. */
function repeatsValues({ kind, metadata }: KubernetesObject): boolean {
  return kind === "ConfigMap" && /^(values|istio|istio-sidecar-injector)(-|$)/.test(metadata.name);
}

/** An object without the annotation that stands on it as it was given; the environment of the proxy tells what was read. */
function withoutProxyConfig(object: KubernetesObject): unknown {
  return JSON.parse(
    JSON.stringify(object, (key, value: unknown) => (key === "proxy.istio.io/config" ? undefined : value)),
  );
}

function found(objects: readonly KubernetesObject[], kind: string): KubernetesObject {
  const object = objects.find((each) => each.kind === kind);
  assert.ok(object, `no ${kind}`);
  return object;
}

function gatewayService(plan: readonly RecordedResource[]): KubernetesObject {
  const services = plan
    .map(({ inputs }) => inputs as unknown as KubernetesObject)
    .filter(({ kind }) => kind === "Service");
  return found(
    services.filter(({ spec }) => (spec as { type?: string }).type === "LoadBalancer"),
    "Service",
  );
}

function template({ spec }: KubernetesObject): { readonly labels: Labels } {
  return (spec as { template: { metadata: { labels: Labels } } }).template.metadata;
}

type Labels = Readonly<Record<string, string>>;

interface Selector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: string;
    readonly values?: string[];
  }[];
}

interface Webhook {
  readonly namespaceSelector: Selector;
  readonly objectSelector: Selector;
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Values | undefined)?.[key], value);
}

function injectors(istiod: readonly KubernetesObject[]): readonly Webhook[] {
  return istiod
    .filter(({ kind }) => kind === "MutatingWebhookConfiguration")
    .flatMap(({ webhooks }) => webhooks as readonly Webhook[]);
}

/** Whether a webhook is called for a pod. */
function calls({ namespaceSelector, objectSelector }: Webhook, namespace: Labels = {}, labels: Labels = {}): boolean {
  return selects(namespaceSelector, namespace) && selects(objectSelector, labels);
}

/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#set-based-requirement */
function selects({ matchLabels = {}, matchExpressions = [] }: Selector, labels: Labels): boolean {
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every(({ key, operator, values = [] }) => {
      const value = labels[key];
      const among = value !== undefined && values.includes(value);
      switch (operator) {
        case "In":
          return among;
        case "NotIn":
          return !among;
        case "Exists":
          return value !== undefined;
        case "DoesNotExist":
          return value === undefined;
        default:
          throw new Error(`The lab doesn't know the operator ${operator}.`);
      }
    })
  );
}

/** What only one of two objects has; nothing if they are the same. */
function difference(ours: KubernetesObject, lab: KubernetesObject | undefined) {
  const [a, b] = [lines(ours), lines(lab)];
  const only = (some: readonly string[], rest: readonly string[]) => some.filter((line) => !rest.includes(line));
  const difference = { object: `${ours.kind} ${ours.metadata.name}`, ours: only(a, b), lab: only(b, a) };
  return difference.ours.length + difference.lab.length === 0 ? [] : [difference];
}

/** An object as lines, with its YAML read and its variables by name. */
function lines(object: KubernetesObject | undefined): readonly string[] {
  const readable = JSON.stringify(object, (key, value: unknown) => {
    if (key === "mesh") return parse(String(value)) as unknown;
    if (key !== "env" || !Array.isArray(value)) return value;
    const variables = value as readonly { readonly name: string }[];
    return Object.fromEntries(variables.map(({ name, ...rest }) => [name, rest]));
  });
  return leaves(JSON.parse(readable)).map(({ path, value }) => `${written(path)} = ${JSON.stringify(value)}`);
}
