import type { Path } from "../engine/value";
import type { Repeats } from "./repeats";
import { resolveScalar } from "./scalars";

/** What a document says that isn't written as plainly as {@link plainContent} asks for. */
export const notPlain: unique symbol = Symbol("not plain");

/**
 * What a document says, if it is written as nearly all manifests are: maps and lists by indentation, each value on a
 * line, quotes and brackets that end on theirs. Of everything else, right or wrong, it says {@link notPlain}: a whole
 * parser then has to read it. It takes a fifth of that one's time.
 *
 * @param repeats takes keys that stand twice
 */
export function plainContent(text: string, repeats?: Repeats): unknown {
  if (odd.test(text)) return notPlain;
  try {
    return new PlainReader(text, undefined, repeats).document();
  } catch (error) {
    if (error === bail) return notPlain;
    throw error;
  }
}

/**
 * Finds lines, counted from 1, in a document that is as plain: where the value at a path begins, or else the nearest that
 * is there. Undefined if it isn't plain.
 */
export function plainPlaces(text: string): ((path: Path) => number) | undefined {
  if (odd.test(text)) return undefined;
  const lines: Lines = new Map();
  try {
    const reader = new PlainReader(text, lines);
    const content = reader.document();
    return (path) => placeOf(path, content, reader.first, lines);
  } catch (error) {
    if (error === bail) return undefined;
    throw error;
  }
}

/** The lines of what maps and lists hold. */
type Lines = Map<object, Map<string | number, number>>;

function placeOf(path: Path, content: unknown, first: number, lines: Lines): number {
  let value = content;
  let place = first;
  for (const key of path) {
    const line = typeof value === "object" && value !== null ? lines.get(value)?.get(key) : undefined;
    if (line === undefined) break;
    place = line;
    value = (value as Readonly<Record<string | number, unknown>>)[key];
  }
  return place;
}

/** One for all: nobody sees it. */
const bail = new Error("not plain");

/** Tabs, other breaks than line feeds, what YAML doesn't print, and what is written in two code units. */
const odd = /[\0-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]/;

