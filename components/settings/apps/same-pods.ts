import { podsOf } from "./complete";
import type { AppInput } from "./schema";

type Labels = Readonly<Record<string, string>>;

interface Entry {
  readonly name: string;
  readonly index: number;
  readonly labels: Labels;
  readonly isSelected: boolean;
}

/** Each of these applications that is for pods of one before it: by the same labels, or by some of them and no others. */
export function eachSharing(
  apps: readonly (readonly [string, AppInput])[],
  found: (name: string, other: string) => void,
): void {
  const byNamespace = new Map<string, Entry[]>();
  apps.forEach(([name, app], index) => {
    const entry = { name, index, labels: podsOf(name, app).labels, isSelected: app.selector !== undefined };
    const entries = byNamespace.get(app.namespace);
    if (entries) entries.push(entry);
    else byNamespace.set(app.namespace, [entry]);
  });
  for (const entries of byNamespace.values()) {
    const taken = new Map<string, string>();
    // The label that is the default is another for each Service: only a selector of one's own can hold part of others'.
    const selected = entries.filter(({ isSelected }) => isSelected);
    for (const entry of entries) {
      const labels = JSON.stringify(Object.entries(entry.labels).sort());
      const same = taken.get(labels);
      if (same === undefined) taken.set(labels, entry.name);
      const candidates = entry.isSelected ? entries : selected;
      const other = same ?? candidates.find((each) => each.index < entry.index && overlap(each, entry))?.name;
      if (other !== undefined) found(entry.name, other);
    }
  }
}

function overlap(one: Entry, other: Entry): boolean {
  return isWithin(one.labels, other.labels) || isWithin(other.labels, one.labels);
}

function isWithin(some: Labels, all: Labels): boolean {
  return Object.entries(some).every(([key, value]) => all[key] === value);
}
