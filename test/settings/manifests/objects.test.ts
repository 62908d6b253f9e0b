import assert from "node:assert/strict";
import { settingsWith, problemsWith } from "./virtual";

const configMap = (name: string, namespace = "default") =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}, namespace: ${namespace}}\n`;

/** What is read from one file. */
const objects = (text: string) => settingsWith({ "own/a.yaml": text }).manifests.map(({ object }) => object);

describe("manifests of one's own", () => {
  it("are none unless the stack file names some", () => {
    assert.deepEqual(settingsWith({}, { "eks-istio:manifests": undefined }).manifests, []);
  });

  it("come with the place where each stands, and its entry", () => {
    const { manifests } = settingsWith(
      { "own/a.yaml": `${configMap("one")}---\n${configMap("two")}`, "more.yaml": configMap("three") },
      { "eks-istio:manifests": ["own", "more.yaml"] },
    );
    assert.deepEqual(
      manifests.map(({ object, place, entry }) => [object.metadata.name, place, entry]),
      [
        ["one", "own/a.yaml:1", 0],
        ["two", "own/a.yaml:5", 0],
        ["three", "more.yaml:1", 1],
      ],
    );
  });

  it("are unpacked from lists, whose items may leave out what they are", () => {
    assert.deepEqual(
      objects(
        "apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}\n- {apiVersion: v1, kind: ServiceList, items: [{metadata: {name: b}}]}\n",
      ).map(({ kind, metadata }) => `${kind} ${metadata.name}`),
      ["ConfigMap a", "Service b"],
    );
  });

  it("are in the namespace default where they name none, as with kubectl", () => {
    assert.deepEqual(objects("{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}"), [
      { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a", namespace: "default" } },
    ]);
  });

  it("are in no namespace where their kind has none", () => {
    assert.deepEqual(
      objects("{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: a, namespace: shop}}"),
      [{ apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRole", metadata: { name: "a" } }],
    );
  });

  it("have no status, which isn't theirs to say", () => {
    assert.deepEqual(
      Object.keys(objects("{apiVersion: v1, kind: Pod, metadata: {name: a}, status: {phase: x}}")[0] ?? {}),
      ["apiVersion", "kind", "metadata"],
    );
  });

  describe("are refused", () => {
    const object = "apiVersion: v1\nkind: ConfigMap\n";
    const mistakes: readonly (readonly [what: string, text: string, rule: string])[] = [
      ["that are no objects", "- a\n", "a document that is no object"],
      ["without apiVersion", "kind: ConfigMap\n", "a ConfigMap without apiVersion"],
      ["without kind", "apiVersion: v1\n", "a document without kind"],
      ["without metadata", object, "a ConfigMap without metadata"],
      ["without a name", `${object}metadata: {labels: {}}\n`, "a ConfigMap without metadata.name"],
      [
        "with generateName",
        `${object}metadata: {generateName: a-}\n`,
        "a ConfigMap with generateName, whose name would be another one in each cluster",
      ],
      [
        "whose name is a number",
        `${object}metadata: {name: 0777}\n`,
        "a ConfigMap whose name YAML doesn't read as a text, but as 511",
      ],
      [
        "whose name leads out of a folder",
        `${object}metadata: {name: ../x}\n`,
        "a ConfigMap called ../x, which no object can be",
      ],
      [
        "whose name has a line break",
        `${object}metadata: {name: "a\\nb"}\n`,
        "a ConfigMap called a\nb, which no object can be",
      ],
      [
        "whose name is a template",
        `${object}metadata: {name: "{{ .Values.x }}"}\n`,
        "a ConfigMap called {{ .Values.x }}, which no object can be",
      ],
      [
        "in no possible namespace",
        `${object}metadata: {name: a, namespace: a/b}\n`,
        "a ConfigMap in the namespace a/b, which no namespace is called",
      ],
      [
        "with an impossible apiVersion",
        "{apiVersion: 1, kind: A, metadata: {name: a}}",
        "the apiVersion 1, which is none",
      ],
      ["with an impossible kind", "{apiVersion: v1, kind: a b, metadata: {name: a}}", "the kind a b, which is none"],
      [
        "that say how to make some",
        "{apiVersion: kustomize.config.k8s.io/v1beta1, kind: Kustomization, resources: [a.yaml]}",
        "a kustomization, which is no object but says how to make some",
      ],
      [
        "as a cluster gave them out",
        `${object}metadata: {name: a, uid: x, resourceVersion: "1"}\n`,
        "a ConfigMap as a cluster gave it out: with metadata.resourceVersion, metadata.uid",
      ],
      [
        "with a copy of themselves, which would show a Secret",
        `${object}metadata: {name: a, annotations: {kubectl.kubernetes.io/last-applied-configuration: x}}\n`,
        'a ConfigMap as a cluster gave it out: with metadata.annotations["kubectl.kubernetes.io/last-applied-configuration"]',
      ],
      [
        "with a key that JavaScript would lose",
        `${object}metadata: {name: a}\ndata: {constructor: a}\n`,
        "a ConfigMap with the key constructor, which every object of JavaScript has already: it would be lost",
      ],
    ];
    for (const [what, text, rule] of mistakes)
      it(what, () => {
        const problems = problemsWith({ "own/a.yaml": `# a comment\n${text}` });
        assert.deepEqual(
          problems.map((problem) => [problem.key, problem.value, problem.rule]),
          [["eks-istio:manifests[0]", "own", `has, at own/a.yaml:2, ${rule}`]],
        );
      });

    it("all at once, beside other problems of the stack file", () => {
      const problems = problemsWith(
        { "own/a.yaml": "kind: A\n---\na: 1\na: 2\n", "own/b.yaml": "" },
        { "eks-istio:network": { nat: "none" } },
      );
      assert.deepEqual(
        problems.map(({ key, rule }) => `${key} ${rule}`),
        [
          "eks-istio:network.nat must be one of single, perZone",
          "eks-istio:manifests[0] has, at own/a.yaml:4, the key a a second time: line 3 has it first",
          "eks-istio:manifests[0] has, at own/a.yaml:1, an A without apiVersion",
          "eks-istio:manifests[0] names own/b.yaml, which holds no object",
        ],
      );
    });

    it("as an absolute path, which another machine doesn't have", () => {
      assert.deepEqual(problemsWith({}, { "eks-istio:manifests": ["/etc/manifests"] }), [
        {
          key: "eks-istio:manifests[0]",
          value: "/etc/manifests",
          rule: "must be a path from the project's folder on: another machine has other folders",
          fix: 'Write it like "manifests".',
        },
      ]);
    });
  });
});
