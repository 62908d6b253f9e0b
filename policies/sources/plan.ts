import type { ResourceData } from "../engine/resource";
import { secret, unknown, type Properties } from "../engine/value";

/** One resource of an offline plan, as recorded or as it stands in the plan's JSON. */
export interface PlannedResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly parent?: string | null;
  readonly provider?: string;
  readonly inputs: Properties;
  readonly dependencies: readonly string[];
  readonly deleteBeforeReplace?: boolean;
}

/** Whether something is a resource of a plan, whoever wrote it. */
export function isPlannedResource(value: unknown): value is PlannedResource {
  if (!isMap(value) || !isMap(value.inputs) || !Array.isArray(value.dependencies)) return false;
  const { urn, type, name, parent = null, provider = "" } = value;
  return [urn, type, name, provider, parent ?? "", ...(value.dependencies as readonly unknown[])].every(
    (text) => typeof text === "string",
  );
}

function isMap(value: unknown): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What the offline plan recorded, with its words for unknowns and secrets made into symbols. */
export function fromPlan(resources: readonly PlannedResource[]): ResourceData[] {
  return resources.map(({ urn, type, name, parent, provider, inputs, dependencies, deleteBeforeReplace }) => ({
    source: "plan",
    urn,
    type,
    name,
    ...(parent && { parent }),
    ...(provider && { provider: urnOf(provider) }),
    properties: withUnknowns(inputs),
    dependencies,
    ...(deleteBeforeReplace && { deleteBeforeReplace }),
  }));
}

/** A provider is recorded with its id behind its URN. */
function urnOf(provider: string): string {
  const end = provider.lastIndexOf("::");
  return provider.split("::").length > 4 ? provider.slice(0, end) : provider;
}

/** Whether a text may hold the plan's words for unknowns and secrets. */
export function hasPlaceholder(text: string): boolean {
  return text.includes("[unknown]") || text.includes("[secret]");
}

/** Properties with the plan's words for unknowns and secrets made into symbols. */
export function withUnknowns(properties: Properties): Properties {
  return marked(properties) as Properties;
}

function marked(value: unknown): unknown {
  if (value === "[unknown]") return unknown;
  if (value === "[secret]") return secret;
  if (Array.isArray(value)) return value.map(marked);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, marked(inner)]));
}
