import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { parse } from "yaml";
import { ask } from "../cli/ask/ask";
import { questionOf } from "../cli/ask/question";
import { askedStack } from "../cli/ask/stack";
import { answerText } from "../cli/ask/text";
import { accessTable } from "../cli/plan/access/table";
import { accessText } from "../cli/plan/access/text";
import { rules } from "../policies/rules";
import { start } from "./cli/support";
import { problemsOf, settingsOf } from "./stack";

const root = join(__dirname, "..");
const documents = [
  "README.md",
  "CHANGELOG.md",
  ...readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" }).map((file) => join("docs", file)),
].filter((file) => file.endsWith(".md"));

function read(file: string): string {
  return readFileSync(join(root, file), "utf8");
}

/** The YAML blocks of a document, parsed. */
function yamlBlocks(file: string): Record<string, unknown>[] {
  return [...read(file).matchAll(/```yaml\n([\s\S]*?)```/g)].map(
    ([, text = ""]) => parse(text) as Record<string, unknown>,
  );
}

describe("the documentation", () => {
  it("shows what npm start prints", function () {
    this.timeout(60_000);
    assert.ok(read("README.md").includes(`$ npm start\n${start([]).stdout}`));
  });

  it("shows who may call whom in its first example of access", () => {
    const text = read("docs/access.md");
    const [first] = yamlBlocks("docs/access.md");
    const table = accessText(accessTable(askedStack(settingsOf(first)))).map((line) => `  ${line}`);
    const shown = stripVTControlCharacters(["```console", "Who may call whom", ...table, "```"].join("\n"));
    assert.ok(text.includes(shown), shown);
  });

  it("has a first stack file without problems", () => {
    const [stack] = yamlBlocks("README.md");
    assert.deepEqual(problemsOf(stack?.config as Record<string, unknown>), []);
  });

  it("has a stack file with two gateways without problems", () => {
    const [stack] = yamlBlocks("docs/gateways.md");
    assert.ok(stack?.["eks-istio:gateways"]);
    assert.deepEqual(problemsOf(stack), []);
  });

  it("has stack files with manifests without problems", () => {
    const stacks = yamlBlocks("docs/manifests.md");
    assert.equal(stacks.length, 2);
    for (const stack of stacks) assert.deepEqual(problemsOf(stack), []);
  });

  it("shows the example that tests run of a program's own resources", () => {
    const [, block = ""] = /```ts\n([\s\S]*?)```/.exec(read("docs/manifests.md")) ?? [];
    assert.ok(block.length > 100 && read("examples/own-resources.ts").endsWith(block));
  });

  it("has applications without problems", () => {
    const blocks = yamlBlocks("docs/routing.md");
    assert.ok(blocks.length >= 3);
    for (const block of blocks) {
      const apps = Object.fromEntries(
        Object.entries(block).map(([name, app]) => [name, { namespace: "shop", port: 8080, ...(app as object) }]),
      );
      assert.deepEqual(problemsOf({ "eks-istio:apps": apps }), []);
    }
  });

  for (const [document, count] of [
    ["docs/access.md", 5],
    ["docs/calls.md", 3],
    ["docs/ask.md", 1],
    ["docs/rate-limits.md", 1],
  ] as const)
    it(`has stack files without problems: ${document}`, () => {
      const blocks = yamlBlocks(document);
      assert.equal(blocks.length, count);
      for (const block of blocks) assert.deepEqual(problemsOf(block), []);
    });

  it("shows what the plan answers when it is asked", () => {
    const [stack] = yamlBlocks("docs/ask.md");
    const asked = askedStack(settingsOf(stack));
    const document = read("docs/ask.md");
    const shown = [...document.matchAll(/\$ npm start -- --ask "(.*?)"(?: --claims '(.*?)')?\n([\s\S]*?)```/g)].map(
      ([, question = "", claims, text = ""]) => ({ answer: ask(asked, questionOf(question, [], claims)), text }),
    );
    assert.equal(shown.length, 4);
    for (const { answer, text } of shown) assert.equal(stripVTControlCharacters(answerText(answer)), text);
    const [, json = ""] = /```json\n([\s\S]*?)```/.exec(document) ?? [];
    assert.deepEqual(JSON.parse(json), shown[1]?.answer.backends[0]?.access);
  });

  it("shows what the plan says of limits when it is asked", () => {
    const [stack] = yamlBlocks("docs/rate-limits.md");
    const asked = ask(askedStack(settingsOf(stack)), questionOf("https://web.example.com/login"));
    const shown = stripVTControlCharacters(answerText(asked));
    assert.ok(read("docs/rate-limits.md").includes(`$ npm start -- --ask "${asked.question}"\n${shown}\`\`\``), shown);
  });

  it("names rules that there are", () => {
    const known = new Set(rules.map(({ id }) => id));
    for (const document of documents) {
      const named = [...read(document).matchAll(/`((?:AWS|K8S|IST)-[A-Z0-9-]+)`/g)].map(([, id = ""]) => id);
      assert.deepEqual(
        named.filter((id) => !known.has(id)),
        [],
        document,
      );
    }
  });

  for (const document of documents) {
    it(`links to what is there: ${document}`, () => {
      const links = [...read(document).matchAll(/\]\((?!https?:)([^)#]*)(#[^)]*)?\)/g)].map(
        ([, target = "", anchor]) => ({ target, anchor }),
      );
      for (const { target, anchor } of links) {
        const file = target === "" ? document : join(dirname(document), target);
        assert.ok(existsSync(join(root, file)), `${target} is not there`);
        if (!anchor) continue;
        const headings = [...read(file).matchAll(/^#+ (.*)$/gm)].map(
          ([, title = ""]) =>
            `#${title
              .toLowerCase()
              .replace(/[^\w -]/g, "")
              .replaceAll(" ", "-")}`,
        );
        assert.ok(headings.includes(anchor), `${file} has no heading ${anchor}`);
      }
    });
  }
});
