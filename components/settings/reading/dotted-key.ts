import { isConcealed } from "../concealed";
import * as z from "zod";
import type { Problem } from "../errors";
import { sections, type SectionName } from "../schema";
import { decode } from "./decode";
import { bare, schemaAt } from "./schemas";
import { closest } from "./suggestions";

/** More than this of a value is no line to copy. */
const longest = 60;

/** `domain.name`, `cluster.publicAccessCidrs[0]`, `tags["a.b"]`: a path as `pulumi config set --path` takes it. */
const dotted = /^([\w-]+)((?:\.[\w-]+|\[\d+\]|\["[^"\]]*"\])+)$/;

type Path = readonly (string | number)[];

/**
 * The problem with a path that stands there as one key, `eks-istio:domain.name: example.com`, as `pulumi config set`
 * writes it without --path.
 *
 * @param key the whole key
 * @param name what follows the project's name in it
 * @param text its value as the engine hands it over; undefined if it must not be shown
 * @returns undefined if it is no path, or doesn't begin with a section
 */
export function dottedKey(key: string, name: string, text: string | undefined): Problem | undefined {
  const [, first = "", rest = ""] = dotted.exec(name) ?? [];
  const section = closest(first, Object.keys(sections)) as SectionName | undefined;
  if (section === undefined) return undefined;
  const start = `${key.slice(0, key.length - name.length)}${section}`;
  const path = partsOf(rest);
  const decoded = decode(text);
  const isWhole = typeof decoded === "object" && decoded !== null;
  const shown =
    text === undefined || text.length > longest || isConcealed(decoded, String(path.at(-1))) ? "VALUE" : text;
  const yaml = `${start}: ${nested(path, isWhole ? shown : scalar(shown, section, path))}`;
  return {
    key,
    value: text === undefined ? "[secret]" : isWhole ? decoded : text,
    rule: "is a path, but stands here as one key with dots in its name, which nobody reads",
    fix: isWhole
      ? `Remove it, and write ${yaml}.`
      : `Remove it, and write ${yaml}, or run: pulumi config set --path '${start}${rest}' ${argument(shown)}`,
  };
}

function partsOf(path: string): Path {
  return [...path.matchAll(/\.([\w-]+)|\[(\d+)\]|\["([^"\]]*)"\]/g)].map(([, name, index, text]) =>
    index === undefined ? (name ?? text ?? "") : Number(index),
  );
}

/** YAML on one line. */
function nested(path: Path, value: string): string {
  return path.reduceRight<string>((inner, part) => {
    if (typeof part === "number") return `[${inner}]`;
    return `{${/^[\w-]+$/.test(part) ? part : JSON.stringify(part)}: ${inner}}`;
  }, value);
}

/** A value in YAML: in quotes where it is a text that reads like something else. */
function scalar(text: string, section: SectionName, path: Path): string {
  const schema = schemaAt(sections[section], path);
  const type = schema && bare(schema);
  const isText = !(type instanceof z.ZodNumber || type instanceof z.ZodBoolean);
  return isText && !/^[A-Za-z][\w/@.-]*$/.test(text) ? JSON.stringify(text) : text;
}

/** A value for a shell. */
function argument(text: string): string {
  return /^[\w./@:+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
