import { credentialIn } from "../../engine/credentials";
import type { Rule } from "../../engine/rule";
import { containerName, eachContainer } from "../../facts/kubernetes/containers";

/**
 * No password stands in an environment variable as text. It is certain where the text looks as only a credential does, and
 * likely where the variable's name says so. The text itself is never shown.
 */
export const secretText: Rule = {
  id: "K8S-SECRET-TEXT",
  severity: "advisory",
  title: "no container has a password or key as text in its environment",
  why: "Whoever may read the workload, the file it comes from, or that file's history can use it.",
  fix: "Put it into a Secret, and name that: valueFrom.secretKeyRef.",
  codes: [],
  docs: "https://kubernetes.io/docs/concepts/security/secrets-good-practices/",

  judge: (inventory, check) =>
    eachContainer(inventory, check, (container) =>
      check.each(container.get("env").list(), (variable) => {
        const value = variable.get("value");
        const text = value.text();
        const name = variable.get("name").text() ?? "";
        if (text === undefined) return;
        const shape = credentialIn(text);
        const where = `${containerName(container)} has`;
        if (shape !== undefined)
          check.violation(value, {
            message: `${where} ${shape} as text in the variable ${name}: whoever may read this can use it.`,
            fix: "Revoke it where it was issued, put a new one into a Secret, and name that with valueFrom.secretKeyRef.",
            severity: "mandatory",
          });
        else if (telling.test(name) && !isHarmless(text))
          check.violation(value, {
            message: `${where} the text of ${name} in it, by its name a secret: whoever may read this can use it.`,
            fix: "Put it into a Secret, and name that with valueFrom.secretKeyRef.",
          });
      }),
    ),
};

/** Names of variables that hold a secret itself. One that ends otherwise holds its file, its name or its length. */
const telling =
  /(^|[_-])(passw(or)?d|passphrase|(api|access|secret|private|signing|encryption)[_-]?key|client[_-]?secret|(access|api|auth|bot)[_-]?token)$/i;

/** Whether a text is no secret, whatever its variable is called. */
function isHarmless(text: string): boolean {
  return (
    /^\s*$/.test(text) ||
    // A switch, e.g. ALLOW_EMPTY_PASSWORD, or a number.
    /^(true|false|yes|no|on|off|none|null|[-+]?[\d.]+)$/i.test(text) ||
    // A variable of Kubernetes, or what a template or a reader fills in.
    /\$[({]|\{\{|^<.*>$|^%.*%$|^\*+$/.test(text) ||
    // A file, or an address of where it lies.
    /^(\.{0,2}\/|[a-z][a-z0-9+.-]*:\/\/|arn:)/i.test(text)
  );
}
