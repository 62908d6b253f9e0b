/** Words of YAML 1.1, by their first letters' table in go-yaml. */
const words: ReadonlyMap<string, boolean | null> = new Map<string, boolean | null>([
  ...["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"].map((word) => [word, true] as const),
  ...["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"].map((word) => [word, false] as const),
  ...["", "~", "null", "Null", "NULL"].map((word) => [word, null] as const),
]);

/** A value that JSON doesn't have, or one that doesn't fit its tag. */
export class UnfitScalar extends Error {}

/**
 * What a scalar means to go-yaml, version 2, which sigs.k8s.io/yaml reads with: `yes` and `on` are true, `0777` is octal,
 * `1_000` a number, and a date is text. Sixties (`12:30`) are text, as in YAML 1.2.
 *
 * @param tag as it is written: `!!str`, or nothing
 * @see https://github.com/yaml/go-yaml/blob/v2.4.4/resolve.go
 */
export function resolveScalar(text: string, tag: string): unknown {
  if (tag === "") return plainScalar(text);
  const type = shortTag(tag);
  if (type === "!!binary") return Buffer.from(text, "base64").toString("utf8");
  if (!typed.has(type)) return text;
  const value = plainScalar(text);
  if (type === tagOf(value) || (type === "!!float" && typeof value === "number")) return value;
  if (type === "!!timestamp") return text;
  throw new UnfitScalar(`${text} is no ${type.slice(2)}`);
}

/** Tags that say how a scalar is to be read. With another one it is text. */
const typed: ReadonlySet<string> = new Set(["!!bool", "!!int", "!!float", "!!null", "!!timestamp"]);

function shortTag(tag: string): string {
  return tag.replace(/^!<tag:yaml\.org,2002:(.*)>$/, "!!$1");
}

function tagOf(value: unknown): string {
  if (value === null) return "!!null";
  if (typeof value === "boolean") return "!!bool";
  if (typeof value === "number") return Number.isInteger(value) ? "!!int" : "!!float";
  return "!!str";
}

function plainScalar(text: string): unknown {
  const first = text.charCodeAt(0);
  // Most texts begin with a letter that begins neither a word nor a number.
  if (isDigit(first) || first === plus || first === minus || first === dot) return numberOr(text);
  const word = text.length <= 5 ? words.get(text) : undefined;
  return word === undefined ? text : word;
}

const plus = 43;
const minus = 45;
const dot = 46;

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** The number that a text is, or else the text. */
function numberOr(text: string): unknown {
  if (/^[-+]?\.(?:inf|Inf|INF)$|^\.(?:nan|NaN|NAN)$/.test(text)) throw new UnfitScalar(`${text} is no number in JSON`);
  if (text.startsWith(".")) return float(text) ?? text;
  const plain = text.replaceAll("_", "");
  return integer(plain) ?? float(plain) ?? text;
}

function integer(text: string): number | undefined {
  const [, sign, digits = ""] = /^([-+]?)(.*)$/s.exec(text) ?? [];
  const base = bases.find(({ pattern }) => pattern.test(digits));
  if (!base) return undefined;
  const value = Number(`${base.prefix}${digits.slice(base.skip)}`);
  // What takes more than 64 bits is no integer: in decimal it is a float, otherwise text.
  if (value >= 2 ** 64) return undefined;
  return sign === "-" ? -value + 0 : value;
}

const bases = [
  { pattern: /^(?:0|[1-9][0-9]*)$/, prefix: "", skip: 0 },
  { pattern: /^0[xX][0-9a-fA-F]+$/, prefix: "0x", skip: 2 },
  { pattern: /^0[oO][0-7]+$/, prefix: "0o", skip: 2 },
  { pattern: /^0[bB][01]+$/, prefix: "0b", skip: 2 },
  { pattern: /^0[0-7]+$/, prefix: "0o", skip: 1 },
] as const;

function float(text: string): number | undefined {
  if (!/^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/.test(text)) return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}
