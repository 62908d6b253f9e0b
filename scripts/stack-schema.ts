import * as z from "zod";
import { aws } from "../components/settings/aws/schema";
import { sections } from "../components/settings/schema";

/** A JSON Schema as zod writes it, as far as it is read here. */
export interface JsonSchema {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly examples?: readonly unknown[];
  readonly [key: string]: unknown;
}

/** The JSON Schema of each section, by its key in the stack file. */
export function sectionSchemas(): Readonly<Record<string, JsonSchema>> {
  return Object.fromEntries(
    Object.entries(sections).map(([name, schema]) => [`eks-istio:${name}`, jsonSchema(schema)]),
  );
}

function jsonSchema(schema: z.ZodType): JsonSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    target: "draft-7",
    io: "input",
    unrepresentable: "any",
    override: ({ jsonSchema: written }) => {
      delete (written as { renamed?: unknown }).renamed;
      // Forms that a key tells apart are read as any others.
      if (!written.oneOf) return;
      written.anyOf = written.oneOf;
      delete written.oneOf;
    },
  });
  return rest as JsonSchema;
}

/** The JSON Schema of a file of applications, as `appsFrom` names it: what stands below `eks-istio:apps` in a stack file. */
export function appsSchema(): JsonSchema {
  const { default: _, ...schema } = jsonSchema(sections.apps);
  return { $schema: "http://json-schema.org/draft-07/schema#", title: "Applications of eks-istio", ...schema };
}

/** The JSON Schema of a stack file. Keys of other namespaces than ours and `aws` are the engine's. */
export function stackSchema(): JsonSchema {
  const provider = Object.fromEntries(
    Object.entries(aws.shape).map(([name, schema]) => [`aws:${name}`, jsonSchema(schema)]),
  );
  const properties = { ...provider, ...sectionSchemas() };
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "Stack file of eks-istio",
    type: "object",
    properties: {
      config: {
        type: "object",
        properties,
        propertyNames: { anyOf: [{ enum: Object.keys(properties) }, { not: { pattern: "^(eks-istio|aws):" } }] },
        required: ["aws:region", "eks-istio:domain", "eks-istio:cluster"],
      },
    },
    required: ["config"],
  };
}