/** A key and what follows it. */
const keyed = /([A-Za-z_][\w./-]*):(?: +|$)/y;
const doubleQuoted = /"([^"\\]*)"/y;
const singleQuoted = /'([^']*)'/y;
/** What may stand behind a value. */
const end = /(?: +#.*| *)$/y;
/** A text within brackets, without blanks. */
const word = /(?:[A-Za-z0-9_./~+]|-[A-Za-z0-9_./])[A-Za-z0-9_./+*=@%-]*/y;

class PlainReader {
  readonly #lines: readonly string[];
  /** The line that comes next, and how far it is indented. -1 at the end. */
  #at = -1;
  #indent = 0;
  /** Where in a line a value is being read. */
  #column = 0;

  /** The line of its first key. */
  first = 1;

  /** @param places takes the lines of all that is read */
  constructor(
    text: string,
    readonly places?: Lines,
    readonly repeats?: Repeats,
  ) {
    this.#lines = text.split("\n");
  }

  document(): unknown {
    if (/^--- *$/.test(this.#lines[0] ?? "")) this.#at = 0;
    this.#next();
    if (this.#indent !== 0) throw bail;
    this.first = this.#at + 1;
    const content = this.#map(0, 0);
    if (!this.#isDone()) throw bail;
    return content;
  }

  #isDone(): boolean {
    return this.#indent === -1;
  }

  /** Goes on to the next line that says something. */
  #next(): void {
    for (;;) {
      this.#at += 1;
      const line = this.#lines[this.#at];
      if (line === undefined) {
        this.#indent = -1;
        return;
      }
      let indent = 0;
      while (line.charCodeAt(indent) === space) indent += 1;
      const first = line.charCodeAt(indent);
      if (indent === line.length || first === hash) continue;
      this.#indent = indent;
      return;
    }
  }

  #place(holder: object, key: string | number): void {
    let own = this.places?.get(holder);
    if (!own) this.places?.set(holder, (own = new Map<string | number, number>()));
    own?.set(key, this.#at + 1);
  }

  get #line(): string {
    return this.#lines[this.#at] ?? "";
  }

  #set(map: Record<string, unknown>, key: string, value: unknown): void {
    const earlier = map[key];
    if (earlier !== undefined && Object.hasOwn(map, key)) this.repeats?.add(map, key, earlier, value);
    map[key] = value;
  }

  /** Whether an entry of a list begins at a column. */
  #isEntry(column: number): boolean {
    const line = this.#line;
    return line.charCodeAt(column) === dash && (line.charCodeAt(column + 1) === space || line.length === column + 1);
  }

  /** A map whose keys stand at a column. Its first one may stand behind the dash of a list. */
  #map(indent: number, column: number): Record<string, unknown> {
    const map: Record<string, unknown> = {};
    let start = column;
    do {
      keyed.lastIndex = start;
      const [all, key] = keyed.exec(this.#line) ?? fail();
      if (key === undefined || !isText(key)) throw bail;
      if (this.places) this.#place(map, key);
      this.#set(map, key, this.#value(start + all.length, indent));
      start = indent;
    } while (this.#indent === indent && !this.#isEntry(indent));
    if (this.#indent > indent) throw bail;
    return map;
  }

  #list(indent: number): unknown[] {
    const list: unknown[] = [];
    do {
      const line = this.#line;
      let column = indent + 1;
      while (line.charCodeAt(column) === space) column += 1;
      // A list in a list, an entry that begins on the next line, or a comment.
      if (column >= line.length || line.charCodeAt(column) === hash || this.#isEntry(column)) throw bail;
      if (this.places) this.#place(list, list.length);
      keyed.lastIndex = column;
      list.push(keyed.test(line) ? this.#map(column, column) : this.#value(column, indent));
    } while (this.#indent === indent && this.#isEntry(indent));
    if (this.#indent > indent) throw bail;
    return list;
  }

  /** What stands at a column, for a key or an entry at another. Ends at the next line. */
  #value(column: number, indent: number): unknown {
    const line = this.#line;
    this.#column = column;
    if (this.#isEnd()) {
      this.#next();
      if (this.#indent > indent)
        return this.#isEntry(this.#indent) ? this.#list(this.#indent) : this.#map(this.#indent, this.#indent);
      return this.#indent === indent && this.#isEntry(indent) ? this.#list(indent) : null;
    }
    const first = line.charAt(column);
    const value = first === "{" || first === "[" || first === '"' || first === "'" ? this.#closed(first) : this.#open();
    if (!this.#isEnd()) throw bail;
    this.#next();
    // It would go on there.
    if (this.#indent > indent) throw bail;
    return value;
  }

  #isEnd(): boolean {
    end.lastIndex = this.#column;
    const line = this.#line;
    return end.test(line) || (line.charCodeAt(this.#column) === hash && line.charCodeAt(this.#column - 1) === space);
  }

  /** A text up to the line's end, or to a comment. */
  #open(): unknown {
    const line = this.#line;
    const comment = line.indexOf(" #", this.#column);
    const text = line.slice(this.#column, comment === -1 ? undefined : comment).replace(/ +$/, "");
    this.#column += text.length;
    if (/^[-?:,[\]{}#&*!|>'"%@`]/.test(text) && !/^-[^\s]/.test(text)) throw bail;
    if (text.includes(": ") || text.endsWith(":")) throw bail;
    return resolveScalar(text, "");
  }

  /** What has an end of its own. */
  #closed(first: string): unknown {
    if (first === "{") return this.#braces();
    if (first === "[") return this.#brackets();
    const quoted = first === '"' ? doubleQuoted : singleQuoted;
    quoted.lastIndex = this.#column;
    const [all, text] = quoted.exec(this.#line) ?? fail();
    this.#column += all.length;
    return text;
  }

  #braces(): Record<string, unknown> {
    const map: Record<string, unknown> = {};
    if (this.#isClosedAt("}")) return map;
    do {
      keyed.lastIndex = this.#column;
      const [all, key] = keyed.exec(this.#line) ?? fail();
      if (key === undefined || !isText(key)) throw bail;
      this.#column += all.length;
      if (this.places) this.#place(map, key);
      this.#set(map, key, this.#inBrackets());
    } while (this.#goesOn("}"));
    return map;
  }

  #brackets(): unknown[] {
    const list: unknown[] = [];
    if (this.#isClosedAt("]")) return list;
    do {
      if (this.places) this.#place(list, list.length);
      list.push(this.#inBrackets());
    } while (this.#goesOn("]"));
    return list;
  }

  /** Passes over an opening bracket, and the closing one if it follows. */
  #isClosedAt(close: string): boolean {
    this.#column += 1;
    this.#skipBlanks();
    if (this.#line.charAt(this.#column) !== close) return false;
    this.#column += 1;
    return true;
  }

  /** Passes over a comma, or over the closing bracket. */
  #goesOn(close: string): boolean {
    this.#skipBlanks();
    const mark = this.#line.charAt(this.#column);
    if (mark !== "," && mark !== close) throw bail;
    this.#column += 1;
    if (mark === close) return false;
    this.#skipBlanks();
    return true;
  }

  #skipBlanks(): void {
    while (this.#line.charCodeAt(this.#column) === space) this.#column += 1;
  }

  #inBrackets(): unknown {
    const first = this.#line.charAt(this.#column);
    if (first === "{" || first === "[" || first === '"' || first === "'") return this.#closed(first);
    word.lastIndex = this.#column;
    const [text] = word.exec(this.#line) ?? fail();
    this.#column += text.length;
    return resolveScalar(text, "");
  }
}

/** Whether a key is text that a map of ours can hold. The same few keys come again and again. */
function isText(key: string): boolean {
  if (texts.has(key)) return true;
  if (key === "__proto__" || typeof resolveScalar(key, "") !== "string") return false;
  texts.add(key);
  return true;
}

const texts = new Set<string>();

const space = 32;
const hash = 35;
const dash = 45;

function fail(): never {
  throw bail;
}
