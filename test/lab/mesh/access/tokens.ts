import { generateKeyPairSync, sign, type KeyObject } from "node:crypto";

const own = generateKeyPairSync("rsa", { modulusLength: 2048 });

/** The key of somebody whom no application trusts. */
export const foreignKey: KeyObject = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;

/** The public key of the issuer of `token`, as a JSON Web Key Set. */
export const keySet = JSON.stringify({
  keys: [{ ...own.publicKey.export({ format: "jwk" }), kid: "lab", alg: "RS256", use: "sig" }],
});

/** What a token that the application `members` takes says. */
export const member = { iss: "https://id.example.org", aud: "members", sub: "somebody" };

/**
 * A JSON Web Token that is valid for an hour.
 *
 * @param claims laid over those of the time
 * @param key who signs it
 */
export function token(claims: Readonly<Record<string, unknown>>, key: KeyObject = own.privateKey): string {
  const now = Math.floor(Date.now() / 1000);
  const text = [
    { alg: "RS256", kid: "lab", typ: "JWT" },
    { iat: now - 60, exp: now + 3600, ...claims },
  ]
    .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
    .join(".");
  return `${text}.${sign("sha256", Buffer.from(text), key).toString("base64url")}`;
}

/** The header that carries a token. */
export function bearer(...args: Parameters<typeof token>): Readonly<Record<string, string>> {
  return { authorization: `Bearer ${token(...args)}` };
}
