import fc from "fast-check";

type Tree = unknown;

/** Every place in a tree: the keys and indices that lead to it. */
function places(tree: Tree, path: readonly (string | number)[] = []): (string | number)[][] {
  const below = Array.isArray(tree)
    ? tree.flatMap((child, index) => places(child, [...path, index]))
    : typeof tree === "object" && tree !== null
      ? Object.entries(tree).flatMap(([key, child]) => places(child, [...path, key]))
      : [];
  return path.length === 0 ? below : [[...path], ...below];
}

/** What a hand slips into a stack file: another type, a near miss, something huge or empty. */
const slip = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    "",
    " ",
    0,
    -1,
    1.5,
    1e9,
    [],
    {},
    "0.0.0.0/0",
    "*",
    "1.20.0",
    "LEAST_CONN",
    "a.b",
    "-",
    "10s",
    "0s",
    "__proto__",
    { "": "" },
    { constructor: 1 },
  ),
  fc.string(),
  fc.integer(),
  fc.jsonValue({ maxDepth: 2 }),
);

/** What a change puts into a tree. */
interface Slips {
  readonly value: fc.Arbitrary<unknown>;
  readonly key: fc.Arbitrary<string>;
}

const byHand: Slips = {
  value: slip,
  key: fc.oneof(fc.string(), fc.constantFrom("__proto__", "toString", "weigth", "host")),
};

/** One change at one place: another value, no value, another name, or a stranger beside it. */
type Mutation = (tree: Tree) => Tree;

const mutation = ({ value, key }: Slips): fc.Arbitrary<Mutation> =>
  fc
    .record({
      place: fc.nat(),
      kind: fc.constantFrom("replace", "remove", "rename", "add"),
      value,
      key,
    })
    .map(({ place, kind, value, key }) => (tree) => {
      const copy: Tree = structuredClone(tree);
      const all = places(copy);
      const path = all[place % Math.max(1, all.length)];
      if (!path) return copy;
      const last = path.at(-1) ?? "";
      const parent = path
        .slice(0, -1)
        .reduce<Tree>((at, part) => (at as Record<string | number, Tree>)[part], copy) as Record<string | number, Tree>;
      if (kind === "replace") set(parent, last, value);
      else if (kind === "add") set(parent, Array.isArray(parent) ? parent.length : key, value);
      else {
        const old = parent[last];
        if (Array.isArray(parent)) parent.splice(Number(last), 1);
        else delete parent[last];
        if (kind === "rename" && !Array.isArray(parent)) set(parent, key, old);
      }
      return copy;
    });

/** As JSON.parse would: `__proto__` is a key like any other. */
function set(parent: Record<string | number, Tree>, key: string | number, value: Tree): void {
  Object.defineProperty(parent, key, { value, enumerable: true, configurable: true, writable: true });
}

/** One to three mutations of a tree. */
export function mutated(tree: Tree, of: Slips = byHand): fc.Arbitrary<Tree> {
  return fc
    .array(mutation(of), { minLength: 1, maxLength: 3 })
    .map((mutations) => mutations.reduce((result, mutate) => mutate(result), tree));
}
