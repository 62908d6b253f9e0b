import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv, { type ErrorObject, type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";
import { explained, isBranch, reason, unknownField } from "./reasons";
import { strict, type Schema } from "./strict";
import { watched } from "./unread";

/** A validator of the package `kubernetes-models`: Ajv's, compiled ahead of time, without strictness. */
interface Compiled {
  (data: unknown): boolean;
  readonly errors?: readonly ErrorObject[] | null;
}

/** The schemas that `scripts/istio-schemas.ts` writes. */
export const istio = JSON.parse(
  readFileSync(join(__dirname, "..", "..", "policies", "schemas", "istio.json"), "utf8"),
) as {
  readonly istio: string;
  readonly source: string;
  readonly schemas: Readonly<Record<string, Schema>>;
};

const ajv = addFormats(new Ajv({ allErrors: true, strict: false }));
const compiled = new Map<string, ValidateFunction>();

/**
 * What is wrong with a Kubernetes or Istio object, strictly: each unknown field, missing field and wrong value, with
 * its path. Empty for one that the API server takes as it is.
 *
 * It judges what would be sent: fields that are undefined are not there.
 *
 * @example `await violations(manifest)` gives `["spec.http[0].retires: is no field of this object"]`
 */
export async function violations(object: unknown): Promise<string[]> {
  const sent: unknown = JSON.parse(JSON.stringify(object));
  const { apiVersion, kind, metadata } = sent as {
    readonly apiVersion?: unknown;
    readonly kind?: unknown;
    readonly metadata?: unknown;
  };
  if (typeof apiVersion !== "string" || typeof kind !== "string") return ["the object: has no apiVersion and kind"];
  const schema = istio.schemas[`${apiVersion}/${kind}`];
  if (schema)
    return [
      ...istioViolations(`${apiVersion}/${kind}`, schema, sent),
      ...(await kubernetesViolations(objectMeta, metadata, ["metadata"])),
    ];
  const name = schemaName(apiVersion, kind);
  if (!(await load(name))) return [`the object: there is no kind ${kind} in ${apiVersion}`];
  return kubernetesViolations(name, sent);
}

function istioViolations(key: string, schema: Schema, object: unknown): string[] {
  const validate = compiled.get(key) ?? ajv.compile(strict(whole(schema)));
  compiled.set(key, validate);
  return validate(object)
    ? []
    : (validate.errors ?? []).filter((error) => !isBranch(error)).map((error) => explained(error));
}

/** A CRD's schema leaves out what every object has. Metadata has a schema of its own. */
function whole(schema: Schema): Schema {
  return {
    ...schema,
    properties: {
      ...schema.properties,
      apiVersion: { type: "string" },
      kind: { type: "string" },
      metadata: { type: "object" },
    },
    required: ["apiVersion", "kind", "metadata", "spec"],
  };
}

const objectMeta = "@kubernetes-models/apimachinery/_schemas/IoK8sApimachineryPkgApisMetaV1ObjectMeta";

async function kubernetesViolations(name: string, object: unknown, below: readonly string[] = []): Promise<string[]> {
  const validate = await load(name);
  if (!validate) throw new Error(`The package kubernetes-models has no ${name}`);
  const { value, unread } = watched(object);
  const errors = validate(value) ? [] : (validate.errors ?? []);
  return [
    ...errors.map((error) => explained(error, below)),
    ...unread().map((path) => reason([...below, ...path], unknownField)),
  ];
}

/** `apps/v1` and `Deployment` give `…/IoK8sApiAppsV1Deployment`; the schema itself holds the group's whole name. */
function schemaName(apiVersion: string, kind: string): string {
  const [version = "", group = "core"] = apiVersion.split("/").reverse();
  const words = [group.split(".")[0] ?? "", version].map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return `kubernetes-models/_schemas/IoK8sApi${words.join("")}${kind}`;
}

/** The package is an ES module, so that it can only be loaded asynchronously. */
async function load(name: string): Promise<Compiled | undefined> {
  try {
    const { validate } = (await import(name)) as { readonly validate: Compiled };
    return validate;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_MODULE_NOT_FOUND") return undefined;
    throw error;
  }
}
