import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { sectionSchemas, type JsonSchema } from "../scripts/stack-schema";
import { allCases } from "./policies/cases";

const root = join(__dirname, "..");
const schemas = sectionSchemas();
const sections = Object.keys(schemas).map((key) => key.slice("eks-istio:".length));

/** A key with its section, as messages and documents quote it; `gateway` was a section once. */
const quoted = new RegExp(
  `(?<![\\w.$/:@-])(?:eks-istio:)?((?:${sections.join("|")}|gateway)(?:\\[\\w*\\]|\\.[\\w-]+)+)`,
  "g",
);

/** What looks like a key, and is none: files, a domain, and API groups. */
const others = new Set([
  "apps.schema.json",
  "external.lab.ts",
  "cluster.local",
  "gateway.networking.k8s.io",
  "gateway.istio.io",
  "gateway.k8s.aws",
]);

function keysIn(text: string): string[] {
  return [...text.matchAll(quoted)].flatMap(([, key = ""]) => (others.has(key) ? [] : [key]));
}

/** Whether a stack file may have such a key. A map's names and a list's places may be anything. */
function exists(key: string): boolean {
  const [section = "", ...rest] = key.split(/[.[]/).map((part) => part.replace("]", ""));
  const schema = schemas[`eks-istio:${section}`];
  return schema !== undefined && leads(schema, rest);
}

function leads(schema: JsonSchema, [part, ...rest]: readonly string[]): boolean {
  if (part === undefined) return true;
  const own = schema.properties?.[part];
  if (own) return leads(own, rest);
  const { properties = {}, additionalProperties: each, items, anyOf = [] } = schema;
  // Put in by the program: one of these keys.
  if (/^(NAME)+$/.test(part) && Object.values(properties).some((child) => leads(child, rest))) return true;
  if (!schema.properties && typeof each === "object" && leads(each, rest)) return true;
  return (items !== undefined && leads(items, rest)) || anyOf.some((form) => leads(form, [part, ...rest]));
}

function files(folder: string, ending: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(ending))
    .map((file) => join(folder, file));
}

/** The texts in a source file; what is put into one stands as NAME. */
function literals(file: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) found.push(node.text);
    else if (ts.isTemplateExpression(node))
      found.push([node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join("NAME"));
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, readFileSync(join(root, file), "utf8"), ts.ScriptTarget.Latest));
  return found;
}

/** What stands between backticks in a document, on one line. */
function codes(file: string): string[] {
  return [...readFileSync(join(root, file), "utf8").matchAll(/`([^`\n]+)`/g)].map(([, code = ""]) => code);
}

function missing(texts: readonly string[]): string[] {
  return [...new Set(texts.flatMap(keysIn))].filter((key) => !exists(key)).sort();
}

describe("a key of the stack file that is quoted", () => {
  it("is found in texts, and told from what looks like it", () => {
    assert.deepEqual(
      keysIn(
        "Set gateways.NAME.scheme, or domain.additional[0].name (apps.web.hosts[]); not a.svc.cluster.local, spec.mesh.x or cluster.local/ns.",
      ),
      ["gateways.NAME.scheme", "domain.additional[0].name", "apps.web.hosts[]"],
    );
    assert.deepEqual(
      ["gateways.any.scheme", "domain.additional[].gateway", "apps.NAME.hosts[1].host", "tags.team"].map(exists),
      [true, true, true, true],
    );
    assert.deepEqual(
      ["gateway.scheme", "gateways.scheme.x", "domain.gateways", "apps.NAME.hots", "mesh.mtls.modes"].map(exists),
      [false, false, false, false, false],
    );
  });

  it("exists, where a rule's cases have it", () => {
    const finds = allCases.flatMap(({ breaks }) => Object.values(breaks).flatMap((breaking) => breaking.finds));
    assert.ok(finds.flatMap(keysIn).length > 20);
    assert.deepEqual(missing(finds), []);
  });

  for (const folder of ["components", "policies", "cli"])
    it(`exists, where a text in ${folder} has it`, () => {
      assert.deepEqual(missing(files(folder, ".ts").flatMap(literals)), []);
    });

  it("exists, where a document has it", () => {
    const documents = ["README.md", "CHANGELOG.md", ...files("docs", ".md")];
    assert.ok(documents.flatMap(codes).flatMap(keysIn).length > 20);
    assert.deepEqual(missing(documents.flatMap(codes)), []);
  });
});
