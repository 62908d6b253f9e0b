/** Reports each value of a list that has stood there before, unless what stood there is a guess. */
export function eachRepeated<T>(
  values: readonly T[],
  found: (index: number, value: T) => void,
  guessed: (index: number) => boolean = () => false,
): void {
  values.forEach((value, index) => {
    if (values.some((other, before) => before < index && other === value && !guessed(before))) found(index, value);
  });
}
