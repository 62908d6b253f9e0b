import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { CloudObject } from "./cloud";
import { text } from "./resource-type";

/** A row of the table in docs/interrupted.md. */
interface Row {
  /** What a type is or, before `…`, begins with. */
  readonly type: string;
  /** How its id is written: nothing if it isn't imported. */
  readonly id: string;
}

const page = join(__dirname, "..", "..", "..", "docs", "interrupted.md");

/** What the page's words in capitals stand for: paths in the inputs. */
const inputs: Readonly<Record<string, readonly string[]>> = {
  ADDON: ["addonName"],
  CLUSTER: ["clusterName", "name"],
  DESTINATION: ["destinationCidrBlock", "destinationIpv6CidrBlock"],
  GROUP: ["nodeGroupName"],
  "LOG-GROUP": ["name"],
  NAME: ["metadata.name", "name"],
  NAMESPACE: ["metadata.namespace"],
  POLICY: ["name"],
  "POLICY-ARN": ["policyArn"],
  "PRINCIPAL-ARN": ["principalArn"],
  ROLE: ["role", "name"],
  "ROUTE-TABLE": ["routeTableId"],
  SUBNET: ["subnetId"],
  TYPE: ["type"],
  ZONE: ["zoneId"],
};

/** What AWS says of a resource by itself. */
const outputs: Readonly<Record<string, string>> = { ARN: "arn", ASSOCIATION: "associationId", KEY: "keyId" };

/** The id under which docs/interrupted.md has a resource imported; nothing if it says that there is nothing to import. */
export function importId(object: CloudObject): string | undefined {
  const type = object.type.replace("aws:", "");
  const row = rows().find((each) =>
    each.type.endsWith("…") ? type.startsWith(each.type.slice(0, -1)) : type === each.type,
  );
  if (!row) throw new Error(`docs/interrupted.md doesn't say how ${object.type} is imported.`);
  if (row.id.startsWith("nothing to import")) return undefined;
  if (row.id === "the end of its ARN") return text(object.outputs, "arn").split("/").at(-1);
  const found = [...row.id.matchAll(/`([^`]+)`/g)].map(([, format = ""]) => written(format, object)).find(Boolean);
  if (found === undefined)
    throw new Error(`docs/interrupted.md writes ${row.id} for the id of ${object.type} ${object.id}.`);
  return found;
}

/** An id in a format such as `CLUSTER:GROUP` or `vpc-…`; nothing if a part of it is missing. */
function written(format: string, object: CloudObject): string | undefined {
  if (format.endsWith("…")) return object.id.startsWith(format.slice(0, -1)) ? object.id : undefined;
  const word = /[A-Z]+(-[A-Z]+)*/g;
  if ([...format.matchAll(word)].some(([each]) => valueOf(each, object) === "")) return undefined;
  return format.replace(word, (each) => valueOf(each, object));
}

function valueOf(word: string, object: CloudObject): string {
  const output = outputs[word];
  if (output !== undefined) return text(object.outputs, output);
  const values = (inputs[word] ?? []).map((path) => text(object.inputs, path));
  return values.find((value) => value !== "") ?? "";
}

/** The first that fits holds. */
function rows(): Row[] {
  return readFileSync(page, "utf8")
    .split("\n")
    .flatMap((line) => {
      const [, what = "", , id = ""] = line.split("|").map((cell) => cell.trim());
      const [, type] = /^(?:other )?`([^`]+)`$/.exec(what) ?? [];
      return type === undefined ? [] : [{ type, id }];
    });
}
