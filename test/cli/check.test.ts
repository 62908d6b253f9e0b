import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Evaluation } from "../../policies/engine/evaluate";
import { version } from "../../package.json";
import { root, start, type Outcome } from "./support";

/** In order but for its image, perhaps. */
const pod = (name: string, image: string) => `apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: shop}
spec:
  serviceAccountName: web
  automountServiceAccountToken: false
  securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}
  containers:
    - name: web
      image: ${image}
      resources: {requests: {cpu: 10m, memory: 16Mi}, limits: {memory: 16Mi}}
      securityContext: {allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: {drop: [ALL]}}
`;

describe("npm run check", function () {
  this.timeout(60_000);
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "check-"));
    for (const below of ["bad", "broken", ".hidden"]) mkdirSync(join(folder, below));
    writeFileSync(join(folder, "bad", "pod.yaml"), pod("bad", "nginx"));
    writeFileSync(join(folder, "bad", "values.yaml"), "replicas: 1\n");
    writeFileSync(join(folder, "bad", "records.json"), '{"rating": 5}\n{"rating": 4}\n');
    writeFileSync(join(folder, "good.yml"), pod("good", "nginx:1.29"));
    writeFileSync(join(folder, ".hidden", "pod.yaml"), pod("hidden", "nginx"));
    writeFileSync(join(folder, "broken", "a.yaml"), "a: [\n");
    writeFileSync(join(folder, "broken", "b.yaml"), "a: b\nb: c: d\n");
    writeFileSync(
      join(folder, "config.json"),
      JSON.stringify({ "eks-istio-mandatory": { rules: { "K8S-IMAGE-TAG": "advisory" } } }),
    );
    writeFileSync(join(folder, "typo.json"), JSON.stringify({ "eks-istio": {} }));
  });

  after(() => rmSync(folder, { recursive: true }));

  function check(args: readonly string[], input = ""): Outcome {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, "cli", "check.cjs"), ...args], {
      cwd: root,
      env: { ...process.env, INIT_CWD: folder, NO_COLOR: "1" },
      encoding: "utf8",
      input,
    });
    return { status, stdout, stderr };
  }

  it("tells findings with file and line, below the folder that the user stands in, and exits 1", () => {
    assert.deepEqual(check(["bad", "good.yml"]), {
      status: 1,
      stdout:
        'mandatory: K8S-IMAGE-TAG  bad/pod.yaml:10  Pod shop/bad: image "nginx" may be another one tomorrow: a pod that restarts can run another version than its neighbours. Write the version you tested, e.g. "nginx:1.2.3", or a digest.\nFILES  bad/values.yaml could not be judged because it holds no Kubernetes object.\n2 objects, 1 mandatory and 0 advisory findings.\n',
      stderr: "",
    });
  });

  it("shows its version", () => {
    assert.deepEqual(check(["--version"]), { status: 0, stdout: `${version}\n`, stderr: "" });
  });

  it("exits 0 where nothing mandatory is found", () => {
    assert.deepEqual(check(["good.yml"]), {
      status: 0,
      stdout: "1 object, 0 mandatory and 0 advisory findings.\n",
      stderr: "",
    });
    assert.equal(check(["bad", "--policy-config", "config.json"]).status, 0);
  });

  for (const [format, start, part] of [
    ["text", "mandatory: K8S-IMAGE-TAG  bad/pod.yaml:10  ", "1 object, 1 mandatory"],
    ["json", "{", '"place": "bad/pod.yaml:10"'],
    ["sarif", "{", '"uri": "bad/pod.yaml"'],
    ["junit", "<?xml ", '<testcase classname="K8S-IMAGE-TAG"'],
    ["github", "::error title=K8S-IMAGE-TAG,file=bad/pod.yaml,line=10::", "::notice title=FILES::"],
  ] as const)
    it(`prints as ${format}, and exits as ever`, () => {
      const { status, stdout, stderr } = check(["bad", "--format", format]);
      assert.deepEqual([status, stderr], [1, ""]);
      assert.ok(stdout.startsWith(start) && stdout.includes(part), stdout);
    });

  it("names the formats that there are", () => {
    const { status, stderr } = check(["bad", "--format", "xml"]);
    assert.equal(status, 2);
    assert.match(stderr, /Allowed choices are text, json, sarif, junit, github/);
  });

  it("reads standard input, and prints one JSON document with --json", () => {
    const { status, stdout } = check(["-", "--json"], pod("bad", "nginx"));
    assert.equal(status, 1);
    const { findings } = JSON.parse(stdout) as Evaluation;
    assert.deepEqual(
      findings.map(({ rule, severity, resource, path, place }) => [rule, severity, resource, path, place]),
      [["K8S-IMAGE-TAG", "mandatory", "Pod shop/bad", "spec.containers[0].image", "(standard input):10"]],
    );
  });

  it("judges a plan's JSON as npm start does", () => {
    const { status, stdout } = check(["-"], start(["--json"]).stdout);
    assert.equal(status, 0);
    assert.match(stdout, /^\d+ objects, 0 mandatory and 0 advisory findings\.$/m);
  });

  it("takes the stack's name from a plan, unless --stack says another", () => {
    const cluster = {
      urn: "urn:pulumi:prod::shop::aws:eks/cluster:Cluster::eks",
      type: "aws:eks/cluster:Cluster",
      name: "eks",
      inputs: {},
      dependencies: [],
    };
    const plan = JSON.stringify({ project: "shop", stack: "prod", resources: [cluster] });
    assert.match(check(["-"], plan).stdout, /^mandatory: AWS-EKS-LOGS {2}eks Cluster eks/m);
    assert.match(check(["-", "--stack", "dev"], plan).stdout, /^advisory: AWS-EKS-LOGS {2}eks Cluster eks/m);
  });

  it("names everything that can't be read, and judges the rest", () => {
    const { status, stdout, stderr } = check([".", "nowhere"]);
    assert.equal(status, 1);
    assert.match(
      stdout,
      /^mandatory: K8S-IMAGE-TAG {2}bad\/pod\.yaml:10 [^]*\n2 objects, 1 mandatory and 0 advisory findings\.\n$/,
    );
    assert.deepEqual(
      stderr.split("\n").map((line) => line.split(": ").slice(0, 2).join(": ")),
      [
        "3 errors. What could be read was judged.",
        "",
        "  broken/a.yaml:2: is not YAML",
        "  broken/b.yaml:2: is not YAML",
        "  nowhere: can't be read",
        "",
      ],
    );
  });

  it("exits 2 where nothing mandatory is found beside what can't be read, and lists that in JSON", () => {
    const { status, stdout } = check(["good.yml", "broken/b.yaml", "nowhere", "--json"]);
    assert.equal(status, 2);
    const { findings, unreadable } = JSON.parse(stdout) as Evaluation & { unreadable: unknown };
    assert.deepEqual(findings, []);
    assert.deepEqual(unreadable, [
      { place: "broken/b.yaml:2", reason: "is not YAML: bad indentation of a mapping entry" },
      { place: "nowhere", reason: "can't be read: there is no such file" },
    ]);
    assert.match(check(["good.yml", "nowhere"]).stdout, /^1 object, 0 mandatory/m);
  });

  it("says of a chart, and of a template, that somebody has to render it", () => {
    const chart = join(folder, "chart");
    mkdirSync(join(chart, "web", "templates"), { recursive: true });
    writeFileSync(join(chart, "pod.yaml"), pod("good", "nginx:1.29"));
    writeFileSync(join(chart, "web", "Chart.yaml"), "apiVersion: v2\nname: web\nversion: 1.0.0\n");
    writeFileSync(join(chart, "web", "templates", "pod.yaml"), "{{- if .Values.web }}\nkind: Pod\n{{- end }}\n");
    assert.deepEqual(check(["chart"]), {
      status: 0,
      stdout:
        "--render  chart/web could not be judged because it is a Helm chart (helm template NAME chart/web | npm run check -- -).\n1 object, 0 mandatory and 0 advisory findings.\n",
      stderr: "",
    });
    assert.match(
      check(["chart/web/templates/pod.yaml"]).stderr,
      /pod\.yaml:1: is a template, to be rendered first: helm template NAME CHART \| npm run check -- -\n$/,
    );
    rmSync(chart, { recursive: true });
  });

  it("says nothing of its own libraries' about YAML within YAML", () => {
    const annotations = '{proxy.istio.io/config: "{{a: b}: c}", inject.istio.io/templates: "{{ x }}"}';
    const text = pod("odd", "nginx:1.29").replace("namespace: shop}", `namespace: shop, annotations: ${annotations}}`);
    const { stdout, stderr } = check(["-"], text);
    assert.match(stdout, /^1 object, /m);
    assert.equal(stderr, "");
  });

  it("takes what a kustomization lists, and says what it can't know of it", () => {
    const base = join(folder, "base");
    mkdirSync(base);
    writeFileSync(join(base, "pod.yaml"), pod("good", "nginx:1.29"));
    writeFileSync(join(base, "old.yaml"), pod("old", "nginx"));
    writeFileSync(
      join(base, "patch.yaml"),
      "apiVersion: v1\nkind: Pod\nmetadata: {name: other}\nspec: {hostNetwork: true}\n",
    );
    writeFileSync(join(base, "kustomization.yaml"), "resources: [pod.yaml]\npatches: [{path: patch.yaml}]\n");
    assert.deepEqual(check(["base"]), {
      status: 0,
      stdout: [
        "--render  base could not be judged because what its patches change is unknown here (npm run check -- --render base).",
        "FILES  base/old.yaml could not be judged because base/kustomization.yaml doesn't list it.",
        "1 object, 0 mandatory and 0 advisory findings.\n",
      ].join("\n"),
      stderr: "",
    });
    writeFileSync(join(base, "kustomization.yaml"), "resources: [\n");
    assert.match(check(["base"]).stderr, /kustomization\.yaml:2: is not YAML/);
    rmSync(base, { recursive: true });
  });

  it("counts nothing as missing that may be in a chart beside it", () => {
    const mixed = join(folder, "mixed");
    mkdirSync(join(mixed, "chart"), { recursive: true });
    writeFileSync(join(mixed, "chart", "Chart.yaml"), "apiVersion: v2\nname: web\nversion: 1.0.0\n");
    const route =
      "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: cart, namespace: shop}\nspec: {hosts: [cart], http: [{route: [{destination: {host: cart}}]}]}\n";
    const service =
      "apiVersion: v1\nkind: Service\nmetadata: {name: other, namespace: shop}\nspec: {ports: [{name: http, port: 80}]}\n";
    writeFileSync(join(mixed, "mesh.yaml"), `${service}---\n${route}`);
    const { status, stdout } = check(["mixed"]);
    assert.equal(status, 0);
    assert.match(
      stdout,
      /^IST-ROUTE-DESTINATION {2}VirtualService shop\/cart could not be judged because mixed\/chart may hold Service shop\/cart, and isn't read\.$/m,
    );
    assert.match(check(["mixed/mesh.yaml"]).stdout, /^mandatory: IST-ROUTE-DESTINATION {2}mixed\/mesh\.yaml:9/m);
    rmSync(mixed, { recursive: true });
  });

  it("exits 2 on a mistake in the configuration or the command", () => {
    const { status, stderr } = check(["good.yml", "--policy-config", "typo.json"]);
    assert.equal(status, 2);
    assert.match(
      stderr,
      /typo\.json has 1 problem\.\n\n {2}eks-istio is no policy\. Write eks-istio-mandatory, eks-istio-advisory or all\./,
    );
    assert.equal(check([]).status, 2);
    assert.match(check(["bad/records.json"]).stderr, /bad\/records\.json:2: is not YAML/);
    assert.equal(check(["--help"]).status, 0);
  });
});

