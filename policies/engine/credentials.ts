/**
 * Texts that are credentials by their look alone, each as the services that issue them describe it. None begins within a
 * word; the letter of a `\n` in a quoted text is no part of one.
 */
const shapes: readonly (readonly [what: string, shape: RegExp])[] = [
  // The keys in AWS's own documentation end in EXAMPLE.
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
  ["an AWS access key", /(?<!(?<!\\)\w)(AKIA|ASIA)(?![A-Z0-9]{9}EXAMPLE\b)[A-Z0-9]{16}\b/],
  // With all that follows, up to its end: https://www.rfc-editor.org/rfc/rfc7468#section-10
  ["a private key", /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----[\s\S]*?(?:-----END (?:[A-Z]+ )*PRIVATE KEY-----|$)/],
  // https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/
  ["a GitHub token", /(?<!(?<!\\)\w)(gh[oprsu]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{22,})\b/],
  // https://docs.gitlab.com/security/tokens/#token-prefixes
  ["a GitLab token", /(?<!(?<!\\)\w)glpat-[\w-]{20,}/],
  // https://docs.slack.dev/authentication/tokens/
  ["a Slack token", /(?<!(?<!\\)\w)xox[abeoprs]-[\w-]{10,}/],
  // https://docs.stripe.com/keys
  ["a Stripe key", /(?<!(?<!\\)\w)[rs]k_live_[A-Za-z0-9]{16,}/],
  // https://docs.npmjs.com/about-access-tokens
  ["an npm token", /(?<!(?<!\\)\w)npm_[A-Za-z0-9]{36}\b/],
  // What begins with one of these signs is filled in by Kubernetes, a template or a reader. A scheme is short: without a
  // limit, a long text of letters and dots would be read from each of them on.
  ["an address with a password", /(?<!(?<!\\)\w)[a-z][a-z0-9+.-]{0,30}:\/\/[^\s/:@]*:(?![$<{[%*])[^\s/:@]+@/],
];

/** Stands in each of them, and is looked for in a fraction of the time. */
const sign = /A[KS]IA|-----BEGIN |gh[oprsu]_|github_pat_|glpat-|xox|k_live_|npm_|:\/\/|"kty/;

const everywhere = shapes.map(([, shape]) => new RegExp(shape, "g"));

/** What kind of credential stands in a text, if there is one. */
export function credentialIn(text: string): string | undefined {
  return shapes.find(([, shape]) => shape.test(text))?.[0];
}

/** A text without the credentials that stand in it: what rules say is read by many, and kept in logs. */
export function concealed(text: string): string {
  if (!sign.test(text)) return text;
  const shown = everywhere.reduce((all, shape) => all.replace(shape, "[hidden]"), text);
  return isPrivateKeySet(shown) ? shown.replace(/\{[^{}]*\}/g, "[hidden]") : shown;
}

/**
 * Whether a JSON Web Key with its private part stands in a text, or one that both sides have; its quotes may be quoted.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7517#section-9.3
 */
function isPrivateKeySet(text: string): boolean {
  return /"kty\\?"\s*:\s*\\?"oct/.test(text) || (/"kty\\?"/.test(text) && /"d\\?"\s*:\s*\\?"/.test(text));
}
