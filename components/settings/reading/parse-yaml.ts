import { LineCounter, parseDocument, YAMLParseError, type Document } from "yaml";

/** YAML aliases may multiply a small file; no stack file needs many. */
export const mostAliases = 1000;

/** Reads YAML as the engine does. A map may have a key twice: comparing each with all would take minutes. */
export function parseYaml(text: string): { readonly document: Document.Parsed; readonly lines: LineCounter } {
  const lines = new LineCounter();
  try {
    // A warning would go past what is made safe to print.
    const options = {
      lineCounter: lines,
      prettyErrors: false,
      merge: true,
      uniqueKeys: false,
      logLevel: "error",
    } as const;
    return { document: parseDocument(text, options), lines };
  } catch (error) {
    // It tells some texts that go too deep as errors of the document, and fails at others.
    if (!(error instanceof RangeError)) throw error;
    const document = parseDocument("");
    document.errors.push(new YAMLParseError([0, 0], "IMPOSSIBLE", error.message));
    return { document, lines };
  }
}
