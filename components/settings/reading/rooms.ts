import * as z from "zod";
import { aws } from "../aws/schema";
import { sections, type SectionName } from "../schema";
import { bare, type Schema } from "./schemas";

/** More places than these are no answer. */
const most = 3;

/** Where each key of a stack file stands, by its name: `vpcId` at `network.existing.vpcId`. Made when it is first asked for. */
let places: ReadonlyMap<string, readonly string[]> | undefined;

/**
 * The places of a key that stands where it doesn't belong: those nearest to where it was written.
 *
 * @param key where it was written, e.g. `eks-istio:apps.cart.image`
 * @returns none if it stands nowhere, or at more places than would help
 */
export function roomsOf(name: string, key: string): readonly string[] {
  places ??= allPlaces();
  const all = places.get(name) ?? [];
  const section = /^[^:]*:([\w-]+)/.exec(key)?.[1];
  const near = all.filter((place) => place.split(".")[0] === section);
  const found = near.length > 0 ? near : all;
  return found.length <= most ? found : [];
}

function allPlaces(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  const add = (name: string, place: string) => found.set(name, [...new Set([...(found.get(name) ?? []), place])]);
  for (const section of Object.keys(sections) as SectionName[]) {
    add(section, section);
    for (const [name, place] of placesBelow(sections[section], section)) add(name, place);
  }
  for (const name of Object.keys(aws.shape)) if (!found.has(name)) add(name, `aws:${name}`);
  return found;
}

function placesBelow(schema: Schema, at: string): [name: string, place: string][] {
  const type = bare(schema);
  if (type instanceof z.ZodObject)
    return (
      Object.entries(type.shape as Readonly<Record<string, Schema>>)
        // Further domains are like the first.
        .filter(([name]) => name !== "additional")
        .flatMap(([name, child]) => [[name, `${at}.${name}`], ...placesBelow(child, `${at}.${name}`)])
    );
  if (type instanceof z.ZodRecord) return placesBelow(type.valueType, `${at}.NAME`);
  if (type instanceof z.ZodArray) return placesBelow(type.element, `${at}[]`);
  // An entry alone, or a list of such: one place.
  if (type instanceof z.ZodUnion)
    return type.options.flatMap((option) => placesBelow(option instanceof z.ZodArray ? option.element : option, at));
  return [];
}
