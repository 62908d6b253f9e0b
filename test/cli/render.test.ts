import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import type { Plan } from "../../cli/plan/plan";
import { start } from "./support";

describe("npm start -- --render", function () {
  this.timeout(60_000);
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "helm-"));
    mkdirSync(join(folder, "bin"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Runs it with a program in the place of Helm, which finds its first chart's arguments and values in files. */
  function rendered(helm: string, ...args: readonly string[]) {
    writeFileSync(join(folder, "bin", "helm"), `#!/bin/sh\n[ "$1" = version ] && exit 0\n${helm}\n`, { mode: 0o755 });
    const PATH = [join(folder, "bin"), process.env.PATH].join(delimiter);
    return start(["--render", ...args], { env: { PATH, OUT: folder } });
  }

  const deployment = (image: string) =>
    JSON.stringify({
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name: "from-a-chart" },
      spec: { template: { spec: { containers: [{ name: "c", image }] } } },
    });

  it("judges what charts make, in their release's namespace", () => {
    const { status, stdout } = rendered(`[ "$2" = istiod ] && echo '${deployment("istiod:latest")}'; exit 0`, "--json");
    const { findings } = JSON.parse(stdout) as Plan;
    const own = findings.filter(({ resource }) => resource === "Deployment istio-system/from-a-chart");
    assert.ok(
      own.some(({ rule, place }) => rule === "K8S-IMAGE-TAG" && place?.startsWith("Release istio-system/istiod:")),
    );
    assert.equal(status, 1);
  });

  it("takes the plan's word for an unknown for what it is", () => {
    const { stdout } = rendered(`[ "$2" = istiod ] && echo '${deployment("[unknown]")}'; exit 0`, "--json");
    const { findings, unjudged } = JSON.parse(stdout) as Plan;
    assert.ok(!findings.some(({ rule }) => rule === "K8S-IMAGE-TAG"));
    assert.ok(unjudged.some(({ rule, resource }) => rule === "K8S-IMAGE-TAG" && resource.includes("from-a-chart")));
  });

  it("asks Helm for the release's chart, version, namespace and values", () => {
    rendered(`[ "$2" = istiod ] && { echo "$@" > $OUT/args; for last; do :; done; cp "$last" $OUT/values; }; exit 0`);
    assert.match(
      readFileSync(join(folder, "args"), "utf8"),
      /^template istiod istiod --repo https:\/\/\S+\/charts --version 1\.\d+\.\d+ --namespace istio-system --values /,
    );
    const values = JSON.parse(readFileSync(join(folder, "values"), "utf8")) as { readonly autoscaleMin: number };
    assert.equal(values.autoscaleMin, 2);
  });

  it("says which charts can't be had, and judges the rest", () => {
    const { status, stdout } = rendered(`echo 'warning' >&2; echo 'Error: no such host' >&2; [ "$2" != istiod ]`);
    assert.equal(status, 0, stdout);
    const lines = stdout.split("\n");
    assert.ok(
      lines.includes("  The objects of Release istio-system/istiod: its chart can't be rendered: no such host"),
    );
    assert.ok(!stdout.includes("The objects of Helm charts"));
  });

  it("says in one line that Helm is missing", () => {
    const { status, stdout, stderr } = start(["--render"], { env: { PATH: join(folder, "bin") } });
    assert.deepEqual([status, stdout], [1, ""]);
    assert.equal(
      stderr,
      "--render needs Helm 3 or later on PATH: see https://helm.sh/docs/intro/install, or leave --render out.\n",
    );
  });
});
