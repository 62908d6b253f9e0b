import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { samplePath } from "../samples";

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string | number>>;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Workflow {
  readonly on: unknown;
  readonly permissions: unknown;
  readonly jobs: Readonly<
    Record<string, { readonly if?: string; readonly permissions: unknown; readonly steps: readonly Step[] }>
  >;
}

const root = join(__dirname, "..", "..");
const folder = join(root, ".github", "workflows");
const workflows = readdirSync(folder).map((file) => {
  const text = readFileSync(join(folder, file), "utf8");
  return { file, text, workflow: parse(text) as Workflow };
});

describe("every workflow", () => {
  for (const { file, text, workflow } of workflows) {
    const jobs = Object.entries(workflow.jobs);

    it(`${file} pins each action by its digest, and says which version that is`, () => {
      const uses = text.split("\n").filter((line) => /^\s*(- )?uses:/.test(line));
      assert.ok(uses.length > 0);
      for (const line of uses) assert.match(line, /uses: [\w.-]+\/[\w.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    });

    it(`${file} grants nothing but to the job that needs it`, () => {
      assert.deepEqual(workflow.permissions, {});
      for (const [name, { permissions }] of jobs) assert.equal(typeof permissions, "object", name);
    });

    it(`${file} leaves no token in a checkout`, () => {
      const checkouts = jobs.flatMap(([, { steps }]) =>
        steps.filter(({ uses }) => uses?.startsWith("actions/checkout@")),
      );
      assert.ok(checkouts.length > 0);
      for (const checkout of checkouts) assert.equal(checkout.with?.["persist-credentials"], false);
    });
  }
});

describe("the workflow of pull requests", () => {
  const { workflow } = workflows.find(({ file }) => file === "preview.yml")!;
  const { plan, preview } = workflow.jobs;

  it("begins with pull requests, without the secrets that pull_request_target would give to a fork", () =>
    assert.equal(workflow.on, "pull_request"));

  it("plans without a secret, a variable or a right to write", () => {
    assert.deepEqual(plan?.permissions, { contents: "read" });
    assert.doesNotMatch(JSON.stringify(plan), /secrets\.|vars\.|id-token/);
  });

  it("asks for an account only where the repository names a role, and never for a fork", () =>
    assert.equal(
      preview?.if,
      "vars.PREVIEW_ROLE != '' && github.event.pull_request.head.repo.full_name == github.repository",
    ));

  it("previews with the policies, in one comment that is edited", () => {
    const pulumi = preview?.steps.find(({ uses }) => uses?.startsWith("pulumi/actions@"));
    const { command, policyPacks, "comment-on-pr": comment, "edit-pr-comment": edit } = pulumi?.with ?? {};
    assert.deepEqual(
      { command, policyPacks, comment, edit },
      { command: "preview", policyPacks: "policies", comment: true, edit: true },
    );
  });

  describe("in its plan", () => {
    let work: string;
    /** This checkout, with the sample as its stack. */
    let checkout: string;
    beforeEach(() => {
      work = mkdtempSync(join(tmpdir(), "summary-"));
      checkout = join(work, "checkout");
      mkdirSync(checkout);
      for (const name of readdirSync(root).filter((each) => !/^Pulumi\..+\.yaml$/.test(each)))
        symlinkSync(join(root, name), join(checkout, name));
      cpSync(samplePath("dev"), join(checkout, "Pulumi.dev.yaml"));
    });
    afterEach(() => rmSync(work, { recursive: true }));

    /** Runs the step as a runner with colours does, but for the folder that its plan.txt would be written to. */
    function step(stack: string) {
      const { run: script = "", env: own } = plan?.steps.find(({ run }) => run !== undefined) ?? {};
      const summary = join(work, "summary.md");
      const variables = Object.entries({ ...own, STACK: stack, GITHUB_STEP_SUMMARY: summary, FORCE_COLOR: 1 });
      const env = { ...process.env, ...Object.fromEntries(variables.map(([name, value]) => [name, String(value)])) };
      const { status, stdout } = spawnSync(
        "bash",
        ["-e", "-c", script.replaceAll("plan.txt", join(work, "plan.txt"))],
        {
          cwd: checkout,
          env,
          encoding: "utf8",
        },
      );
      return { status, stdout, summary: readFileSync(summary, "utf8") };
    }

    it("shows the same in the log and in the summary", function () {
      this.timeout(60_000);
      const { status, stdout, summary } = step("dev");
      assert.equal(status, 0, stdout);
      const [, token, text = ""] = /^::stop-commands::([0-9a-f]{32})\n(.*)::\1::\n$/s.exec(stdout) ?? [];
      assert.ok(token, stdout);
      assert.match(text, /^Plan of the stack dev in ap-northeast-2/);
      assert.equal(summary, `### dev\n\n~~~~text\n${text}\n~~~~\n`);
    });

    it("fences in a text that has fences", function () {
      this.timeout(60_000);
      const name = "no~~~~~~such";
      const { stdout, summary } = step(name);
      assert.ok(stdout.includes(name), stdout);
      assert.ok(summary.startsWith(`### ${name}\n\n~~~~~~~text\n`) && summary.endsWith("\n~~~~~~~\n"), summary);
    });

    it("fails for a stack that has no plan, and says why in the summary as well", function () {
      this.timeout(60_000);
      const { status, summary } = step("nobody");
      assert.equal(status, 1);
      assert.match(summary, /Pulumi\.nobody\.yaml/);
    });
  });
});
