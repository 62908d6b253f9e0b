import { parse } from "yaml";

/** What a text in an annotation or a ConfigMap holds: YAML, most often JSON. Undefined if it can't be read. */
export function parsedYaml(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return parse(text, { logLevel: "silent" });
  } catch {
    return undefined;
  }
}
