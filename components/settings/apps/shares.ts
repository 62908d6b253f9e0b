/**
 * The shares of requests that each of several weighted things gets, in percent.
 *
 * One alone gets everything. Among several, one without a weight gets nothing.
 *
 * @param weights what the stack file says of each
 * @example `sharesOf([undefined])` is `[100]`; `sharesOf([90, 10, undefined])` is `[90, 10, 0]`
 */
export function sharesOf(weights: readonly (number | undefined)[]): number[] {
  return weights.map((weight) => weight ?? (weights.length === 1 ? 100 : 0));
}
