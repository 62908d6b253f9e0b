import * as z from "zod";
import { pathText } from "./value";

const level = z.enum(["off", "advisory", "mandatory"]);

const exemption = z.strictObject({
  resource: z.string().min(1),
  reason: z
    .string({ error: "say why, for whoever reads this next" })
    .trim()
    .min(1, "say why, for whoever reads this next"),
  expires: z.iso.date({ error: 'write the last day, e.g. "2027-01-31"' }),
});

const rule = z.strictObject({ level: level.optional(), exempt: z.array(exemption).optional() });

const schema = z.strictObject({
  rules: z.record(z.string(), z.union([level, rule])).default({}),
  production: z.boolean().optional(),
  outside: z.array(z.string().min(1)).default([]),
});

/** What a configuration says, where it has no mistakes; and its mistakes, in words. */
interface Config {
  readonly config: z.output<typeof schema> | undefined;
  readonly problems: string[];
}

/**
 * Reads what stands under one policy's name.
 *
 * @param key where that stands, for the messages
 */
export function configOf(config: unknown, key: string): Config {
  const parsed = schema.safeParse(config, { reportInput: true });
  return parsed.success
    ? { config: parsed.data, problems: [] }
    : { config: undefined, problems: parsed.error.issues.flatMap((issue) => tell(issue, key)) };
}

function tell(issue: z.core.$ZodIssue, key: string): string[] {
  const path = `${key}${pathText(issue.path.map((part) => (typeof part === "symbol" ? String(part) : part))).replace(/^(?=[^[])/, ".")}`;
  if (issue.code === "unrecognized_keys")
    return issue.keys.map(
      (unknown) => `${path}.${unknown} is not a known key. Known here: ${knownKeys(issue.path.length).join(", ")}.`,
    );
  if (issue.code === "invalid_union") {
    // A level and an object are told apart by what was written.
    const form = typeof issue.input === "object" ? issue.errors[1] : undefined;
    return form
      ? form.flatMap((inner) => tell({ ...inner, path: [...issue.path, ...inner.path] }, key))
      : [`${path}: write "off", "advisory", "mandatory", or an object with level and exempt.`];
  }
  return [`${path}: ${issue.message}.`];
}

/** What may stand beneath a policy's name, beneath a rule's id, and in an exemption. */
function knownKeys(depth: number): string[] {
  if (depth === 0) return [...Object.keys(schema.shape), "enforcementLevel"];
  return Object.keys(depth <= 2 ? rule.shape : exemption.shape);
}
