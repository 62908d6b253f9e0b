import { aws } from "../components/settings/aws/schema";
import { sectionSchemas, type JsonSchema } from "./stack-schema";

/** The settings reference as Markdown: a section for each key of the stack file, a row for each key below it. */
export function settingsReference(): string {
  const chapters = Object.entries(sectionSchemas()).map(([key, schema]) => {
    const rows = rowsOf("", schema).map(
      ({ path, type, fallback, description }) => `| ${path} | ${type} | ${fallback} | ${description} |`,
    );
    return [
      `## ${key}`,
      schema.description ?? "",
      ["| key | type | default | what |", "| --- | --- | --- | --- |", ...rows].join("\n"),
    ]
      .filter(Boolean)
      .join("\n\n");
  });
  return `${[introduction, ...chapters].join("\n\n")}\n`;
}

const introduction = `# Settings

Every key of a stack file (\`Pulumi.STACK.yaml\`), generated from the schemas that check it: \`npm run generate\`.
\`NAME\` stands for a name of yours, \`[]\` for each entry of a list. A key without a default may be left out unless it
is marked as required. Durations and sizes are strings in Istio's and Kubernetes' syntax: \`10s\`, \`500m\`, \`256Mi\`.

An editor with a YAML language server completes and checks these keys if the file begins with
\`# yaml-language-server: $schema=./stack.schema.json\`.

## aws

\`aws:region\` is required. These of the provider's other keys work as in any Pulumi project: ${Object.keys(aws.shape)
  .filter((key) => key !== "region")
  .map((key) => `\`aws:${key}\``)
  .join(", ")}.
Access keys and tokens belong into the environment or a profile, where the kubeconfig finds them, too.`;

interface Row {
  readonly path: string;
  readonly type: string;
  readonly fallback: string;
  readonly description: string;
}

function rowsOf(path: string, schema: JsonSchema): Row[] {
  const properties = Object.entries(schema.properties ?? {});
  const required = schema.required ?? [];
  const named = properties.flatMap(([name, child]) =>
    rowAndBelow(path === "" ? name : `${path}.${name}`, child, required.includes(name)),
  );
  const each =
    typeof schema.additionalProperties === "object" && !schema.properties
      ? rowAndBelow(path === "" ? "NAME" : `${path}.NAME`, schema.additionalProperties, false)
      : [];
  const entries = schema.items ? rowsOf(`${path}[]`, schema.items) : [];
  const forms = (schema.anyOf ?? []).filter(({ properties: own }) => own).flatMap((form) => rowsOf(path, form));
  return [...named, ...each, ...entries, ...forms];
}

function rowAndBelow(path: string, schema: JsonSchema, required: boolean): Row[] {
  const plainName = path.endsWith(".NAME") || path === "NAME";
  const row: Row = {
    path: `\`${path}\``,
    type: cell(typeOf(schema)),
    fallback: required
      ? "required"
      : schema.default === undefined || isEmpty(schema.default)
        ? ""
        : cell(`\`${JSON.stringify(schema.default)}\``),
    description: cell(describe(schema)),
  };
  return [...(plainName && row.description === "" ? [] : [row]), ...rowsOf(path, schema)];
}

function describe({ description = "", examples }: JsonSchema): string {
  const example = examples?.[0];
  return example === undefined
    ? description
    : `${description} E.g. \`${typeof example === "string" ? example : JSON.stringify(example)}\`.`.trim();
}

function typeOf(schema: JsonSchema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum)
    return schema.enum.length > 8
      ? `one of ${schema.enum.length} values`
      : schema.enum.map((value) => `\`${String(value)}\``).join(", ");
  if (schema.anyOf) return schema.anyOf.map(typeOf).join(" or ");
  if (schema.type === "array") return schema.items ? `list of ${typeOf(schema.items)}` : "list";
  if (schema.type === "object") return typeof schema.additionalProperties === "object" ? "map by name" : "map";
  return schema.type === "integer" ? "whole number" : (schema.type ?? "any");
}

function isEmpty(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}

/** Pipes and line breaks would end a table's cell. */
function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}
