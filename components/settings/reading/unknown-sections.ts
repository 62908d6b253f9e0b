import type { Problem } from "../errors";
import { decode, type StackConfig } from "./decode";
import { dottedKey } from "./dotted-key";
import { packages, split } from "./names";
import { unknownKey } from "./unknown-key";
import { closest } from "./suggestions";

/** Keys of our namespace that nobody reads, and namespaces that are nearly ours. */
export function unknownSections(
  { project, values, secrets = [] }: StackConfig,
  sections: readonly string[],
): Problem[] {
  return Object.entries(values).flatMap(([full, text]): Problem[] => {
    const [namespace, name] = split(full);
    const isSecret = secrets.includes(full);
    const value = isSecret ? "[secret]" : decode(text);
    if (namespace === project) {
      if (name === "gateway") return [singleGateway(full, value, project)];
      if (!sections.includes(name))
        return [dottedKey(full, name, isSecret ? undefined : text) ?? unknownKey(full, value, name, sections)];
      if (isSecret)
        return [
          {
            key: full,
            value: "[secret]",
            rule: "is encrypted, and a plan or a policy can't read it",
            fix: "Set it without --secret; put secrets into a Kubernetes Secret, and name that in env.",
          },
        ];
      return [];
    }
    const near = packages.has(namespace) ? undefined : closest(namespace, [project, "aws"]);
    return near
      ? [
          {
            key: full,
            value,
            rule: "is in a namespace that neither this project nor Pulumi reads",
            fix: `Did you mean "${near}:${name}"?`,
          },
        ]
      : [];
  });
}

/** The key of stack files from when there was one gateway. */
function singleGateway(key: string, value: unknown, project: string): Problem {
  const own = typeof value === "object" && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
  return {
    key,
    value,
    rule: `is now ${project}:gateways, a map with a name for each gateway`,
    fix: `Write it as ${project}:gateways: {default: {${own.map((name) => `${name}: …`).join(", ")}}}.`,
  };
}
