import fc from "fast-check";

/** What no name or value should hold: it moves a cursor, hides text, turns it around, breaks a line, or ends a string. */
export const controls = [
  "\u001b[2J",
  "\u001b]0;title\u0007",
  "\u001b]8;;https://example.org\u001b\\",
  "\b",
  "\u007f",
  "\u0085",
  "\u009b31m",
  "\u00ad",
  "\u202e",
  "\u2028",
  "\u2029",
  "\u2066",
  "\u200b",
  "\ufeff",
  "\u{e0041}",
  "\0",
  "\n",
  "\r",
  "\r\n",
  "\t",
  "\ud800",
] as const;

/** Stands in every credential that is one by its look: nothing that holds it may be shown. */
export const mark = "S3CR3TM4RK";

/** Stands in what is a secret by the key above it. In a manifest such a key may as well be a label's. */
export const keyMark = "K3YM4RK";

/** Credentials by their look alone. */
export const credentials = [
  `AKIA${mark}012345`,
  `-----BEGIN RSA PRIVATE KEY-----\n${mark}${"M".repeat(54)}\n-----END RSA PRIVATE KEY-----\n`,
  `ghp_${mark}${"a".repeat(26)}`,
  `github_pat_${mark}${"a".repeat(22)}`,
  `glpat-${mark}0123456789`,
  `xoxb-${mark}-0123456789`,
  `sk_live_${mark}0123456789`,
  `npm_${mark}${"a".repeat(26)}`,
  `postgres://admin:${mark}@db.example.org/shop`,
  `{"kty":"oct","k":"${mark}"}`,
] as const;

/** Keys whose values are credentials, whatever they look like. */
export const secretKeys = ["password", "DB_PASSWD", "apiKey", "secret_key", "access-key", "authToken", "client-secret"];

const words = [
  "web",
  "*",
  "a.b",
  "app",
  "10s",
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "secure",
  "<<",
  "{{ .Values.a }}",
  "[unknown]",
  "2001:db8::/33",
  "0x1f",
  "1_000",
  "no",
  "~",
] as const;

/** Texts that take long where somebody looks at each part of them once more for each other one. */
const long = [
  "x".repeat(20_000),
  "a-".repeat(10_000),
  "a.".repeat(10_000),
  "/{*}".repeat(5000),
  " ".repeat(20_000),
  `${"a ".repeat(10_000)}:`,
  '"kty"'.repeat(4000),
  "é".repeat(20_000),
  "{{".repeat(10_000),
  "$(A)".repeat(5000),
  "1".repeat(20_000),
  ",a".repeat(10_000),
  "\\".repeat(20_000),
  `${"(".repeat(10_000)}${")".repeat(10_000)}`,
  "(a*)*".repeat(4000),
] as const;

export const text = fc.oneof(
  { weight: 4, arbitrary: withControl() },
  { weight: 3, arbitrary: fc.constantFrom(...words, ...controls) },
  { weight: 2, arbitrary: fc.string({ unit: "binary", maxLength: 12 }) },
  { weight: 1, arbitrary: fc.constantFrom("x".repeat(300), ...long) },
  { weight: 1, arbitrary: fc.constantFrom(...credentials) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom("see ", "a\n", "é", "", "-"), fc.constantFrom(...credentials))
      .map((parts) => parts.join("")),
  },
);

function withControl(): fc.Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom("", ...words), fc.constantFrom(...controls), fc.constantFrom("", ...words))
    .map((parts) => parts.join(""));
}
