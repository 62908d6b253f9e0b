/** Packages that read keys of their own. */
export const packages: ReadonlySet<string> = new Set(["aws", "aws-native", "eks", "kubernetes", "pulumi"]);

/** A key's namespace, and its name in that. */
export function split(key: string): readonly [namespace: string, name: string] {
  const separator = key.indexOf(":");
  return [key.slice(0, separator), key.slice(separator + 1)];
}

/** The names in each namespace. */
export function namesOf(values: Readonly<Record<string, string>>): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, string[]>();
  for (const key of Object.keys(values)) {
    const [namespace, name] = split(key);
    names.set(namespace, [...(names.get(namespace) ?? []), name]);
  }
  return names;
}
