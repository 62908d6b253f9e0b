/** A question that can't be read. Its message says what to write. */
export class QuestionError extends Error {
  override readonly name = "QuestionError";
}

/** Who sends the request. */
export type Asker =
  /** Somebody outside, with an address or without. */
  | { readonly kind: "internet"; readonly address?: string }
  /** An application of the stack. */
  | { readonly kind: "app"; readonly name: string }
  /** Some workload of a namespace, which no rule names by itself. */
  | { readonly kind: "namespace"; readonly name: string }
  /** An identity as Istio writes it. */
  | { readonly kind: "principal"; readonly name: string };

export interface Question {
  /** As it was asked. */
  readonly text: string;
  readonly method: string;
  readonly url: URL;
  readonly asker: Asker;
  /** By lowercase name. */
  readonly headers: Readonly<Record<string, string>>;
  /** Claims of a valid token; undefined without a token. */
  readonly claims?: Readonly<Record<string, unknown>>;
}

const example = '"POST https://shop.example.com/pay from web"';

/**
 * Reads a question.
 *
 * @param text e.g. `POST https://shop.example.com/pay from web`; the method may be left out, and so may the caller, who is
 *   then somebody on the internet
 * @param headers each as curl takes it, `end-user: tester`
 * @param claims those of a token as JSON, e.g. `{"scope": "pay"}`
 * @throws QuestionError
 */
export function questionOf(text: string, headers: readonly string[] = [], claims?: string): Question {
  const [, method = "GET", address = "", caller = "internet"] =
    /^\s*(?:([A-Za-z]+)\s+)?(\S+:\/\/\S+)(?:\s+from\s+(.+?))?\s*$/.exec(text) ?? [];
  if (address === "")
    throw new QuestionError(`--ask ${text}: write a method, an address and who calls, e.g. ${example}.`);
  return {
    text: text.trim(),
    method: method.toUpperCase(),
    url: urlOf(address),
    asker: askerOf(caller),
    headers: Object.fromEntries(headers.map(headerOf)),
    ...(claims !== undefined && { claims: claimsOf(claims) }),
  };
}

/**
 * Refuses what only says more of a question, where there is none.
 *
 * @throws QuestionError
 */
export function demandQuestion(said: Readonly<Record<"header" | "claims", unknown>>): void {
  const [option] = Object.entries(said).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  if (option !== undefined)
    throw new QuestionError(`--${option} says more of a question: add --ask, e.g. --ask ${example}.`);
}

function urlOf(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || !["http:", "https:"].includes(url.protocol))
    throw new QuestionError(`--ask: ${address} is no address of HTTP. Write one that begins with http:// or https://.`);
  return url;
}

function askerOf(caller: string): Asker {
  const [, kind, name = ""] = /^(internet|app|namespace|principal)(?:\s+(\S+))?$/.exec(caller) ?? [];
  if (kind === "internet") return { kind, ...(name !== "" && { address: addressOf(name) }) };
  if (kind === "app" || kind === "namespace" || kind === "principal") {
    if (name === "") throw new QuestionError(`--ask: "from ${kind}" needs a name behind it.`);
    return { kind, name };
  }
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(caller)) return { kind: "internet", address: addressOf(caller) };
  if (/\s/.test(caller))
    throw new QuestionError(
      `--ask: "from ${caller}" is no caller. Write internet, an address, an application, namespace NAME or principal NAME.`,
    );
  return caller.includes("/") ? { kind: "principal", name: caller } : { kind: "app", name: caller };
}

function addressOf(text: string): string {
  if (!text.split(".").every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256) || text.split(".").length !== 4)
    throw new QuestionError(`--ask: ${text} is no IPv4 address.`);
  return text;
}

function headerOf(text: string): [string, string] {
  const [, name, value = ""] = /^([!#$%&'*+.^_`|~\w-]+):\s*(.*)$/.exec(text) ?? [];
  if (name === undefined) throw new QuestionError(`--header ${text}: write it like "end-user: tester".`);
  return [name.toLowerCase(), value];
}

function claimsOf(text: string): Record<string, unknown> {
  try {
    const read: unknown = JSON.parse(text);
    if (typeof read === "object" && read !== null && !Array.isArray(read)) return read as Record<string, unknown>;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new QuestionError(`--claims ${text}: write a JSON object, e.g. '{"scope": "pay"}'.`);
}
