import fc from "fast-check";
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { github } from "../../../cli/check/formats/github";
import { json } from "../../../cli/check/formats/json";
import { junit } from "../../../cli/check/formats/junit";
import { sarif } from "../../../cli/check/formats/sarif";
import { text as textFormat } from "../../../cli/check/formats/text";
import { readFiles } from "../../../cli/check/files";
import { exitStatus, obstacles, reportOf } from "../../../cli/check/report";
import { judge } from "../../../policies/judge";
import { rules } from "../../../policies/rules";
import { shop } from "../../policies/shop";
import { sampleConfig } from "../../samples";
import { bounded } from "./bounded";
import { hostile } from "./documents";
import { objects } from "./objects";
import { assertPlain, assertSecret } from "./plain-text";
import { controls, mark } from "./texts";

/** Something in a folder. */
type Entry =
  | { readonly kind: "file"; readonly path: string; readonly content: string; readonly encoding?: Encoding }
  | { readonly kind: "link"; readonly path: string; readonly to: string }
  | { readonly kind: "pipe"; readonly path: string }
  | { readonly kind: "folder"; readonly path: string };

type Encoding = "utf8" | "utf16le" | "utf16be" | "latin1";

/** A folder that is to be checked. */
export type CheckInput = readonly Entry[];

const control = fc.constantFrom(...controls.filter((one) => one !== "\0"));

/** Without halves of characters, which no file has. */
function wellFormed(all: string): string {
  return all.replace(/\p{Surrogate}/gu, "\u{fffd}");
}

/** Below the folder; a NUL or a slash is in no name. */
const path = fc
  .tuple(
    fc.constantFrom("", "", "", "base/", "chart/", "own\u202e/", "c/", "a b/"),
    fc.oneof({ weight: 3, arbitrary: fc.constantFrom("a", "b", "kustomization", "Pulumi.dev", "plan") }, control),
    fc.constantFrom(".yaml", ".yaml", ".yaml", ".yml", ".json", ""),
  )
  .map((parts) => wellFormed(parts.join("")));

/** An object with others beside it, most of them hostile, in one file. */
const documents: fc.Arbitrary<string> = fc
  .tuple(
    fc.array(fc.constantFrom(...objects).chain(hostile), { minLength: 1, maxLength: 3 }),
    fc.constantFrom("", `\n---\n${shop}`, `\n---\n${shop}`),
  )
  .map(([all, sound]) => all.join("\n---\n") + sound);

const content: fc.Arbitrary<string> = fc.oneof(
  { weight: 8, arbitrary: documents },
  { weight: 1, arbitrary: hostile({ config: sampleConfig("dev") }) },
  {
    weight: 1,
    arbitrary: hostile({
      project: "eks-istio",
      stack: "dev",
      resources: [
        { urn: "urn:a", type: "kubernetes:core/v1:Service", name: "web", inputs: objects[1], dependencies: ["urn:b"] },
        { urn: "urn:b", type: "aws:eks/addon:Addon", name: "a", inputs: { addonName: "vpc-cni" }, dependencies: [] },
      ],
      manifests: [],
      releases: [],
    }),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      "",
      "\n",
      "---\n---\n",
      "# nothing\n",
      "null\n",
      "hello\n",
      "[]",
      "{}",
      "{{ .Values.a }}\n",
      "apiVersion: v1\nkind: Service\nmetadata: {name: {{ .Release.Name }}}\n",
      "\0",
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: "\\0\\u202e"}\n',
      `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: ${"x".repeat(300_000)}}\n`,
      `apiVersion: v1\nkind: List\nitems:\n${"- {apiVersion: v1, kind: Service, metadata: {name: a, namespace: shop}, spec: {ports: [{port: 80}]}}\n".repeat(500)}`,
      "---\napiVersion: v1\nkind: ServiceAccount\nmetadata: {name: a}\n".repeat(500),
    ),
  },
);

const entry: fc.Arbitrary<Entry> = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({
      kind: fc.constant("file" as const),
      path,
      content,
      encoding: fc.oneof(
        { weight: 8, arbitrary: fc.constant<Encoding>("utf8") },
        { weight: 1, arbitrary: fc.constantFrom<Encoding>("utf16le", "utf16be", "latin1") },
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("link" as const),
      path,
      to: fc.constantFrom(
        "nowhere",
        ".",
        "..",
        "a.yaml",
        "base",
        "/dev/zero",
        "/dev/null",
        "/proc/self/environ",
        "\u202e",
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("folder" as const), path }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("pipe" as const), path }) },
);

/** A folder of files that somebody with bad intent had in hands. */
export const checkInput: fc.Arbitrary<CheckInput> = fc
  .tuple(
    path.chain((first) => content.map((text): Entry => ({ kind: "file", path: first, content: text }))),
    fc.array(entry, { maxLength: 3 }),
  )
  .map(([first, others]) => [first, ...others]);

/** Fails unless `npm run check` answers in plain text, and no rule fails. */
export function assertChecked(folder: string, entries: CheckInput): 0 | 1 | 2 {
  const written = entries.filter((one) => isWritten(folder, one));
  return bounded(() => {
    const { resources, unread, stack, ...reading } = readFiles(["."], { here: folder });
    const evaluation = judge(resources, { unread, ...(stack !== undefined && { stack }) });
    assert.deepEqual(
      evaluation.unjudged.filter(({ defect }) => defect),
      [],
    );
    const report = reportOf({ ...reading, resources }, evaluation, rules);
    for (const format of [textFormat, json, sarif, junit, github]) {
      const output = format(report) + obstacles(report);
      assertPlain(output);
      assertSecret(
        output,
        written.map((one) => (one.kind === "file" ? one.content : "")),
        [mark],
      );
    }
    return exitStatus(report);
  });
}

/** Puts an entry into a folder, unless what stands there already leaves it no room. */
function isWritten(folder: string, one: Entry): boolean {
  const at = join(folder, one.path);
  try {
    mkdirSync(dirname(at), { recursive: true });
    if (one.kind === "folder") mkdirSync(at);
    else if (one.kind === "link") symlinkSync(one.to, at);
    else if (one.kind === "pipe") execFileSync("mkfifo", [at], { stdio: "ignore" });
    else writeFileSync(at, bytes(one), { flag: "wx" });
    return true;
  } catch {
    return false;
  }
}

function bytes({ content: written, encoding = "utf8" }: Extract<Entry, { readonly kind: "file" }>): Buffer {
  const all = encoding === "utf8" ? wellFormed(written) : `\ufeff${written}`;
  return encoding === "utf16be" ? Buffer.from(all, "utf16le").swap16() : Buffer.from(all, encoding);
}
