import { parse, type DocumentOptions, type ParseOptions, type SchemaOptions } from "yaml";
import { Unreadable, Value } from "../../engine/value";

/**
 * The map that a text below a key holds, in YAML or JSON, as people write it into ConfigMaps and annotations: absent if
 * there is nothing in it. What is no map is told when somebody reads it, since nobody knows what was meant.
 */
export function mapIn(holder: Value, key: string): Value {
  const value = holder.get(key);
  if (value.isUnknown || !value.exists) return value;
  return new Value(holder.resource, mapOf(value.text()), holder, key);
}

/** YAML 1.1, in which `yes` and `on` are true; but `12:30` and dates are text. */
const asGoReads: ParseOptions & DocumentOptions & SchemaOptions = {
  version: "1.1",
  logLevel: "error",
  customTags: (tags) =>
    tags.filter((tag) => typeof tag === "string" || !(tag.tag.endsWith(":timestamp") || isSixties(tag))),
};

function isSixties(tag: object): boolean {
  return "format" in tag && tag.format === "TIME";
}

const unreadable = new Unreadable("isn't readable YAML");

/** The map that a text holds; undefined if there is nothing in it, and told as unreadable if it is no map. */
export function mapOf(text: string | undefined): unknown {
  if (text === undefined) return unreadable;
  try {
    const found = (parse(text, asGoReads) as unknown) ?? undefined;
    return found === undefined || (typeof found === "object" && !Array.isArray(found)) ? found : unreadable;
  } catch {
    return unreadable;
  }
}
