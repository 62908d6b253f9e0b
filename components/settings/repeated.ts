/** Reports each value of a list that has stood there before, unless what stood there is a guess. */
export function eachRepeated<T>(
  values: readonly T[],
  found: (index: number, value: T) => void,
  guessed: (index: number) => boolean = () => false,
): void {
  const before = new Set<T>();
  values.forEach((value, index) => {
    if (before.has(value)) found(index, value);
    if (!guessed(index)) before.add(value);
  });
}
