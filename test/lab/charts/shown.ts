import assert from "node:assert/strict";
import type { Values } from "./charts";
import { another, leaves, replaced, written } from "./leaves";

/** Values whose other value must be one that the chart's schema knows. */
const others: Readonly<Record<string, unknown>> = { "service.type": "ClusterIP" };

/**
 * Gives each value another one, alone, and asserts that something else comes of it: the charts base and istiod, and
 * Istio's annotations, take a misspelt key silently.
 */
export async function assertShown(
  { values }: { readonly values: Values },
  rendered: (values: Values) => Promise<unknown>,
): Promise<void> {
  const before = JSON.stringify(await rendered(values));
  const silent: string[] = [];
  const rest = [...leaves(values)];
  assert.ok(rest.length > 0);
  const work = async () => {
    for (let leaf = rest.pop(); leaf; leaf = rest.pop()) {
      const other = others[written(leaf.path)] ?? another(leaf.value);
      const after = JSON.stringify(await rendered(replaced(values, leaf.path, other) as Values));
      if (after === before) silent.push(written(leaf.path));
    }
  };
  await Promise.all([work(), work()]);
  assert.deepEqual(silent, [], "values that nothing reads");
}
