import assert from "node:assert/strict";
import { shown } from "../../../policies/engine/shown";

/** Made up, in the shape of each; written in parts so that no scanner takes this file for a leak. */
const key = ["-----BEGIN RSA", "PRIVATE KEY-----\\nMIIB\\n-----END RSA", "PRIVATE KEY-----"].join(" ");

describe("what rules say", () => {
  for (const [what, text, expected] of [
    ["an access key of AWS", `the label AKIA${"Q3".repeat(8)} is odd`, "the label [hidden] is odd"],
    ["a private key, to its end", `env["${key}"] is no field`, 'env["[hidden]"] is no field'],
    ["a token behind a line break that is quoted", `"a\\nghp_${"a1B2".repeat(9)}"`, '"a\\n[hidden]"'],
    ["an address's password", "at postgres://shop:hunter2@db.example.com/shop.", "at [hidden]db.example.com/shop."],
    [
      "a private JSON Web Key",
      'spec["{\\"kty\\":\\"oct\\",\\"k\\":\\"abc\\"}"] is no field',
      'spec["[hidden]"] is no field',
    ],
  ] as const)
    it(`shows no credential: ${what}`, () => assert.equal(shown(text), expected));

  for (const text of ["AKIAIOSFODNN7EXAMPLE", "https://shop.example.com:8443/a@b", 'a key {"kty":"RSA","n":"abc"}'])
    it(`stays as it is where nothing is secret: ${text}`, () => assert.equal(shown(text), text));

  it("is safe to print", () => assert.equal(shown("a\u202eb\n"), "a\\u{202e}b\\u{a}"));

  it("is looked through in linear time", () => {
    for (const part of ["a-", "://", '{"kty"']) assert.equal(shown(part.repeat(100_000)).length > 0, true);
  });
});
