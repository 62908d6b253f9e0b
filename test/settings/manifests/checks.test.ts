import assert from "node:assert/strict";
import { problemsWith } from "./virtual";

const object = (kind: string, name: string, { apiVersion = "v1", namespace = "default" } = {}) =>
  `---\n{apiVersion: ${apiVersion}, kind: ${kind}, metadata: {name: ${name}, namespace: ${namespace}}, spec: {}}\n`;
const crd = (kind: string, group = "example.org") =>
  `---\n{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: x.${group}}, spec: {group: ${group}, scope: Namespaced, names: {kind: ${kind}}}}\n`;
const namespace = (name: string) => `---\n{apiVersion: v1, kind: Namespace, metadata: {name: ${name}}}\n`;
const shop = { "eks-istio:apps": { checkout: { namespace: "shop", port: 8080 } } };

function accepts(what: string, text: string, keys?: Readonly<Record<string, unknown>>): void {
  it(`accepts ${what}`, () => assert.deepEqual(problemsWith({ "own/a.yaml": text }, keys), []));
}

function refuses(
  what: string,
  text: string,
  rule: string,
  fix: string,
  keys?: Readonly<Record<string, unknown>>,
): void {
  it(`refuses ${what}`, () => {
    const problems = problemsWith({ "own/a.yaml": text }, keys);
    assert.deepEqual(
      problems.map((problem) => [problem.key, problem.rule, problem.fix]),
      [["eks-istio:manifests[0]", `has, at own/a.yaml:${rule}`, fix]],
    );
  });
}

describe("objects among manifests", () => {
  refuses(
    "one of them twice, in whichever version",
    object("Ingress", "a", { apiVersion: "networking.k8s.io/v1" }) +
      object("Ingress", "a", { apiVersion: "networking.k8s.io/v1beta1" }),
    "4, Ingress default/a a second time: it stands at own/a.yaml:2, too",
    "Remove one of them.",
  );
  accepts(
    "two with one name in two namespaces",
    object("ConfigMap", "a") + object("ConfigMap", "a", { namespace: "kube-system" }),
  );
  accepts(
    "two kinds with one name, in two groups",
    object("Gateway", "a", { apiVersion: "networking.istio.io/v1" }) +
      crd("Gateway", "gateway.networking.k8s.io") +
      object("Gateway", "a", { apiVersion: "gateway.networking.k8s.io/v1" }),
  );
});

describe("kinds among manifests", () => {
  for (const [apiVersion, kind] of [
    ["v1", "ConfigMap"],
    ["batch/v1", "CronJob"],
    ["networking.istio.io/v1alpha3", "EnvoyFilter"],
    ["elbv2.k8s.aws/v1beta1", "TargetGroupBinding"],
    ["vpcresources.k8s.aws/v1beta1", "SecurityGroupPolicy"],
  ] as const)
    accepts(`${kind} of ${apiVersion}, which every cluster has`, object(kind, "a", { apiVersion }));

  accepts(
    "one whose definition is among them, behind it",
    object("Backup", "a", { apiVersion: "example.org/v1" }) + crd("Backup"),
  );

  it("accepts one that the entry says somebody else brings", () => {
    const files = { "own/a.yaml": object("Certificate", "a", { apiVersion: "cert-manager.io/v1" }) };
    const keys = { "eks-istio:manifests": [{ path: "own", apiGroups: ["cert-manager.io"] }] };
    assert.deepEqual(problemsWith(files, keys), []);
  });

  refuses(
    "one that nothing brings",
    object("Certificate", "a", { apiVersion: "cert-manager.io/v1" }),
    "2, Certificate of cert-manager.io/v1, a kind that nothing brings into the cluster",
    "Put its CustomResourceDefinition among the manifests; if something else installs it before, write {path: …, apiGroups: [cert-manager.io]}.",
  );
  refuses(
    "a misspelt one",
    object("Deploymnt", "a", { apiVersion: "apps/v1" }),
    "2, Deploymnt of apps/v1, a kind that isn't there",
    'Did you mean "Deployment"?',
  );
  refuses(
    "one in another group than its own",
    object("Deployment", "a"),
    "2, Deployment of v1, a kind that is in apps/v1",
    "Write apiVersion: apps/v1.",
  );
  refuses(
    "a version that is gone",
    object("Ingress", "a", { apiVersion: "extensions/v1beta1" }),
    "2, Ingress of extensions/v1beta1, a kind that is in networking.k8s.io/v1",
    "Write apiVersion: networking.k8s.io/v1.",
  );
  refuses(
    "a version that there never was",
    object("Deployment", "a", { apiVersion: "apps/v2" }),
    "2, Deployment of apps/v2, a version that no cluster of this platform serves",
    "Write apiVersion: apps/v1.",
  );

  refuses(
    "one without the field that makes it what it is",
    "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}}",
    "1, Deployment default/a without spec",
    "Write it: there is no such object without.",
  );

  it("says nothing of kinds while a file can't be read, which may hold the definition", () => {
    const problems = problemsWith({
      "own/a.yaml": object("Backup", "a", { apiVersion: "example.org/v1" }),
      "own/b.yaml": "a: [",
    });
    assert.deepEqual(
      problems.map(({ rule }) => rule.slice(0, rule.indexOf(","))),
      ["has"],
    );
    assert.match(problems[0]?.rule ?? "", /b[.]yaml:.* is no YAML/);
  });
});

