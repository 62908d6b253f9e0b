import { LineCounter, parseDocument, type Document } from "yaml";

/** YAML aliases may multiply a small file; no stack file needs many. */
export const mostAliases = 1000;

/** Reads YAML as the engine does. A map may have a key twice: comparing each with all would take minutes. */
export function parseYaml(text: string): { readonly document: Document.Parsed; readonly lines: LineCounter } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, merge: true, uniqueKeys: false });
  return { document, lines };
}
