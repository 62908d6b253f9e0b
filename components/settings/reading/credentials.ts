import type { Problem } from "../errors";
import { decode, type StackConfig } from "./decode";
import { keyOf } from "./problems";
import { textsIn } from "./texts";

/** Texts that are credentials by their look alone, each as the services that issue them describe it. */
const shapes: Readonly<Record<string, RegExp>> = {
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
  "an AWS access key": /\b(AKIA|ASIA)[A-Z0-9]{16}\b/,
  // https://www.rfc-editor.org/rfc/rfc7468#section-10
  "a private key": /-----BEGIN ([A-Z]+ )*PRIVATE KEY-----/,
  // https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/
  "a GitHub token": /\b(gh[oprsu]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{22,})\b/,
  // https://docs.gitlab.com/security/tokens/#token-prefixes
  "a GitLab token": /\bglpat-[\w-]{20,}/,
  // https://docs.slack.dev/authentication/tokens/
  "a Slack token": /\bxox[abeoprs]-[\w-]{10,}/,
  // https://docs.stripe.com/keys
  "a Stripe key": /\b[rs]k_live_[A-Za-z0-9]{16,}/,
  // https://docs.npmjs.com/about-access-tokens
  "an npm token": /\bnpm_[A-Za-z0-9]{36}\b/,
  // A variable of Kubernetes, $(NAME), is no password: https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/
  "an address with a password": /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*:(?!\$\()[^\s/:@]+@/,
};

/**
 * Names under which people write what nobody else may know. `secret` and `credentialName` are names of Kubernetes
 * Secrets, and `privateKey` is a file.
 */
const telling = /passw(or)?d|(access|api|secret)[-_]?key|token$|[-_]secret$/i;

/**
 * A JSON Web Key with its private part, or one that both sides have.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7517#section-9.3
 */
const privateKeySet = /"kty"\s*:\s*"oct"|"kty"[\s\S]*"d"\s*:\s*"|"d"\s*:\s*"[\s\S]*"kty"/;

const ofPrivateKeySet = {
  rule: "is a private JSON Web Key in plain text: whoever can read this file, or its history, can sign tokens with it",
  fix: "Leave the public members alone in it (of RSA kty, kid, n and e), and replace the key at the issuer.",
};

/** What is shown instead. */
const hidden = "[hidden]";

/** Every credential that stands in the stack file in plain text. Their texts are never shown. */
export function credentials({ values, project }: StackConfig): Problem[] {
  return Object.entries(values)
    .filter(([section]) => section.startsWith(`${project}:`))
    .flatMap(([section, text]) =>
      textsIn(decode(text), []).flatMap(({ text: each, path }) => {
        const key = keyOf(section, path);
        if (privateKeySet.test(each)) return { key, value: hidden, ...ofPrivateKeySet };
        const what = shapeOf(each);
        if (what === undefined) return [];
        return {
          key,
          value: hidden,
          rule: `is ${what} in plain text: whoever can read this file, or its history, can use it`,
          fix: "Revoke it where it was issued, put a new one into a Kubernetes Secret, and name that: {secret: NAME, key: KEY}.",
        };
      }),
    );
}

/** A problem that doesn't show what may be a credential, by its look or by its key. */
export function withoutCredentials(problem: Problem): Problem {
  const name = lastKey(problem.key);
  // What is wrong may be the name itself.
  return problem.value === name ? problem : { ...problem, value: concealed(problem.value, name) };
}

function lastKey(key: string): string {
  return key.split(/[.:]/).at(-1) ?? "";
}

/** Whether a value, or a part of it, is never shown. */
export function isConcealed(value: unknown, name: string): boolean {
  return JSON.stringify(concealed(value, name)) !== JSON.stringify(value);
}

function concealed(value: unknown, name: string): unknown {
  if (typeof value === "string")
    return telling.test(name) || privateKeySet.test(value) || shapeOf(value) !== undefined ? hidden : value;
  if (Array.isArray(value)) return value.map((child) => concealed(child, name));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, concealed(child, key)]));
}

function shapeOf(text: string): string | undefined {
  return Object.entries(shapes).find(([, shape]) => shape.test(text))?.[0];
}