describe("namespaces of manifests", () => {
  accepts("that of an application", object("ConfigMap", "a", { namespace: "shop" }), shop);
  accepts("that of a gateway", object("ConfigMap", "a", { namespace: "istio-ingress" }));
  accepts("those of every cluster", object("ConfigMap", "a", { namespace: "kube-system" }));
  accepts("one among them", object("ConfigMap", "a", { namespace: "jobs" }) + namespace("jobs"));
  accepts("one that the stack file has the platform make", object("ConfigMap", "a", { namespace: "jobs" }), {
    "eks-istio:namespaces": { jobs: {} },
  });
  accepts("one that exists", object("ConfigMap", "a", { namespace: "jobs" }), {
    "eks-istio:namespaces": { jobs: { create: false } },
  });

  refuses(
    "one that nothing makes",
    object("ConfigMap", "a", { namespace: "jobs" }),
    "2, ConfigMap jobs/a, in a namespace that nothing makes",
    "Have the platform make it, with namespaces: {jobs: {}}, put a Namespace among the manifests, or say that it exists, with namespaces: {jobs: {create: false}}.",
  );
  refuses(
    "a misspelt one",
    object("ConfigMap", "a", { namespace: "shpo" }),
    "2, ConfigMap shpo/a, in a namespace that nothing makes",
    'Did you mean "shop"? If not, have the platform make it, with namespaces: {shpo: {}}, put a Namespace among the manifests, or say that it exists, with namespaces: {shpo: {create: false}}.',
    shop,
  );
  refuses(
    "a Namespace that is said to exist already",
    namespace("jobs"),
    "2, Namespace jobs, of which namespaces.jobs.create: false says that it exists already",
    "Remove namespaces.jobs, or the Namespace here.",
    { "eks-istio:namespaces": { jobs: { create: false } } },
  );
  refuses(
    "a Namespace that every cluster has",
    namespace("kube-system"),
    "2, Namespace kube-system, which every cluster has already",
    "Remove it.",
  );

  it("keeps telling a namespace that nothing uses", () => {
    const problems = problemsWith(
      { "own/a.yaml": object("ConfigMap", "a", { namespace: "jobs" }) },
      { "eks-istio:namespaces": { jobs: {}, jbos: {} } },
    );
    assert.deepEqual(
      problems.map(({ key, fix }) => `${key}: ${fix}`),
      ['eks-istio:namespaces.jbos: Did you mean "jobs"?'],
    );
  });
});
