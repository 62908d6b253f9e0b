import type { Problem } from "../errors";
import { aws, type AwsSettings } from "../aws/schema";
import { explain, keyOf } from "./problems";
import type { ReadFiles } from "./project-files";

/** A stack's configuration as the engine hands it over. */
export interface StackConfig {
  /** The project's name in Pulumi.yaml: the namespace of its keys. */
  readonly project: string;
  readonly stack: string;
  /** Values by full key, e.g. `eks-istio:domain`; maps and lists as JSON. */
  readonly values: Readonly<Record<string, string>>;
  /** Full keys of encrypted values. */
  readonly secrets?: readonly string[];
  /** Whether an engine asks, which creates what this describes; without one it is only planned. Default: false. */
  readonly engine?: boolean;
  /** How files are read that the stack file names. Default: below the working directory, which is the project's folder. */
  readonly readFiles?: ReadFiles;
}

/** A map or list from its JSON; any other text as it is. */
export function decode(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The provider's own keys, `aws:…`; undefined if they have problems, which are added to the list. */
export function parseProvider({ values, secrets = [] }: StackConfig, problems: Problem[]): AwsSettings | undefined {
  const entries = Object.entries(values).filter(([key]) => key.startsWith("aws:"));
  const raw = Object.fromEntries(
    entries.map(([key, value]) => [key.slice("aws:".length), /^[[{]/.test(value.trim()) ? decode(value) : value]),
  );
  const result = aws.safeParse(raw);
  if (result.success) return result.data;
  for (const { key, fix, ...problem } of explain("aws", aws, raw, result.error.issues)) {
    const nested = /[.[]/.test(key.slice("aws.".length));
    const hidden = secrets.includes(key.replace(/^aws\./, "aws:"));
    if (providerCredentials.has(key.slice("aws.".length))) {
      problems.push(providerCredential(key.replace(/^aws\./, "aws:")));
      continue;
    }
    problems.push({
      ...problem,
      ...(hidden && { value: "[secret]" }),
      key: key.replace(/^aws\./, "aws:"),
      fix: nested ? fix : fix.replace(/^Did you mean "/, 'Did you mean "aws:'),
    });
  }
  return undefined;
}

/** The provider's keys that hold credentials. @see https://www.pulumi.com/registry/packages/aws/installation-configuration/ */
const providerCredentials: ReadonlySet<string> = new Set(["accessKey", "secretKey", "token"]);

function providerCredential(key: string): Problem {
  return {
    key,
    value: "[hidden]",
    rule: "is a credential, which doesn't belong into a stack file, and which the cluster's kubeconfig could not pass on",
    fix: "Remove it, revoke it if it was in plain text, and sign in by a profile (aws:profile), by aws sso login or by the AWS CLI's environment variables.",
  };
}

/** Names that every object of JavaScript has already. Pulumi's runtime trips over them, or loses them silently. */
const inherited = new Set(Object.getOwnPropertyNames(Object.prototype));

/** Every such name in the stack file. */
export function namesOfJavaScript({ values }: StackConfig): Problem[] {
  return Object.entries(values).flatMap(([section, text]) =>
    inheritedNames(decode(text), []).map((path) => ({
      key: keyOf(section, path),
      value: path.at(-1),
      rule: "is a name that every object of JavaScript has already, and is lost on the way to the engine",
      fix: "Use another name.",
    })),
  );
}

function inheritedNames(value: unknown, path: readonly PropertyKey[]): (readonly PropertyKey[])[] {
  if (Array.isArray(value)) return value.flatMap((child, index) => inheritedNames(child, [...path, index]));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => [
    ...(inherited.has(key) ? [[...path, key]] : []),
    ...inheritedNames(child, [...path, key]),
  ]);
}
