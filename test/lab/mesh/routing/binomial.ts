/**
 * How often something of a probability happens in so many independent trials: the numbers beyond which it comes out
 * with at most the rest of a confidence, half of that on either side. From the exact distribution.
 *
 * @example binomialBounds(1000, 0.1, 0.999) // [70, 132]
 */
export function binomialBounds(trials: number, probability: number, confidence: number): readonly [number, number] {
  const tail = (1 - confidence) / 2;
  return [quantile(trials, probability, tail), trials - quantile(trials, 1 - probability, tail)];
}

/** The largest number below which the outcome lies with at most this probability. */
function quantile(trials: number, probability: number, tail: number): number {
  let logarithm = trials * Math.log(1 - probability);
  let below = 0;
  for (let successes = 0; successes <= trials; successes++) {
    below += Math.exp(logarithm);
    if (below > tail) return successes;
    logarithm += Math.log((trials - successes) / (successes + 1)) + Math.log(probability / (1 - probability));
  }
  return trials;
}
