import fc from "fast-check";

/*
 * What generated stacks and the questions about them are made of. Words are few, so that a question often meets what a stack
 * says of it.
 */

export const one = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);

/** Between some and many of these, in their order. */
export const several = <T>(values: readonly T[], minLength: number, maxLength: number): fc.Arbitrary<T[]> =>
  fc.subarray([...values], { minLength, maxLength });

/** There so many times in ten. */
export const maybe = <T>(value: fc.Arbitrary<T>, times: number): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: times, arbitrary: value }, { weight: 10 - times, arbitrary: fc.constant(undefined) });

/** Some of these keys. */
export function some(
  model: Readonly<Record<string, fc.Arbitrary<unknown>>>,
  minLength: number,
  maxLength: number,
): fc.Arbitrary<Record<string, unknown>> {
  return several(Object.keys(model), minLength, maxLength).chain((keys) =>
    fc.record(Object.fromEntries(keys.map((key) => [key, model[key] ?? fc.constant(undefined)]))),
  );
}

export const paths = [
  "/",
  "/a",
  "/a/b",
  "/A/b",
  "/ab",
  "/a/",
  "/shop",
  "/shop/",
  "/shop/cart",
  "/shop//cart",
  "/api",
  "/api/items",
  "/api/items/7",
  "/item/7",
  "/item/7b",
  "/pay",
  "/old",
  "/users/7/orders",
  "/users/7/8/orders",
  "/x/health",
  "/shop/%63art",
  "/api%2Fitems",
] as const;

export const queries = ["", "", "", "?q=1", "?q=1&q=2", "?q=12b", "?q=", "?q", "?kind=new&q=12", "?kind=old"] as const;

/** As `--header` takes them; several of one name are alternatives. */
export const headers = [
  "x-version: v1",
  "x-version: v2",
  "x-version: w2",
  "end-user: tester",
  "end-user: tester2",
  "x-purpose: order-7",
  "x-purpose: other",
  "cookie: beta=1",
  "cookie: other=2; beta=12",
  "cookie: xbeta=1",
  "authorization: Basic x",
] as const;

/** What callers claim to be. */
export const addresses = ["203.0.113.7", "203.0.113.66", "203.0.113.200", "198.51.100.9"] as const;

export const blocks = ["203.0.113.0/24", "203.0.113.66/32", "203.0.113.128/25", "198.51.100.0/24"] as const;

export const issuers = ["https://id.example.org", "https://other.example.org"] as const;
