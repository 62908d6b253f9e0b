import { credentialIn, hidden, isPrivateKeySet } from "../concealed";
import type { Problem } from "../errors";
import { decode, type StackConfig } from "./decode";
import { keyOf } from "./problems";
import { textsIn } from "./texts";

const ofPrivateKeySet = {
  rule: "is a private JSON Web Key in plain text: whoever can read this file, or its history, can sign tokens with it",
  fix: "Leave the public members alone in it (of RSA kty, kid, n and e), and replace the key at the issuer.",
};

/** Every credential that stands in the stack file in plain text. Their texts are never shown. */
export function credentials({ values, project }: StackConfig): Problem[] {
  return Object.entries(values)
    .filter(([section]) => section.startsWith(`${project}:`))
    .flatMap(([section, text]) =>
      textsIn(decode(text), []).flatMap(({ text: each, path }) => {
        const key = keyOf(section, path);
        if (isPrivateKeySet(each)) return { key, value: hidden, ...ofPrivateKeySet };
        const what = credentialIn(each);
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
