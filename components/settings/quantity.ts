const factors: Readonly<Record<string, number>> = {
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

/** A Kubernetes quantity as a number: `250m` is 0.25, `1Gi` is 1073741824. */
export function quantity(text: string): number {
  const [, amount = "0", unit = ""] = /^([\d.]+)([A-Za-z]*)$/.exec(text) ?? [];
  return Number(amount) * (factors[unit] ?? 1);
}
