import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** What `@pulumi/aws` declares of a type's arguments. */
export interface DeclaredArguments {
  readonly required: readonly string[];
  /** Whether it has tags, and so the provider's default ones. */
  readonly taggable: boolean;
  /** Whether its page says how it is imported. */
  readonly importable: boolean;
}

const folder = dirname(require.resolve("@pulumi/aws/package.json"));
const known = new Map<string, DeclaredArguments>();

/** Reads a type's arguments from the package's declarations: `aws:ec2/vpc:Vpc` is `VpcArgs` in `ec2/vpc.d.ts`. */
export function declaredArguments(type: string): DeclaredArguments {
  const read = known.get(type) ?? declared(type);
  known.set(type, read);
  return read;
}

function declared(type: string): DeclaredArguments {
  const [, module = "", name = ""] = type.split(":");
  const file = readFileSync(join(folder, `${module}.d.ts`), "utf8");
  const [, body] = new RegExp(`^export interface ${name}Args \\{$([^]*?)^\\}`, "m").exec(file) ?? [];
  if (body === undefined) throw new Error(`@pulumi/aws declares no ${name}Args in ${module}.d.ts.`);
  return {
    required: [...body.matchAll(/^ {4}(\w+): /gm)].flatMap(([, property]) => property ?? []),
    importable: file.includes("$ pulumi import "),
    taggable: /^ {4}tags\?: /m.test(body),
  };
}
