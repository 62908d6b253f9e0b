import assert from "node:assert/strict";
import { secret, unknown } from "../../../policies/engine/value";
import { fromYaml, unreadableText } from "../../../policies/sources/yaml";

describe("resources from YAML", () => {
  it("are every object of every document, lists opened, each with file and line", () => {
    const { resources, errors } = fromYaml(
      [
        "apiVersion: v1",
        "kind: List",
        "items:",
        "  - {apiVersion: v1, kind: Service, metadata: {name: a}}",
        "  - apiVersion: apps/v1",
        "    kind: Deployment",
        "    metadata:",
        "      name: b",
        "---",
        "# nothing",
        "---",
        "replicas: 3",
        "---",
        "apiVersion: networking.istio.io/v1",
        "kind: VirtualServiceList",
        "items:",
        "  - apiVersion: networking.istio.io/v1",
        "    kind: VirtualService",
        "    metadata: {name: c}",
        "    spec: {hosts: [a, b]}",
      ].join("\n"),
      "all.yaml",
    );
    assert.deepEqual(errors, []);
    assert.deepEqual(
      resources.map(({ source, type, name, locate }) => [source, type, name, locate?.([])]),
      [
        ["yaml", "kubernetes:core/v1:Service", "a", "all.yaml:4"],
        ["yaml", "kubernetes:apps/v1:Deployment", "b", "all.yaml:5"],
        ["yaml", "kubernetes:networking.istio.io/v1:VirtualService", "c", "all.yaml:17"],
      ],
    );
    assert.equal(resources[1]!.locate!(["metadata", "name"]), "all.yaml:8");
    assert.equal(resources[2]!.locate!(["spec", "hosts", 1]), "all.yaml:20");
    assert.equal(resources[2]!.locate!(["spec", "http", 0]), "all.yaml:20");
  });

  const told = (text: string) => fromYaml(text, "bad.yaml").errors.map(unreadableText);
  const namesOf = (text: string) => fromYaml(text, "a.yaml").resources.map(({ name }) => name);

  it("name every place that is no YAML, and hold the other documents", () => {
    const good = "apiVersion: v1\nkind: Service\nmetadata: {name: a}\n";
    const text = `a: [\n---\nb: c: d\n---\nc: *nowhere\n---\n${good}`;
    assert.deepEqual(
      told(text).map((error) => error.split(": ").slice(0, 2)),
      [
        ["bad.yaml:2", "is not YAML"],
        ["bad.yaml:3", "is not YAML"],
        ["bad.yaml:4", "can't be read"],
      ],
    );
    assert.deepEqual(namesOf(text), ["a"]);
  });

  it("refuse aliases that multiply", () => {
    const levels = Array.from(
      { length: 8 },
      (_, level) => `l${level + 1}: &l${level + 1} [${Array(9).fill(`*l${level}`).join(", ")}]`,
    );
    assert.match(
      told(["l0: &l0 [x]", ...levels].join("\n")).join(),
      /^bad\.yaml:1: can't be read: Excessive alias count/,
    );
  });

  it("are none in a file that is a template, which is told once", () => {
    const service = "apiVersion: v1\nkind: Service\nmetadata: {name: a}\n";
    const template = (line: number) => [
      `bad.yaml:${line}: is a template, to be rendered first: helm template NAME CHART | npm run check -- -`,
    ];
    for (const [line, text] of [
      [4, `${service}{{- if .Values.more }}\n---\n{{- end }}\n${service}`],
      [8, `${service}---\n${service.replace("a}", "a}\nspec: {clusterIP: {{ .Values.address }}}")}`],
      [3, service.replace("{name: a}", '{name: "{{ name }}"}')],
      [4, `${service}spec: {clusterIP: "{{ .Values.address }}"}`],
    ] as const) {
      assert.deepEqual(told(text), template(line), text);
      assert.deepEqual(namesOf(text), [], text);
    }
  });

  it("may hold marks of templates as text", () => {
    const map = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {page: "{{ .Values.address }}"}\n';
    const rule =
      'apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata: {name: b}\nspec: {text: "{{ $labels.pod }}"}\n';
    assert.deepEqual(told(`${map}---\n${rule}`), []);
    assert.deepEqual(namesOf(`${map}---\n${rule}`), ["a", "b"]);
  });

  it("are known by name where they define others, whatever their schema holds", () => {
    const definition = [
      "# Made by controller-gen",
      "apiVersion: apiextensions.k8s.io/v1beta1",
      "kind: CustomResourceDefinition",
      "metadata:",
      "  # of things",
      "  name: things.example.com",
      "spec:",
      "  versions: [{schema: {openAPIV3Schema: {not: yaml: at all",
      "status: {}",
    ].join("\n");
    const { resources, errors } = fromYaml(definition, "crd.yaml");
    assert.deepEqual(errors, []);
    assert.deepEqual(
      resources.map(({ type, properties }) => [type, properties]),
      [
        [
          "kubernetes:apiextensions.k8s.io/v1beta1:CustomResourceDefinition",
          {
            apiVersion: "apiextensions.k8s.io/v1beta1",
            kind: "CustomResourceDefinition",
            metadata: { name: "things.example.com" },
          },
        ],
      ],
    );
    const whole = definition.replace("not: yaml: at all", "type: object}}}]");
    assert.equal(fromYaml(`---\n${whole}`, "crd.yaml").resources[0]!.locate!(["metadata", "name"]), "crd.yaml:7");
  });

  it("are found in JSON, with places", () => {
    const text = '{"apiVersion": "v1",\n\t"kind": "Service",\n\t"metadata": {\n\t\t"name": "a"}}\n';
    const [service] = fromYaml(text, "a.json").resources;
    assert.deepEqual([service!.name, service!.locate!(["metadata", "name"])], ["a", "a.json:4"]);
  });

  it("are a plan's own where the file is one", () => {
    const urn = "urn:pulumi:dev::p::aws:route53/zone:Zone::z";
    const plan = {
      project: "p",
      stack: "dev",
      resources: [{ urn, type: "aws:route53/zone:Zone", name: "z", parent: null, inputs: {}, dependencies: [] }],
    };
    const { resources, stacks } = fromYaml(JSON.stringify(plan), "plan.json");
    assert.deepEqual(resources, [
      { source: "plan", urn, type: "aws:route53/zone:Zone", name: "z", properties: {}, dependencies: [] },
    ]);
    assert.deepEqual(stacks, ["dev"]);
  });

  for (const [what, changed] of [
    ["inputs", { inputs: undefined }],
    ["a name", { name: 1 }],
    ["dependencies", { dependencies: {} }],
    ["dependencies that are URNs", { dependencies: [1] }],
  ] as const)
    it(`name a plan with a resource without ${what}`, () => {
      const whole = { urn: "urn:a", type: "aws:route53/zone:Zone", name: "z", inputs: {}, dependencies: [] };
      const resources = [whole, { ...whole, ...changed }];
      const { errors } = fromYaml(JSON.stringify({ project: "p", stack: "dev", resources }), "plan.json");
      assert.deepEqual(errors, [
        {
          place: "plan.json:1",
          reason: "can't be read: resources[1] of the plan isn't what npm start -- --json writes",
        },
      ]);
    });

  it("take a plan's words for what isn't known, in its manifests, too", () => {
    const text = `apiVersion: v1\nkind: Service\nmetadata:\n  name: a\n  annotations: {cert: "[unknown]"}\nspec:\n  a: "[secret]"\n`;
    const [service] = fromYaml(text, "a.yaml").resources;
    assert.deepEqual(service!.properties, {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: "a", annotations: { cert: unknown } },
      spec: { a: secret },
    });
    assert.equal(service!.locate!(["spec", "a"]), "a.yaml:7");
  });
});
