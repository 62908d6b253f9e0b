import assert from "node:assert/strict";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import type { Plan } from "../../cli/plan/plan";
import { version } from "../../package.json";
import { samplePath } from "../samples";
import { root, samples, start } from "./support";

describe("npm start", function () {
  this.timeout(60_000);

  describe("on the sample stack", () => {
    it("shows the tree, every URL, names, weights, mutual TLS and charts, and says what it can't know", () => {
      const { status, stdout, stderr } = start([]);
      assert.equal(stderr, "");
      assert.equal(status, 0);
      for (const line of [
        "Plan of the stack dev in ap-northeast-2: 116 resources. Nothing was created, and no account was asked.",
        "   ├─ Network eks-istio-dev-network (29)",
        "  membership   https://membership.example.com",
        "  productpage  https://bookinfo.example.com",
        "  public endpoint   for 203.0.113.0/24",
        "  *.example.com  A  → the gateway's load balancer",
        "  *.example.com, example.com  validated by DNS, 1 record",
        "  reviews.bookinfo.svc.cluster.local  v1 80 %  v2 10 %  v3 10 %",
        "  the whole mesh  STRICT",
        "  istiod                        1.31.1  istio-system   https://blob.istio.io/istio-release/charts/istiod",
        "  The objects of Helm charts; their values are in the plan.",
      ]) {
        assert.ok(stdout.split("\n").includes(line), `no line reads: ${line}\n${stdout}`);
      }
    });

    it("prints one JSON document and nothing else with --json", () => {
      const { status, stdout, stderr } = start(["--json"]);
      assert.deepEqual([status, stderr], [0, ""]);
      const plan = JSON.parse(stdout) as Plan;
      assert.deepEqual(Object.keys(plan), [
        "project",
        "stack",
        "region",
        "resources",
        "manifests",
        "releases",
        "urls",
        "givenCertificates",
        "rendered",
        "findings",
        "unjudged",
      ]);
      assert.equal(plan.stack, "dev");
      assert.deepEqual(plan.urls, {
        membership: ["https://membership.example.com"],
        productpage: ["https://bookinfo.example.com"],
      });
      assert.deepEqual(
        plan.releases.map(({ name, version, namespace }) => [name, version, namespace]),
        [
          ["aws-load-balancer-controller", "3.6.0", "kube-system"],
          ["istio-base", "1.31.1", "istio-system"],
          ["istiod", "1.31.1", "istio-system"],
          ["istio-ingress", "1.31.1", "istio-ingress"],
        ],
      );
    });

    it("gives the same plan twice", () => {
      assert.equal(start(["--json"]).stdout, start(["--json"]).stdout);
    });
  });

  it("plans a stack whose file lies elsewhere, from where the user stands", () => {
    const folder = mkdtempSync(join(tmpdir(), "stack-"));
    try {
      cpSync(samplePath("prod"), join(folder, "shop.yaml"));
      const { status, stdout } = start(["--stack", "live", "--config-file", "shop.yaml"], {
        env: { INIT_CWD: folder },
      });
      assert.equal(status, 0);
      assert.match(stdout, /^Plan of the stack live /);
      assert.match(start(["--config-file", "none.yaml"]).stderr, /none\.yaml has 1 problem/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("plans the hardened stack", () => {
    const { status, stdout } = start(["--stack", "prod"]);
    assert.equal(status, 0);
    assert.match(stdout, /catalog {3}https:\/\/shop\.example\.com\n/);
  });

  describe("colours", () => {
    const escape = "\u001b[";

    it("are off where no terminal is attached", () => {
      assert.ok(!start([]).stdout.includes(escape));
    });

    it("are on where they are asked for", () => {
      assert.ok(start([], { env: { FORCE_COLOR: "1" } }).stdout.includes(escape));
    });

    it("are off with NO_COLOR, whatever else is set", () => {
      assert.ok(!start([], { env: { FORCE_COLOR: "1", NO_COLOR: "1" } }).stdout.includes(escape));
    });
  });

  describe("with --out", () => {
    it("clears away what an earlier plan left, and nothing that somebody else did", () => {
      const folder = mkdtempSync(join(tmpdir(), "plan-"));
      try {
        assert.equal(start(["--out", folder, "--stack", "prod"]).status, 0);
        writeFileSync(join(folder, "values", "mine.yaml"), "");
        assert.ok(existsSync(join(folder, "manifests", "catalog_virtualservice_catalog.ingress.yaml")));
        assert.equal(start(["--out", folder]).status, 0);
        assert.deepEqual(
          [
            existsSync(join(folder, "manifests", "catalog_virtualservice_catalog.ingress.yaml")),
            existsSync(join(folder, "values", "mine.yaml")),
          ],
          [false, true],
        );
      } finally {
        rmSync(folder, { recursive: true });
      }
    });

    it("writes into a folder below the one that the user stands in", () => {
      const folder = mkdtempSync(join(tmpdir(), "plan-"));
      try {
        assert.equal(start(["--out", "mine"], { env: { INIT_CWD: folder } }).status, 0);
        assert.ok(existsSync(join(folder, "mine", "plan.json")));
      } finally {
        rmSync(folder, { recursive: true });
      }
    });

    it("writes every object, every release's values and the plan", () => {
      const folder = mkdtempSync(join(tmpdir(), "plan-"));
      try {
        assert.equal(start(["--out", folder]).status, 0);
        const plan = JSON.parse(readFileSync(join(folder, "plan.json"), "utf8")) as Plan;
        const manifests = readdirSync(join(folder, "manifests")).map(
          (file) => parse(readFileSync(join(folder, "manifests", file), "utf8")) as Plan["manifests"][number],
        );
        const sorted = (objects: readonly unknown[]) => objects.map((object) => JSON.stringify(object)).sort();
        assert.deepEqual(sorted(manifests), sorted(plan.manifests));
        assert.deepEqual(readdirSync(join(folder, "values")).sort(), [
          "aws-load-balancer-controller.yaml",
          "istio-base.yaml",
          "istio-ingress.yaml",
          "istiod.yaml",
        ]);
        assert.deepEqual(
          parse(readFileSync(join(folder, "values", "istiod.yaml"), "utf8")),
          plan.releases.find(({ name }) => name === "istiod")?.values,
        );
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  });

  it("shows its version", () => {
    assert.deepEqual(start(["--version"]), { status: 0, stdout: `${version}\n`, stderr: "" });
  });

  it("says so where --out is a file, before it plans", () => {
    for (const out of ["Pulumi.dev.yaml", "Pulumi.dev.yaml/below"])
      assert.deepEqual(start(["--out", out]), {
        status: 1,
        stdout: "",
        stderr: `--out ${out} is no folder, but a file or below one. Name a folder: it is made if it isn't there.\n`,
      });
  });

  describe("on a mistake", () => {
    let folder: string;

    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), "stack-"));
      cpSync(join(root, "Pulumi.yaml"), join(folder, "Pulumi.yaml"));
    });

    afterEach(() => rmSync(folder, { recursive: true }));

    it("tells every problem on standard error, without a stack trace, prints no plan and exits 1", () => {
      writeFileSync(
        join(folder, "Pulumi.dev.yaml"),
        'config:\n  aws:region: ap-northeast-2\n  eks-istio:domain: {name: example.com}\n  eks-istio:cluster: {version: "1.35", publicAccessCidrs: [0.0.0.0/0]}\n  eks-istio:gatway: {}\n',
      );
      const { status, stdout, stderr } = start(["--json"], { cwd: folder });
      assert.deepEqual([status, stdout], [1, ""]);
      assert.equal(
        stderr,
        [
          "Pulumi.dev.yaml has 2 problems. Nothing was created.",
          "",
          "  Pulumi.dev.yaml:4:60  eks-istio:cluster.publicAccessCidrs[0]",
          '    value  "0.0.0.0/0"',
          "    rule   opens the Kubernetes API to the whole internet",
          '    fix    List the addresses that administrators come from, e.g. "203.0.113.0/24", or leave publicAccessCidrs out for a private endpoint.',
          "",
          "  Pulumi.dev.yaml:5:3  eks-istio:gatway",
          "    value  {}",
          "    rule   is not a known key",
          '    fix    Did you mean "gateways"?',
          "",
        ].join("\n"),
      );
    });

    it("says where YAML breaks off", () => {
      writeFileSync(join(folder, "Pulumi.dev.yaml"), "config:\n  a: [\n");
      const { status, stderr } = start([], { cwd: folder });
      assert.equal(status, 1);
      assert.match(
        stderr,
        /^Pulumi\.dev\.yaml has 1 problem\. Nothing was created\.\n\n {2}Pulumi\.dev\.yaml:3:1 {2}\(YAML\)\n/,
      );
    });

    it("names the lines of a file that lies elsewhere, by its own name", () => {
      writeFileSync(join(folder, "shop.yaml"), "config:\n  aws:region: nowhere\n");
      const { stderr } = start(["--config-file", "shop.yaml"], { cwd: folder });
      assert.match(stderr, /^shop\.yaml has 3 problems/);
      assert.match(stderr, /^ {2}shop\.yaml:2:3 {2}aws:region$/m);
      assert.match(stderr, /^ {2}shop\.yaml:1:1 {2}eks-istio:domain\.name$/m);
    });

    describe("on a runner of GitHub's", () => {
      const hostile = 'config:\n  eks-istio:tags: {team: a}\n"::add-mask::x\\r\\n::error::y,%": 1\n';
      const annotation =
        "::error title=%3A%3Aadd-mask%3A%3Ax\\u{d}\\u{a}%3A%3Aerror%3A%3Ay%2C%25,file=Pulumi.dev.yaml,line=3,col=1::::add-mask::x\\u{d}\\u{a}::error::y,%25 stands beside config, and belongs into it: nobody reads it here.%0AIndent it, with all that belongs to it, by two spaces, like the other keys of config.\n";

      it("annotates the file's lines, and lets nothing through that the file says", () => {
        writeFileSync(join(folder, "Pulumi.dev.yaml"), hostile);
        const env = { GITHUB_ACTIONS: "true", GITHUB_WORKSPACE: folder };
        const { stderr } = start([], { cwd: folder, env });
        assert.deepEqual(
          stderr.split("\n").filter((line) => line.trimStart().startsWith("::")),
          [annotation.trimEnd()],
        );
      });

      it("writes them into a file instead, for a log that is fenced in", () => {
        writeFileSync(join(folder, "Pulumi.dev.yaml"), hostile);
        const env = { GITHUB_ACTIONS: "true", GITHUB_WORKSPACE: folder };
        const { stderr } = start(["--annotations", "notes.txt"], { cwd: folder, env });
        assert.doesNotMatch(stderr, /^\s*::/m);
        assert.equal(readFileSync(join(folder, "notes.txt"), "utf8"), annotation);
      });
    });

    it("names the stack file that is missing", () => {
      const { status, stderr } = start(["--stack", "staging"], { cwd: folder });
      assert.equal(status, 1);
      assert.match(stderr, /^Pulumi\.staging\.yaml has 1 problem/);
      assert.match(stderr, /fix {4}Create it, or name its file with --config-file\.\n$/);
      for (const stack of ["dev", "prod"]) writeFileSync(join(folder, `Pulumi.${stack}.yaml`), "");
      assert.match(
        start(["--stack", "staging"], { cwd: folder }).stderr,
        /fix {4}Create it, or name one that is there: --stack dev, --stack prod\.\n$/,
      );
    });

    it("suggests the option that was meant", () => {
      const { status, stderr } = start(["--jsn"]);
      assert.equal(status, 1);
      assert.match(stderr, /unknown option '--jsn'\n\(Did you mean --json\?\)/);
    });
  });

  it("ends in peace where its reader has read enough", () => {
    const command = `"${process.execPath}" "${join(root, "cli", "start.cjs")}" --json | head -c 10`;
    const { status, stdout, stderr } = spawnSync("bash", ["-o", "pipefail", "-c", command], {
      cwd: samples,
      encoding: "utf8",
    });
    assert.deepEqual([status, stdout, stderr], [0, '{\n  "proje', ""]);
  });

  it("explains its options with --help", () => {
    const { status, stdout } = start(["--help"]);
    assert.equal(status, 0);
    for (const option of ["--stack <name>", "--json", "--out <folder>"]) assert.ok(stdout.includes(option), option);
  });
});
