import assert from "node:assert/strict";
import { fromYaml } from "../../../policies/sources/yaml";

const head = "apiVersion: v1\nkind: Service\n";

/** Keys that stand twice in a text, each with its place, and `=` where the values are the same. */
function repeated(text: string): string[] {
  return fromYaml(text, "a.yaml").resources.flatMap(({ repeated = [], locate }) =>
    repeated.map(({ path, isSame }) => `${path.join(".")}${isSame ? "=" : ""} ${locate!(path)}`),
  );
}

describe("keys that stand twice", () => {
  for (const [name, text, expected] of [
    ["in a map", `${head}spec:\n  type: ClusterIP\n  ports: []\n  type: NodePort\n`, ["spec.type a.yaml:6"]],
    ["with the same value", `${head}spec:\n  type: NodePort\n  type: NodePort\n`, ["spec.type= a.yaml:5"]],
    ["in braces", `${head}spec: {type: NodePort, type: NodePort, type: ClusterIP}\n`, ["spec.type a.yaml:3"]],
    [
      "in an entry of a list",
      `${head}spec:\n  ports:\n    - port: 80\n      port: 81\n`,
      ["spec.ports.0.port a.yaml:6"],
    ],
    ["in text that only a whole parser reads", `${head}spec: {"a b": 1, "a b": 2}\n`, ["spec.a b a.yaml:3"]],
    ["at the top", `${head}spec: {a: 1}\nspec: {b: 1}\n`, ["spec a.yaml:4"]],
    ["by the name of what every object has", `${head}constructor: 1\nconstructor: 2\n`, ["constructor a.yaml:4"]],
  ] as const)
    it(`are known ${name}`, () => assert.deepEqual(repeated(text), expected));

  it("are known in each object of a list", () => {
    const items = ["a", "b"].map(
      (name) => `  - apiVersion: v1\n    kind: Service\n    metadata: {name: ${name}, name: c}\n`,
    );
    assert.deepEqual(repeated(`apiVersion: v1\nkind: List\nitems:\n${items.join("")}`), [
      "metadata.name a.yaml:6",
      "metadata.name a.yaml:9",
    ]);
  });

  it("are none where a map takes over another one's", () => {
    const text = `${head}metadata: {annotations: &a {x: "1"}, labels: {x: "2", <<: *a}}\nspec: {<<: *a, x: "3"}\n`;
    assert.deepEqual(repeated(text), []);
  });

  it("are none in other maps, or by the name of what every object has", () => {
    assert.deepEqual(repeated(`${head}toString: 1\nspec: {a: {b: 1}, c: {b: 1}}\n`), []);
  });
});
