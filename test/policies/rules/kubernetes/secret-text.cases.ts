import { secretText } from "../../../../policies/rules/kubernetes/secret-text";
import { cases } from "../../cases";
import type { StackDraft } from "../../stack";
import { container } from "./drafts";

/** Sets the environment of the container. */
function env(stack: StackDraft, variables: Readonly<Record<string, string>>): void {
  container(stack).env = Object.entries(variables).map(([name, value]) => ({ name, value }));
}

const joined = (...parts: readonly string[]) => parts.join("");

/** Texts in the shapes of real ones, put together here so that no scanner takes them for one. */
const looks = {
  "an AWS access key": joined("AKIA", "IOSFODNN7QXAMPLA"),
  "a private key": joined("-----BEGIN ", "RSA PRIVATE KEY", "-----\nMIIE"),
  "a GitHub token": joined("ghp_", "a1B2".repeat(9)),
  "a GitLab token": joined("glpat-", "a1B2c3D4".repeat(3)),
  "a Slack token": joined("xoxb-", "123456789012"),
  "a Stripe key": joined("sk_live_", "a1B2".repeat(5)),
  "an npm token": joined("npm_", "a1B2".repeat(9)),
  "an address with a password": joined("postgres://shop:", "hunter2", "@db.example.com/shop"),
};

export default cases(secretText, {
  breaks: {
    ...Object.fromEntries(
      Object.entries(looks).map(([what, text]) => [
        what,
        {
          change: (stack: StackDraft) => env(stack, { SETTING: text }),
          finds: [
            `Deployment bookinfo/details-v1: container details has ${what} as text in the variable SETTING: whoever may read this can use it. Revoke it where it was issued, put a new one into a Secret, and name that with valueFrom.secretKeyRef.`,
          ],
          severity: "mandatory" as const,
        },
      ]),
    ),
    ...Object.fromEntries(
      ["DB_PASSWORD", "AWS_SECRET_ACCESS_KEY", "DJANGO_SECRET_KEY", "API_KEY", "OIDC_CLIENT_SECRET"].map((name) => [
        `a text by the name of ${name}`,
        {
          change: (stack: StackDraft) => env(stack, { [name]: "correct-horse" }),
          finds: [
            `Deployment bookinfo/details-v1: container details has the text of ${name} in it, by its name a secret: whoever may read this can use it. Put it into a Secret, and name that with valueFrom.secretKeyRef.`,
          ],
          severity: "advisory" as const,
        },
      ]),
    ),
  },
  keeps: {
    "a Secret's key": (stack) => {
      container(stack).env = [
        { name: "DB_PASSWORD", valueFrom: { secretKeyRef: { name: "database", key: "password" } } },
      ];
    },
    "files, paths and names": (stack) =>
      env(stack, {
        DB_PASSWORD_FILE: "/run/secrets/password",
        PRIVATE_KEY_PATH: "/etc/keys/tls.key",
        API_KEY_NAME: "x-api-key",
        TLS_PRIVATE_KEY: "/etc/keys/tls.key",
        SIGNING_KEY: "file:///etc/keys/sign.pem",
        WEBHOOK_SECRET: "webhook-server-cert",
      }),
    "variables and what a template fills in": (stack) =>
      env(stack, {
        DB_PASSWORD: "$(PASSWORD)",
        API_KEY: "${API_KEY}",
        ADMIN_PASSWORD: "<password>",
        DATABASE_URL: "postgres://shop:$(PASSWORD)@db.example.com/shop",
        CACHE_URL: "redis://shop:${PASSWORD}@cache.example.com",
      }),
    "switches and numbers": (stack) =>
      env(stack, { ALLOW_EMPTY_PASSWORD: "yes", REQUIRE_PASSWORD: "true", MIN_PASSWORD: "12", MY_PASSWORD: "" }),
    "addresses without a password": (stack) =>
      env(stack, { URL: "https://example.com:8443/a@b", DATABASE_URL: "postgres://shop@db.example.com/shop" }),
    "the key of AWS's documentation": (stack) => env(stack, { AWS_ACCESS_KEY_ID: joined("AKIA", "IOSFODNN7EXAMPLE") }),
  },
});
