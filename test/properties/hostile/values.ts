import fc from "fast-check";
import { credentials, keyMark, secretKeys, text } from "./texts";

const number = fc.constantFrom(
  2 ** 53,
  2 ** 63,
  2 ** 64,
  -(2 ** 63),
  1e308,
  -0,
  1e-320,
  NaN,
  Infinity,
  -Infinity,
  65_536,
  2 ** 31,
  -1,
  0,
  0.1,
);

/** Values of every type, of every size, and up to 150 deep. */
export const value: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: text },
  { weight: 2, arbitrary: number },
  { weight: 3, arbitrary: fc.constantFrom<unknown>(null, true, false, "", [], {}, [null], [[]], { "": null }, [{}]) },
  { weight: 1, arbitrary: fc.tuple(text, text).map(([key, inner]) => ({ [key]: inner })) },
  { weight: 1, arbitrary: fc.array(text, { maxLength: 4 }) },
  { weight: 1, arbitrary: secrets() },
  { weight: 1, arbitrary: fc.integer({ min: 2, max: 150 }).map((depth) => nested(depth, (inner) => [inner])) },
  { weight: 1, arbitrary: fc.integer({ min: 2, max: 150 }).map((depth) => nested(depth, (inner) => ({ a: inner }))) },
  { weight: 1, arbitrary: many() },
);

/** What nobody but its owner may see. */
function secrets(): fc.Arbitrary<unknown> {
  return fc.oneof(
    fc.constantFrom<unknown>({ secure: `v1:${keyMark}` }, { secure: { secure: [`v1:${keyMark}`] } }, [
      { secure: keyMark },
    ]),
    fc.constantFrom(...secretKeys).map((key) => ({ [key]: keyMark })),
    fc.constantFrom(...secretKeys).map((key) => ({ [key]: [keyMark, { value: keyMark }] })),
    fc.constantFrom(...credentials).map((key) => ({ [key]: 1 })),
    fc.constantFrom(...credentials).map((one) => [{ a: { b: one } }]),
  );
}

/** More of something than anybody writes. */
function many(): fc.Arbitrary<unknown> {
  const indices = Array.from({ length: 500 }, (_, index) => index);
  return fc.constantFrom<unknown>(
    indices,
    indices.map(() => "web"),
    indices.map((index) => ({ name: `n${index}` })),
    Object.fromEntries(indices.map((index) => [`k${index}`, index])),
    Object.fromEntries(indices.map((index) => [`app${index}`, { namespace: "a", port: 80 }])),
  );
}

function nested(depth: number, around: (inner: unknown) => unknown): unknown {
  let all: unknown = "end";
  for (let level = 0; level < depth; level += 1) all = around(all);
  return all;
}
