import type { Value } from "../../engine/value";

/** Nanoseconds. */
const units: Readonly<Record<string, bigint>> = {
  h: 3_600_000_000_000n,
  m: 60_000_000_000n,
  s: 1_000_000_000n,
  ms: 1_000_000n,
  us: 1000n,
  µs: 1000n,
  ns: 1n,
};

const part = /(\d*)(?:\.(\d*))?(h|ms|m|s|us|µs|ns)/g;

/**
 * A duration as Istio reads it (`1.5s`, `1m30s`, `250ms`) in nanoseconds; undefined if it is none.
 *
 * @see https://pkg.go.dev/time#ParseDuration
 */
export function nanoseconds(text: string): bigint | undefined {
  const [, sign, rest = ""] = /^([+-]?)((?:(?:\d+\.?\d*|\.\d+)(?:h|ms|m|s|us|µs|ns))+)$/.exec(text) ?? [];
  if (rest === "") return undefined;
  const sum = [...rest.matchAll(part)].reduce((total, [, whole = "", fraction = "", unit = ""]) => {
    const size = units[unit] ?? 0n;
    return total + BigInt(whole || 0) * size + (BigInt(fraction || 0) * size) / 10n ** BigInt(fraction.length);
  }, 0n);
  return sign === "-" ? -sum : sum;
}

/** The same in seconds; undefined if it is none. */
export function seconds(duration: unknown): number | undefined {
  const length = typeof duration === "string" ? nanoseconds(duration) : undefined;
  return length === undefined ? undefined : Number(length) / 1e9;
}

/** The same in milliseconds, of a value; undefined if it is absent or none. */
export function milliseconds(value: Value): number | undefined {
  const length = nanoseconds(value.text() ?? "");
  return length === undefined ? undefined : Number(length) / 1e6;
}
