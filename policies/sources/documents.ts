/** One document of a YAML text. */
export interface YamlDocument {
  readonly text: string;
  /** Where it begins in the whole text. */
  readonly start: number;
}

/**
 * The documents of a YAML text, as they stand. YAML lets no scalar hold a line that begins with `---` and a blank: such
 * a line begins a document wherever it stands, so nothing has to be parsed to find it.
 *
 * @see https://yaml.org/spec/1.2.2/#912-document-markers
 */
export function documentsOf(text: string): YamlDocument[] {
  const documents: YamlDocument[] = [];
  let start = text.startsWith("\uFEFF") ? 1 : 0;
  for (let next = markerAfter(text, start); next !== -1; next = markerAfter(text, next + 1)) {
    const piece = text.slice(start, next);
    // Directives belong to the document whose marker follows them.
    if (isPreface(piece)) continue;
    documents.push({ text: piece, start });
    start = next;
  }
  return [...documents, { text: text.slice(start), start }];
}

/** Where the next marker stands that isn't the text's first one. */
function markerAfter(text: string, from: number): number {
  for (let at = text.indexOf("\n---", from); at !== -1; at = text.indexOf("\n---", at + 1))
    if (/^[\s\uFEFF]?$/.test(text.charAt(at + 4))) return at + 1;
  return -1;
}

/** Whether nothing but directives, comments and blank lines stand there, and one directive at least. */
function isPreface(text: string): boolean {
  return text.includes("%") && /^(?:[ \t]*(?:#.*)?\r?\n|%.*\n)+$/.test(text) && /^%/m.test(text);
}

/** Lines of a text, to be counted from 1. They are looked for when the first is asked for. */
export class Lines {
  #starts: number[] | undefined;

  constructor(readonly text: string) {}

  /** The line that an offset is in. */
  at(offset: number): number {
    const starts = (this.#starts ??= lineStarts(this.text));
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}
