import type { Value } from "../../../value";

const units: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 };

/** A duration as Istio writes it (`1.5s`, `1m30s`, `250ms`) in milliseconds; undefined if it is absent or none. */
export function milliseconds(value: Value): number | undefined {
  const text = value.text();
  if (text === undefined || !/^(\d+(\.\d+)?(h|ms|m|s))+$/.test(text)) return undefined;
  return [...text.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|s)/g)].reduce(
    (sum, [, number, unit]) => sum + Number(number) * (units[unit ?? ""] ?? 0),
    0,
  );
}
