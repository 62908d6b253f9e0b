import type { Path, Value } from "../../engine/value";

/**
 * What stands at a path below a message of Istio's configuration, as istiod reads it: protobuf's JSON has two spellings of
 * each field, `accessLogFile` and `access_log_file`, of which the first one counts where both are there.
 *
 * @see https://protobuf.dev/programming-guides/json/
 */
export function fieldAt(message: Value, keys: Path): Value {
  return keys.reduce<Value>((value, key) => {
    const own = value.get(key);
    if (typeof key !== "string" || own.isUnknown || own.exists) return own;
    const other = value.get(snakeCase(key));
    return other.isUnknown || other.exists ? other : own;
  }, message);
}

/** The same below a MeshConfig, some fields of which have one spelling. */
export function meshFieldAt(mesh: Value, keys: Path): Value {
  const [first, ...further] = keys;
  if (typeof first !== "string" || !mergedFields.has(first)) return fieldAt(mesh, keys);
  return fieldAt(mesh.get(first), further);
}

/**
 * Fields of MeshConfig that istiod merges into its defaults by itself. It looks for them by these names, and drops what
 * the other spelling said.
 *
 * @see https://github.com/istio/istio/blob/1.31.0/pkg/config/mesh/mesh.go for ApplyMeshConfig
 */
export const mergedFields: ReadonlySet<string> = new Set(["defaultConfig", "defaultProviders"]);

function snakeCase(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
