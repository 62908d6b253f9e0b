import type { PolicyResource, ResourceValidationArgs } from "@pulumi/policy";
import type { ResourceData } from "../engine/resource";
import { unknown, type Properties } from "../engine/value";

/**
 * Inputs as the engine shows them before a resource is made, by URN.
 *
 * A stack policy alone is not enough: on a first preview, with no cluster yet, it sees `{}` as the properties of every
 * Kubernetes object. A resource policy alone isn't either: it doesn't see parents and dependencies.
 */
export type Collected = ReadonlyMap<string, Properties>;

/** A resource's inputs in plain data. */
export function inputsOf({ props }: Pick<ResourceValidationArgs, "props">): Properties {
  return plain(props) as Properties;
}

/** A resource as a stack policy sees it. */
type Seen = Omit<PolicyResource, "opts"> & Partial<Pick<PolicyResource, "opts">>;

/** The stack's resources: inputs where they were collected, outputs elsewhere. */
export function fromEngine(resources: readonly Seen[], collected: Collected): ResourceData[] {
  return resources.map(({ urn, type, name, parent, provider, dependencies, props, opts }) => ({
    source: "engine",
    urn,
    type,
    name,
    ...(parent && { parent: parent.urn }),
    ...(provider && { provider: provider.urn }),
    properties: collected.get(urn) ?? (plain(props) as Properties),
    dependencies: dependencies.map((dependency) => dependency.urn),
    ...(opts?.deleteBeforeReplace && { deleteBeforeReplace: true }),
  }));
}

/** Reading an unknown from CrossGuard's properties throws; a property's descriptor doesn't. */
function plain(value: unknown): unknown {
  if (unknownMarks.has(value)) return unknown;
  if (Array.isArray(value)) return Array.from({ length: lengthOf(value) }, (_, index) => plain(field(value, index)));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.keys(value).map((key) => [key, plain(field(value, key))]));
}

function field(object: object, key: string | number): unknown {
  return Object.getOwnPropertyDescriptor(object, key)?.value;
}

function lengthOf(list: unknown[]): number {
  return field(list, "length") as number;
}

/** What stands for an unknown of each type. @see https://github.com/pulumi/pulumi-policy/blob/main/sdk/nodejs/policy/proxy.ts */
const unknownMarks: ReadonlySet<unknown> = new Set([
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);
