import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { readFiles, type Reading } from "../../cli/check/files";
import { unknown } from "../../policies/engine/value";

/** A Service, as short as can be. */
const service = (name: string, namespace?: string) =>
  `apiVersion: v1\nkind: Service\nmetadata: {name: ${name}${namespace === undefined ? "" : `, namespace: ${namespace}`}}\nspec: {ports: [{port: 80}]}\n`;

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 1
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - {name: web, image: "example.com:5000/web:1.0@sha256:0"}
        - {name: side, image: side}
`;

/** What these tests look at in an object. */
interface Shown {
  readonly metadata: Readonly<Record<"labels" | "annotations", unknown>> & {
    readonly name: string;
    readonly namespace?: string;
  };
  readonly spec: { readonly selector: unknown; readonly template: { readonly spec: { readonly containers: unknown } } };
}

describe("files to check", () => {
  let folder: string;

  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "files-"))));
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Reads a folder with these files in it, or some of its paths. */
  function reading(files: Readonly<Record<string, string>>, { paths = ["."], render = false } = {}): Reading {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    return readFiles(paths, { here: folder, render });
  }

  const properties = ({ resources }: Reading) => resources.map((one) => one.properties as unknown as Shown);
  const names = (all: Reading) =>
    properties(all).map(({ metadata: { name, namespace } }) =>
      namespace === undefined ? name : `${namespace}/${name}`,
    );
  const notes = ({ unjudged }: Reading) =>
    unjudged.map(({ rule, resource, reason }) => `${rule} ${resource}: ${reason}`);

  it("are told once where they hold no object, with a limit to their names", () => {
    const one = reading({ "values.yaml": "replicas: 1\n" });
    assert.deepEqual(notes(one), ["FILES values.yaml: it holds no Kubernetes object"]);
    const many = reading(
      Object.fromEntries(Array.from({ length: 8 }, (_, index) => [`v${index}.yaml`, "# nothing\n"])),
    );
    assert.deepEqual(notes(many), [
      "FILES v0.yaml, v1.yaml, v2.yaml, v3.yaml, v4.yaml and 4 more: they hold no Kubernetes object",
    ]);
  });

  describe("of a kustomization", () => {
    it("are those that it lists, under each of its names, in its namespace", () => {
      for (const name of ["kustomization.yaml", "kustomization.yml", "Kustomization"]) {
        const all = reading(
          {
            [`${name}/${name}`]: "namespace: shop\nresources: [a.yaml, more/b.yaml, ns.yaml]\n",
            [`${name}/a.yaml`]: service("a", "elsewhere"),
            [`${name}/more/b.yaml`]: service("b"),
            [`${name}/more/old.yaml`]: service("old"),
            [`${name}/c.yaml`]: service("c"),
            [`${name}/ns.yaml`]: "apiVersion: v1\nkind: Namespace\nmetadata: {name: other}\n",
            [`${name}/beside/d.yaml`]: service("d"),
          },
          { paths: [name] },
        );
        assert.deepEqual(names(all), ["shop/a", "shop/b", "shop", "d"]);
        assert.deepEqual(notes(all), [
          `FILES ${name}/c.yaml and ${name}/more/old.yaml: ${name}/${name} doesn't list them`,
        ]);
        assert.deepEqual(all.resources[0]!.origin, `${name}/`);
        assert.deepEqual(all.resources[1]!.locate!(["spec"]), `${name}/more/b.yaml:4`);
      }
    });

    it("are taken through bases and components, the outermost namespace last", () => {
      const files = {
        "base/kustomization.yaml": "namespace: base\nresources: [a.yaml]\nbases: [deep]\n",
        "base/a.yaml": service("a"),
        "base/deep/kustomization.yml": "resources: [b.yaml]\n",
        "base/deep/b.yaml": service("b"),
        "parts/kustomization.yaml":
          "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [c.yaml]\nlabels: [{pairs: {part: of}}]\n",
        "parts/c.yaml": service("c"),
        "prod/kustomization.yaml": "namespace: prod\nresources: [../base]\ncomponents: [../parts]\n",
      };
      const all = reading(files);
      assert.deepEqual(names(all), ["prod/a", "prod/b", "prod/c"]);
      assert.deepEqual(
        properties(all).map(({ metadata }) => metadata.labels),
        Array(3).fill({ part: "of" }),
      );
      assert.deepEqual([all.unreadable, all.unjudged], [[], []]);
      assert.deepEqual(names(reading({}, { paths: ["prod"] })), ["prod/a", "prod/b", "prod/c"]);
      assert.deepEqual(names(reading({}, { paths: ["base"] })), ["base/a", "base/b"]);
      assert.deepEqual(names(reading({}, { paths: ["base/a.yaml"] })), ["a"]);
      assert.deepEqual(notes(reading({}, { paths: ["parts"] })), [
        "--render parts: it is a component, and no kustomization here lists it",
      ]);
    });

    it("have its labels, annotations, images and replicas where Kustomize puts them", () => {
      const [web, own, rule] = properties(
        reading({
          "kustomization.yaml": `
resources: [all.yaml]
commonLabels: {team: a}
labels: [{pairs: {tier: b}, includeTemplates: true}]
commonAnnotations: {note: c}
images: [{name: "example.com:5000/web", newTag: "2.0"}, {name: side, newName: other/side, digest: "sha256:1"}]
replicas: [{name: web, count: 3}]
`,
          "all.yaml": `${deployment}---\n${service("web")}---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: web}
spec: {selector: {matchLabels: {app: web}}}
`,
        }),
      );
      const annotations = { note: "c" };
      assert.deepEqual(web, {
        apiVersion: "apps/v1",
        kind: "Deployment",
        metadata: { name: "web", labels: { team: "a", tier: "b" }, annotations },
        spec: {
          replicas: 3,
          selector: { matchLabels: { app: "web", team: "a" } },
          template: {
            metadata: { labels: { app: "web", team: "a", tier: "b" }, annotations },
            spec: {
              containers: [
                { name: "web", image: "example.com:5000/web:2.0" },
                { name: "side", image: "other/side@sha256:1" },
              ],
            },
          },
        },
      });
      assert.deepEqual(own!.spec.selector, { team: "a" });
      assert.deepEqual(rule!.spec.selector, { matchLabels: { app: "web" } });
    });

    it("have unknowns where patches may change them, and only there", () => {
      const all = reading({
        "kustomization.yaml": `
resources: [all.yaml]
patchesStrategicMerge: [merge.yaml, "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {type: LoadBalancer}}"]
patches:
  - target: {kind: Deploy.*, name: w.b}
    patch: |-
      - {op: add, path: /metadata/annotations/example.com~1a, value: b}
      - {op: replace, path: /spec/template/spec/containers/1/image, value: c}
      - {op: test, path: /spec/selector, value: d}
  - target: {kind: Service, name: other}
    patch: "{spec: null}"
`,
        "merge.yaml":
          "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, labels: {a: b}}\nspec: {template: {spec: {nodeName: c}}}\n",
        "all.yaml": `${deployment}---\n${service("a")}---\n${service("b")}`,
      });
      const [web, a, b] = properties(all);
      assert.deepEqual(web!.metadata, {
        name: "web",
        labels: { a: unknown },
        annotations: { "example.com/a": unknown },
      });
      assert.deepEqual(web!.spec.template.spec, {
        nodeName: unknown,
        containers: [
          { name: "web", image: "example.com:5000/web:1.0@sha256:0" },
          { name: "side", image: unknown },
        ],
      });
      assert.deepEqual(web!.spec.selector, { matchLabels: { app: "web" } });
      assert.deepEqual(a!.spec, { ports: [{ port: 80 }], type: unknown });
      assert.deepEqual(b!.spec, { ports: [{ port: 80 }] });
      assert.deepEqual(notes(all), [
        "--render .: what its patches change is unknown here (npm run check -- --render .)",
      ]);
    });

    it("are unknown as a list or a whole where a patch may change its length or drop it", () => {
      const [web, a] = properties(
        reading({
          "kustomization.yaml": `
resources: [all.yaml]
patches:
  - {target: {name: web}, patch: '[{op: remove, path: /spec/template/spec/containers/0}]'}
  - {target: {name: a}, patch: '{$patch: delete}'}
`,
          "all.yaml": `${deployment}---\n${service("a")}`,
        }),
      );
      assert.equal(web!.spec.template.spec.containers, unknown);
      assert.deepEqual([a!.metadata, a!.spec], [unknown, unknown]);
    });

    it("have unknowns where replacements and variables stand, in their names, and in what it generates", () => {
      const all = reading({
        "base/kustomization.yaml": "nameprefix: my-\nresources: [b.yaml]\n",
        "base/b.yaml": service("b"),
        "kustomization.yaml": `
resources: [base, all.yaml]
replacements:
  - {source: {kind: ConfigMap, name: x}, targets: [{select: {kind: Deployment}, fieldPaths: ["spec.template.spec.containers.[name=side].image"]}]}
  - path: more.yaml
vars: [{name: HOST, objref: {kind: Service, name: a, apiVersion: v1}}]
configMapGenerator: [{name: x, literals: [a=b]}]
secretGenerator: [{name: other, literals: [a=b], options: {disableNameSuffixHash: true}}]
`,
        "more.yaml":
          "- {source: {kind: Service}, targets: [{select: {kind: Service, name: a}, fieldPaths: [metadata.namespace]}]}\n",
        "all.yaml": `${deployment.replace("1.0@sha256:0", "$(HOST)")}---\n${service("a")}`,
      });
      const [b, web, a, map, secret] = properties(all);
      assert.deepEqual(b!.metadata, { name: unknown });
      assert.deepEqual(web!.spec.template.spec.containers, [
        { name: "web", image: unknown },
        { name: "side", image: unknown },
      ]);
      assert.deepEqual(a!.metadata, { name: "a", namespace: unknown });
      assert.deepEqual(map, { apiVersion: "v1", kind: "ConfigMap", metadata: { name: unknown }, data: unknown });
      assert.deepEqual(secret!.metadata, { name: "other" });
      assert.deepEqual(notes(all), [
        "--render .: what its namePrefix, replacements and vars change is unknown here (npm run check -- --render .)",
      ]);
    });

    it("are unknown as a whole behind transformers, and not all there behind charts and addresses", () => {
      const all = reading({
        "kustomization.yaml":
          "resources: [a.yaml, 'https://example.com/base?ref=v1']\ntransformers: [t.yaml]\nhelmCharts: [{name: web}]\n",
        "a.yaml": service("a"),
        "t.yaml": "kind: Any\n",
      });
      assert.deepEqual(properties(all), [{ apiVersion: "v1", kind: "Service", metadata: unknown, spec: unknown }]);
      assert.deepEqual(all.unread, ["https://example.com/base?ref=v1", "what helmCharts make"]);
      assert.deepEqual(all.unreadable, []);
    });

    it("get no spec behind transformers if their kind has none", () => {
      const all = reading({
        "kustomization.yaml": "resources: [a.yaml]\ntransformers: [t.yaml]\n",
        "a.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: b}\n",
        "t.yaml": "kind: Any\n",
      });
      assert.deepEqual(properties(all), [{ apiVersion: "v1", kind: "ConfigMap", metadata: unknown, data: unknown }]);
    });

    it("are unknown as a whole behind keys that came later", () => {
      const all = reading({ "kustomization.yaml": "resources: [a.yaml]\nmagic: true\n", "a.yaml": service("a") });
      assert.deepEqual(properties(all)[0]!.metadata, unknown);
      assert.deepEqual(notes(all), ["--render .: what its magic change is unknown here (npm run check -- --render .)"]);
    });

    it("are named where they aren't there, go in a circle or can't be read", () => {
      const all = reading({
        "kustomization.yaml":
          "resources: [a.yaml, nowhere.yaml, below, empty, broken.yaml]\npatches: [{path: none.yaml}]\n",
        "a.yaml": service("a"),
        "below/kustomization.yaml": "resources: [..]\n",
        "empty/b.yaml": service("b"),
        "broken.yaml": "a: [\n",
      });
      assert.deepEqual(names(all), ["a", "b"]);
      assert.deepEqual(
        all.unreadable.map(({ place, reason }) => `${place}: ${reason}`),
        [
          "kustomization.yaml: lists nowhere.yaml, which isn't there",
          "below/kustomization.yaml: can't be read: it leads back to .",
          "kustomization.yaml: lists a kustomization in empty, which isn't there",
          "broken.yaml:2: is not YAML: unexpected end of the stream within a flow collection",
          "kustomization.yaml: lists none.yaml, which isn't there",
        ],
      );
    });

    it("are as they stand where the file is another tool's", () => {
      const flux = "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: flux}\n";
      assert.deepEqual(names(reading({ "kustomization.yaml": flux, "a.yaml": service("a") })), ["a", "flux"]);
    });
  });

  describe("rendered", () => {
    const { PATH } = process.env;
    afterEach(() => (process.env.PATH = PATH));

    /** Puts a tool on PATH that prints what it was asked for, as an object. */
    function tool(name: string, script: string): void {
      const bin = join(folder, "bin");
      mkdirSync(bin, { recursive: true });
      writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
      chmodSync(join(bin, name), 0o755);
      process.env.PATH = bin;
    }

    const files = {
      "k/kustomization.yaml": "resources: [a.yaml]\npatches: [{patch: 'kind: X'}]\n",
      "k/a.yaml": service("a"),
    };
    const rendered = () => reading(files, { paths: ["k"], render: true });

    it("are what kustomize says, or else kubectl", () => {
      tool("kubectl", 'echo "{apiVersion: v1, kind: Service, metadata: {name: $1}}"');
      assert.deepEqual(names(rendered()), ["kustomize"]);
      tool("kustomize", 'echo "{apiVersion: v1, kind: Service, metadata: {name: $1}}"');
      const all = rendered();
      assert.deepEqual(names(all), ["build"]);
      assert.deepEqual([all.unjudged, all.resources[0]!.locate!([])], [[], "k (rendered):1"]);
    });

    it("are none where the tool fails, or there is none", () => {
      tool("kustomize", 'echo "Error: no such thing" >&2; exit 1');
      assert.deepEqual(rendered().unreadable, [{ place: "k", reason: "can't be rendered: no such thing" }]);
      process.env.PATH = join(folder, "nothing");
      assert.deepEqual(rendered().unreadable, [
        { place: "k", reason: "can't be rendered: neither kustomize nor kubectl is on PATH." },
      ]);
    });

    it("are never fetched from a network", () => {
      tool("kustomize", "exit 1");
      for (const [more, address] of [
        ["resources: [github.com/example/base?ref=v1]", "github.com/example/base?ref=v1"],
        ["components: ['https://example.com/c']", "https://example.com/c"],
        ["patches: [{path: 'https://example.com/p.yaml'}]", "https://example.com/p.yaml"],
        ["configMapGenerator: [{name: x, files: ['https://example.com/f']}]", "https://example.com/f"],
      ] as const)
        assert.deepEqual(reading({ "k/kustomization.yaml": `${more}\n` }, { paths: ["k"], render: true }).unreadable, [
          {
            place: "k",
            reason: `isn't rendered: it takes ${address} from a network. Put a copy beside it, and list that.`,
          },
        ]);
    });
  });
});
