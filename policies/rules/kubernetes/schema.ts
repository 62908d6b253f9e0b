import { KubernetesObject } from "../../engine/resource";
import type { Rule } from "../../engine/rule";
import { wrongValue } from "../../facts/causes";
import { differences } from "../../schemas/mistakes";
import { schemaOf } from "../../schemas/schema";

/** Objects have the fields that their kind has, with values that these take. */
export const schema: Rule = {
  id: "K8S-SCHEMA",
  severity: "mandatory",
  title: "objects have no unknown fields, and no values that their kind doesn't take",
  why: "The API server drops a field with a typo in its name, so that a timeout or a policy that everybody believes in isn't there.",
  fix: "Mend the field's name or value.",
  codes: ["IST0106"],
  docs: "https://istio.io/latest/docs/reference/config/analysis/ist0106/",

  judge: (inventory, check) =>
    check.each(inventory.resources, (resource) => {
      // A patch is part of an object.
      if (!(resource instanceof KubernetesObject) || resource.isPatch) return;
      const schema = schemaOf(versionOf(resource), resource.kind);
      if (!schema) return;
      const { mistakes, unknowns } = differences(resource.data.properties, schema);
      for (const { path, message, fix } of mistakes) {
        const at = resource.get(...path);
        check.violation(at, { message, fix, ...wrongValue(at) });
      }
      check.each(unknowns, (path) => {
        resource.get(...path).plain();
      });
    }),
};

/** The API version as its type has it, where it is never unknown: `apps/v1`, `v1`. */
function versionOf({ type }: KubernetesObject): string {
  return (type.split(":")[1] ?? "").replace(/^core\//, "");
}
