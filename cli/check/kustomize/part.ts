import { clusterScoped, type ResourceData } from "../../../policies/engine/resource";
import { schemaOf } from "../../../policies/schemas/schema";
import { unknown } from "../../../policies/engine/value";
import { changed, mapOf, type Loose } from "./values";

/** A name that an object has on its way, or had: patches may go by any of them. */
interface Identity {
  readonly name: unknown;
  readonly namespace: unknown;
}

/** An object on its way through kustomizations. */
export interface Part {
  readonly data: ResourceData;
  readonly identities: readonly Identity[];
}

export function partOf(data: ResourceData): Part {
  return { data, identities: [identityOf(data.properties)] };
}

/** A part with other properties. */
export function withProperties(part: Part, properties: unknown): Part {
  const own = mapOf(properties);
  const before = identityOf(part.data.properties);
  const identity = identityOf(own);
  const isSame = before.name === identity.name && before.namespace === identity.namespace;
  return {
    data: { ...part.data, properties: own },
    identities: isSame ? part.identities : [...part.identities, identity],
  };
}

/** A part whose name is another one in the end, and not known to whom refers to it. */
export function withName(part: Part, rename: (name: string) => string): Part {
  const { name, namespace } = part.identities.at(-1) ?? identityOf(part.data.properties);
  const hidden = withProperties(
    part,
    changed(part.data.properties, ["metadata", "name"], () => unknown),
  );
  if (typeof name !== "string") return hidden;
  return { ...hidden, identities: [...part.identities, { name: rename(name), namespace }] };
}

function identityOf({ metadata }: Loose): Identity {
  if (metadata === unknown) return { name: unknown, namespace: unknown };
  const { name, namespace } = mapOf(metadata);
  return { name, namespace };
}

/** Anything may be different there. Only its kind is what it was. */
export function opaque(part: Part): Part {
  const keys = Object.keys(part.data.properties).filter((key) => key !== "apiVersion" && key !== "kind");
  // What it has not may come, if its kind has that.
  const added = ["metadata", ...(hasSpec(part) ? ["spec"] : [])];
  const hidden = Object.fromEntries([...keys, ...added].map((key) => [key, unknown]));
  return withProperties(part, { ...part.data.properties, ...hidden });
}

function hasSpec(part: Part): boolean {
  const { apiVersion } = part.data.properties;
  const properties = typeof apiVersion === "string" ? schemaOf(apiVersion, kindOf(part))?.properties : undefined;
  return properties === undefined || Object.hasOwn(properties, "spec");
}

export function groupOf({ data }: Part): string {
  const { apiVersion } = data.properties;
  return typeof apiVersion === "string" && apiVersion.includes("/") ? (apiVersion.split("/")[0] ?? "") : "";
}

export function kindOf({ data }: Part): string {
  const { kind } = data.properties;
  return typeof kind === "string" ? kind : "";
}

export function isClusterScoped(part: Part): boolean {
  return clusterScoped.has(kindOf(part));
}

/** What a patch or replacement says about the objects that it changes. Its keys hold regular expressions. */
export type Selector = Loose;

/** Whether a selector may mean an object. Labels may come and go: a selector by them may mean any. */
export function maySelect(selector: Selector, part: Part): boolean {
  const { apiVersion } = part.data.properties;
  const version = typeof apiVersion === "string" ? (apiVersion.split("/").at(-1) ?? "") : "";
  return (
    mayMatch(selector.group, groupOf(part)) &&
    mayMatch(selector.version, version) &&
    mayMatch(selector.kind, kindOf(part)) &&
    part.identities.some(
      ({ name, namespace }) => mayMatch(selector.name, name) && mayMatch(selector.namespace, namespace ?? "default"),
    )
  );
}

function mayMatch(pattern: unknown, text: unknown): boolean {
  if (typeof pattern !== "string" || pattern === "" || typeof text !== "string") return true;
  try {
    return new RegExp(`^(?:${pattern})$`).test(text);
  } catch {
    // Go has expressions that JavaScript hasn't.
    return true;
  }
}

/** Whether a patch that names its object may mean this one. */
export function mayBeNamed(patch: Loose, part: Part): boolean {
  const { apiVersion = "", kind, metadata } = patch;
  const { name, namespace } = mapOf(metadata);
  const group = typeof apiVersion === "string" && apiVersion.includes("/") ? apiVersion.split("/")[0] : "";
  return (
    kind === kindOf(part) &&
    group === groupOf(part) &&
    part.identities.some(
      (one) =>
        (typeof one.name !== "string" || one.name === name) &&
        (typeof one.namespace !== "string" || namespace === undefined || one.namespace === namespace),
    )
  );
}

/** Whether an object had that name. */
export function mayBeCalled(part: Part, name: unknown): boolean {
  return part.identities.some((one) => typeof one.name !== "string" || one.name === name);
}
