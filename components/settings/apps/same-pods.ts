import { podsOf } from "./complete";
import type { AppInput } from "./schema";

/** Each of these applications whose pods have the labels of one before it. */
export function eachSharing(
  apps: readonly (readonly [string, AppInput])[],
  found: (name: string, other: string) => void,
): void {
  const taken = new Map<string, string>();
  for (const [name, app] of apps) {
    const { labels } = podsOf(name, app);
    const pods = `${app.namespace} ${JSON.stringify(Object.entries(labels).sort())}`;
    const other = taken.get(pods);
    if (other === undefined) taken.set(pods, name);
    else found(name, other);
  }
}