describe("npm start with policies", function () {
  this.timeout(60_000);

  it("shows findings and exits 1 on a mandatory one, with the levels of a configuration file", () => {
    const folder = mkdtempSync(join(tmpdir(), "policies-"));
    try {
      // The sample is in order: an expired exemption is a finding of its own.
      const config = (level: string) => {
        const exempt = [{ resource: "Pod a/b", reason: "until it moves", expires: "2021-01-31" }];
        const file = join(folder, `${level}.json`);
        writeFileSync(
          file,
          JSON.stringify({ "eks-istio-advisory": { enforcementLevel: level, rules: { "K8S-IMAGE-TAG": { exempt } } } }),
        );
        return file;
      };
      const advisory = start(["--policy-config", config("advisory")]);
      assert.equal(advisory.status, 0);
      assert.match(
        advisory.stdout,
        /\nFindings\n {2}advisory: EXEMPTION-EXPIRED {2}Pod a\/b: its exemption from K8S-IMAGE-TAG ended/,
      );
      const mandatory = start(["--policy-config", config("mandatory")]);
      assert.equal(mandatory.status, 1);
      assert.match(mandatory.stdout, /\nFindings\n {2}mandatory: EXEMPTION-EXPIRED {2}Pod a\/b/);
      assert.match(
        start(["--policy-config", config("disabled")]).stdout,
        /\nFindings\n {2}None: every policy is kept\./,
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
