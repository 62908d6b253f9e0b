import assert from "node:assert/strict";
import { fromYaml } from "../../../policies/sources/yaml";

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

  it("name every place that is no YAML", () => {
    const { errors } = fromYaml("a: [\n---\nb: c: d\n---\nc: *nowhere\n", "bad.yaml");
    assert.deepEqual(
      errors.map((error) => error.split(": ").slice(0, 2)),
      [
        ["bad.yaml:2", "is not YAML"],
        ["bad.yaml:3", "is not YAML"],
        ["bad.yaml:4", "can't be read"],
      ],
    );
  });

  it("refuse aliases that multiply", () => {
    const levels = Array.from(
      { length: 8 },
      (_, level) => `l${level + 1}: &l${level + 1} [${Array(9).fill(`*l${level}`).join(", ")}]`,
    );
    const { errors } = fromYaml(["l0: &l0 [x]", ...levels].join("\n"), "bomb.yaml");
    assert.match(errors.join(), /^bomb\.yaml:1: can't be read: Excessive alias count/);
  });

  it("are a plan's own where the file is one", () => {
    const urn = "urn:pulumi:dev::p::aws:route53/zone:Zone::z";
    const plan = {
      project: "p",
      stack: "dev",
      resources: [{ urn, type: "aws:route53/zone:Zone", name: "z", parent: null, inputs: {}, dependencies: [] }],
    };
    assert.deepEqual(fromYaml(JSON.stringify(plan), "plan.json").resources, [
      { source: "plan", urn, type: "aws:route53/zone:Zone", name: "z", properties: {}, dependencies: [] },
    ]);
  });
});
