import { isMap } from "../../components/settings/reading/maps";
import { valuesIn } from "../../policies/sources/yaml";

/** What a file is that holds no object, if it is one that a plan is made of, and what judges it. */
export function whatElse(text: string, file: string): string | undefined {
  if (isStackFile(text))
    return `it is a stack file of Pulumi, whose plan is judged by npm start -- --config-file ${file}`;
  if (holdsApps(text))
    return "it holds applications of a stack file, whose plan is judged by npm start -- --config-file FILE";
  return undefined;
}

/** Whether a text is `Pulumi.STACK.yaml`: a map whose `config` has keys with a namespace. */
function isStackFile(text: string): boolean {
  // Pulumi.yaml may have a config, too.
  if (!/^config:/m.test(text) || /^runtime:/m.test(text)) return false;
  const [content] = valuesIn(text, "").values;
  const config = isMap(content) ? content.config : undefined;
  return isMap(config) && Object.keys(config).some((key) => key.includes(":"));
}

/** Files of applications, as `appsFrom` names them, are maps by name. */
function holdsApps(text: string): boolean {
  if (!/\bnamespace\b/.test(text) || !/\bport\b/.test(text)) return false;
  const [content] = valuesIn(text, "").values;
  const entries = isMap(content) ? Object.values(content) : [];
  return (
    entries.length > 0 &&
    entries.every((entry) => isMap(entry) && typeof entry.namespace === "string" && typeof entry.port === "number")
  );
}
