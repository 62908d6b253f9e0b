import fc from "fast-check";
import { stringify } from "yaml";
import { mutated } from "../mutations";
import { controls, credentials, keyMark, mark, text } from "./texts";
import { value } from "./values";

type Edit = (text: string) => string;

/** Lines that no tree says. */
const lines = [
  "x: &a [*a]\n",
  "x: &a {b: *a}\n",
  "x: &a {<<: *a}\n",
  "x: *nowhere\n",
  `x: ${"[".repeat(3000)}\n`,
  `x: ${"{a: ".repeat(3000)}\n`,
  `x: ${"[".repeat(3000)}${"]".repeat(3000)}\n`,
  `x: ${"{a: ".repeat(3000)}1${"}".repeat(3000)}\n`,
  `? ${"? ".repeat(3000)}\n`,
  `x: ${"- ".repeat(3000)}\n`,
  `${Array.from({ length: 3000 }, (_, depth) => `${" ".repeat(depth)}a:`).join("\n")}\n`,
  `a: &a0 [x, x]\n${Array.from({ length: 30 }, (_, index) => `b${index}: &a${index + 1} [*a${index}, *a${index}]`).join("\n")}\n`,
  `a: &a {b: 1}\n${Array.from({ length: 1200 }, (_, index) => `b${index}: *a`).join("\n")}\n`,
  "a: 1\na: 2\n",
  "config:\n",
  "config: {}\nconfig: []\n",
  "config: [aws:region, eks-istio:domain]\n",
  "config: 1\n",
  "__proto__: {a: 1}\nconstructor: {b: 2}\n",
  "...\n---\n",
  "---\n",
  "%YAML 1.1\n---\n",
  "!!binary x: !!binary y\n",
  "!!js/function f: !!set {a}\n",
  "!<!x\u202e> y: !!timestamp z\n",
  "? [a, b]\n: c\n",
  "? {a: b}\n: c\n",
  ": x\n",
  "null: x\n",
  "'': x\n",
  "{{- if .Values.a }}\n",
  "\tx: 1\n",
  "   x: 1\n  y: 2\n",
  "x: y: z\n",
  "x: @\n",
  "x: `\n",
  "x: 'y\n",
  "x: |\n y\n  z\n",
  "x: >-9\n",
  `password: ${keyMark}: x\n`,
  `   apiKey: ${keyMark}\n`,
  `\tauthToken: ${keyMark}\n`,
  ...credentials.map((one) => `x: "${one.trim().replaceAll("\n", "\\n").replaceAll('"', '\\"')}": y\n`),
  `x: |\n  -----BEGIN PRIVATE KEY-----\n ${mark}${"M".repeat(54)}\n`,
] as const;

/** Changes to a text that no change to a tree makes. */
const edit: fc.Arbitrary<Edit> = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Edit>((all) => all) },
  { weight: 1, arbitrary: fc.tuple(fc.nat(), fc.constantFrom(...controls)).map(([at, one]) => inserted(at, one)) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.nat(), fc.constantFrom(...Array.from("~:-{}[]&*!|>'\"%@`#,?\\")))
      .map(([at, one]) => inserted(at, one)),
  },
  {
    weight: 1,
    arbitrary: fc.nat().map(
      (at): Edit =>
        (all) =>
          all.slice(0, at % (all.length + 1)),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(fc.constantFrom(...lines), fc.nat()).map(([line, place]): Edit => (all) => {
      const own = all.split("\n");
      const at = place % (own.length + 1);
      // Often where the lines around it stand.
      const indent = place % 3 === 0 ? "" : (/^ */.exec(own[at] ?? "")?.[0] ?? "");
      return [...own.slice(0, at), indent + line.replace(/\n$/, ""), ...own.slice(at)].join("\n");
    }),
  },
);

function inserted(at: number, piece: string): Edit {
  return (all) => {
    const place = at % (all.length + 1);
    return all.slice(0, place) + piece + all.slice(place);
  };
}

/** YAML of a tree that somebody with bad intent had in hands. */
export function hostile(tree: unknown): fc.Arbitrary<string> {
  return fc
    .tuple(mutated(tree, { value, key: text }), fc.constantFrom(yamlOf, jsonOf), edit)
    .map(([all, write, change]) => change(write(all)));
}

function yamlOf(tree: unknown): string {
  return stringify(tree, { aliasDuplicateObjects: false });
}

function jsonOf(tree: unknown): string {
  return JSON.stringify(tree, null, 1);
}
