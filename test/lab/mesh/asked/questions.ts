import fc from "fast-check";
import { questionOf, type Question } from "../../../../cli/ask/question";

/** A request, before it is written as a question. */
export interface Wording {
  readonly method: string;
  readonly address: string;
  readonly from: string;
  readonly headers?: readonly string[];
  readonly claims?: Readonly<Record<string, unknown>> | undefined;
}

/** How many questions a run asks. `LAB_QUESTIONS` asks more. */
export const count = Number(process.env.LAB_QUESTIONS ?? 200);

/** What is drawn is the same in each run but for `LAB_SEED`. */
export const seed = Number(process.env.LAB_SEED ?? 1);

/** @param nth of several stacks: each is asked others */
export function questions(wordings: fc.Arbitrary<Wording>, numRuns: number, nth = 0): readonly Question[] {
  return fc
    .sample(wordings, { numRuns, seed: seed + nth * 1000 })
    .map(({ method, address, from, headers, claims }) =>
      questionOf(`${method} ${address} from ${from}`, headers, claims && JSON.stringify(claims)),
    );
}

/** A path of some of these parts, often one that a stack says something about. */
export function paths(known: readonly string[], parts: readonly string[]): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...known) },
    {
      weight: 1,
      arbitrary: fc.array(fc.constantFrom(...parts), { maxLength: 3 }).map((some) => `/${some.join("/")}`),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(fc.constantFrom(...known), fc.constantFrom(...parts)).map((pair) => pair.join("/")),
    },
  );
}

/** Some of these headers. */
export function headers(known: readonly string[]): fc.Arbitrary<readonly string[]> {
  return fc
    .subarray([...known], { maxLength: 2 })
    .map((some) => [...new Map(some.map((each) => [each.split(":")[0], each])).values()]);
}
