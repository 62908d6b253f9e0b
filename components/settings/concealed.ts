/** Texts that are credentials by their look alone, each as the services that issue them describe it. */
const shapes: Readonly<Record<string, RegExp>> = {
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
  "an AWS access key": /\b(AKIA|ASIA)[A-Z0-9]{16}\b/,
  // With all that follows, up to its end: https://www.rfc-editor.org/rfc/rfc7468#section-10
  "a private key": /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----[\s\S]*?(?:-----END (?:[A-Z]+ )*PRIVATE KEY-----|$)/,
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
  // A scheme is short: without a limit, a long text of letters and dots would be read from each of them on.
  "an address with a password": /\b[a-z][a-z0-9+.-]{0,30}:\/\/[^\s/:@]*:(?!\$\()[^\s/:@]+@/,
};

/**
 * Names under which people write what nobody else may know. `secret` and `credentialName` are names of Kubernetes
 * Secrets, and `privateKey` is a file.
 */
const telling = /passw(or)?d|(access|api|secret)[-_]?key|token$|[-_]secret$|^secure$/i;

/** What is shown instead. */
export const hidden = "[hidden]";

const everywhere = Object.values(shapes).map((shape) => new RegExp(shape, "g"));

/** What kind of credential stands in a text, if there is one. */
export function credentialIn(text: string): string | undefined {
  return Object.entries(shapes).find(([, shape]) => shape.test(text))?.[0];
}

/**
 * Whether a text is a JSON Web Key with its private part, or one that both sides have.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7517#section-9.3
 */
export function isPrivateKeySet(text: string): boolean {
  return /"kty"\s*:\s*"oct"/.test(text) || (text.includes('"kty"') && /"d"\s*:\s*"/.test(text));
}

/** A text without the credentials that stand in it. */
export function concealedText(text: string): string {
  const shown = everywhere.reduce((all, shape) => all.replace(shape, hidden), text);
  // It may be quoted once more.
  return isPrivateKeySet(shown.replaceAll('\\"', '"')) ? shown.replace(/\{[^{}]*\}/g, hidden) : shown;
}

/** A line of a file that nobody could read, without what may be a credential by its look or by its key. */
export function concealedLine(line: string): string {
  const key = /([\w.-]+)["']?[ \t]*:/g;
  for (const { 1: name = "", 0: whole, index } of line.matchAll(key))
    if (telling.test(name)) return `${line.slice(0, index + whole.length)} ${hidden}`;
  // A line of a private key is one long word.
  return concealedText(line).replace(/[A-Za-z0-9+/=]{40,}/g, hidden);
}

/** Whether a value, or a part of it, is never shown. */
export function isConcealed(value: unknown, name: string): boolean {
  return JSON.stringify(concealed(value, name)) !== JSON.stringify(value);
}

/** A value without what may be a credential, by its look or by the names it stands under. */
export function concealed(value: unknown, ...names: readonly string[]): unknown {
  return without(
    value,
    names.some((name) => telling.test(name)),
  );
}

function without(value: unknown, isTold: boolean): unknown {
  if (typeof value === "string") return isTold || isCredential(value) ? hidden : value;
  // A password without quotes, of digits alone.
  if (typeof value === "number") return isTold ? hidden : value;
  if (Array.isArray(value)) return value.map((child) => without(child, isTold));
  if (typeof value !== "object" || value === null) return value;
  const isReference = Object.keys(value).every((key) => key === "secret" || key === "key");
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [
      concealedText(key),
      without(child, (isTold && !isReference) || telling.test(key)),
    ]),
  );
}

function isCredential(text: string): boolean {
  return isPrivateKeySet(text) || credentialIn(text) !== undefined;
}
