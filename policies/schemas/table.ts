/**
 * A table that is read when something asks for it, and then kept. All are large, and few are needed at a time.
 *
 * @example
 * ```ts
 * const envoy = table(() => require("./envoy.json") as Envoy);
 * ```
 */
export function table<T extends object>(read: () => T): () => T {
  let known: T | undefined;
  return () => (known ??= read());
}
