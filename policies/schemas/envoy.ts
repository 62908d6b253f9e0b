import { table } from "./table";

interface Envoy {
  /** The minor version of Istio whose Envoy this is. */
  readonly istio: string;
  /** The fields of each message, in snake case, each with the message that it is: `""` for a plain value. */
  readonly messages: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

// eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would read it when the program starts
const envoy = table(() => require("./envoy.json") as Envoy);

/** A message of Envoy's API, as a patch may write it. */
export interface Message {
  /** E.g. `envoy.config.cluster.v3.Cluster`. */
  readonly name: string;
  /** The names of its fields. */
  readonly fields: readonly string[];
}

/** What a field of a message holds. */
export interface Field {
  readonly name: string;
  /** The name of a message; undefined for a plain value. */
  readonly message: string | undefined;
  /** Whether there may be several: a list or a map of them. */
  readonly holds: "one" | "list" | "map";
}

/** The message of that name; undefined if Istio knows none. */
export function messageOf(name: string): Message | undefined {
  const fields = own(envoy().messages, name);
  return fields && { name, fields: Object.keys(fields) };
}

/** A field of a message by its name, in snake or in camel case; undefined if there is none. */
export function fieldOf({ name }: Message, key: string): Field | undefined {
  const fields = envoy().messages[name] ?? {};
  const snake = Object.hasOwn(fields, key) ? key : Object.keys(fields).find((field) => camel(field) === key);
  if (snake === undefined) return undefined;
  const [, around, message = ""] = /^(?:(list|map) )?(.*)$/.exec(fields[snake] ?? "") ?? [];
  return { name: snake, message: message || undefined, holds: around === "list" || around === "map" ? around : "one" };
}

/** The minor version of Istio that the messages are of. */
export function envoyOfIstio(): string {
  return envoy().istio;
}

function camel(name: string): string {
  return name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
}

function own<T>(map: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}
