import { table } from "./table";

/** A JSON schema, as far as those of CRDs go. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly required?: readonly string[];
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly "x-kubernetes-int-or-string"?: boolean;
  readonly "x-kubernetes-preserve-unknown-fields"?: boolean;
}

interface Istio {
  readonly istio: string;
  readonly schemas: Readonly<Record<string, Schema>>;
}

interface GatewayApi {
  /** By `gateway.networking.k8s.io/v1/HTTPRoute`; the name of another one that is the same. */
  readonly schemas: Readonly<Record<string, Schema | string>>;
}

interface Kubernetes {
  /** By `apps/v1/Deployment`; null for kinds that are known by name only. */
  readonly kinds: Readonly<Record<string, Schema | null>>;
  readonly definitions: Readonly<Record<string, Schema>>;
}

/* eslint-disable @typescript-eslint/no-require-imports -- an import would read them when the program starts */
const istio = table(() => require("./istio.json") as Istio);
const gatewayApi = table(() => require("./gateway-api.json") as GatewayApi);
const kubernetes = table(() => require("./kubernetes.json") as Kubernetes);
/* eslint-enable @typescript-eslint/no-require-imports */

/** Whether an API group is one of Istio's. */
export function isIstio(group: string): boolean {
  return group === "istio.io" || group.endsWith(".istio.io");
}

/** The schema of a kind, metadata and all; undefined if there is none here. */
export function schemaOf(apiVersion: string, kind: string): Schema | undefined {
  const key = `${apiVersion}/${kind}`;
  const known = whole.get(key);
  if (known) return known;
  const schema = schemaWritten(apiVersion.split("/")[0] ?? "", key);
  if (!schema) return undefined;
  const made = { type: "object", ...schema, properties: { ...schema.properties, ...common } };
  whole.set(key, made);
  return made;
}

function schemaWritten(group: string, key: string): Schema | undefined {
  if (isIstio(group)) return own(istio().schemas, key);
  if (group === "gateway.networking.k8s.io") {
    const schema = own(gatewayApi().schemas, key);
    return typeof schema === "string" ? schemaWritten(group, schema) : schema;
  }
  const schema = own(kubernetes().kinds, key);
  // Of Kubernetes' own, what is required isn't known.
  return schema ? { properties: resolved(schema).properties } : undefined;
}

const whole = new Map<string, Schema>();

/** Fits whatever is there, and leaves it unread. */
export const anything: Schema = {};

/** A CRD's schema leaves out what every object has. Kind and version chose the schema: they fit. */
const common = { apiVersion: anything, kind: anything, metadata: { $ref: "meta.v1.ObjectMeta" } };

/** The schema itself, where one refers to another. */
export function resolved(schema: Schema): Schema {
  return schema.$ref === undefined ? schema : (kubernetes().definitions[schema.$ref] ?? anything);
}

/** Every kind that Istio and Kubernetes have: `networking.istio.io/v1/VirtualService`. */
export function kindsOf(part: "istio" | "kubernetes"): readonly string[] {
  return Object.keys(part === "istio" ? istio().schemas : kubernetes().kinds);
}

/** The minor version of Istio that the schemas are of. */
export function istioMinor(): string {
  return istio().istio;
}

function own<T>(map: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}
