import fc from "fast-check";
import type { KubernetesObject } from "../cluster/api";
import type { Input } from "./input";

/** What people write by mistake. */
const odd: readonly unknown[] = [
  ...["", "*", "a b", "a.b", "a,b", "1.2.3.4", "http://x", "10", "0s", "16.1s", "1h30m", "~", ".", "(", "HTTP_PROXY"],
  ...["x".repeat(300), -1, 0, 101, 70_000, true, [], {}],
];

type Path = readonly (string | number)[];

/**
 * Each of these objects with one value taken out, or made another of its type. The seed is fixed: each run has the same.
 */
export function mutated(bases: readonly KubernetesObject[], count: number): Input[] {
  const picks = fc.tuple(fc.nat(), fc.nat());
  return fc.sample(picks, { numRuns: count, seed: 1310 }).flatMap(([place, other], index) => {
    const base = structuredClone(bases[index % bases.length]!);
    const paths = pathsIn(base.spec).filter((path) => path.length > 0);
    const path = paths[place % paths.length];
    if (!path) return [];
    const now = replaced(base.spec, path, other);
    return [
      {
        title: `${base.kind} with ${path.join(".")} ${now === undefined ? "left out" : JSON.stringify(now)}`,
        objects: [base],
      },
    ];
  });
}

/** Where something stands, lists and maps among it. */
function pathsIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  const isList = Array.isArray(value);
  return [
    path,
    ...Object.entries(value).flatMap(([key, inner]) => pathsIn(inner, [...path, isList ? Number(key) : key])),
  ];
}

/** Changes what stands at a path, and gives what stands there then. */
function replaced(spec: unknown, path: Path, pick: number): unknown {
  const parent = path.slice(0, -1).reduce<unknown>((at, key) => (at as Record<string | number, unknown>)[key], spec);
  const [holder, key] = [parent as Record<string | number, unknown>, path.at(-1) ?? ""];
  const others = odd.filter(
    (one) => typeof one === typeof holder[key] && Array.isArray(one) === Array.isArray(holder[key]),
  );
  const other = others[pick % (others.length + 1)];
  if (other !== undefined) holder[key] = other;
  else if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else delete holder[key];
  return other;
}
