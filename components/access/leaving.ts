import { callOf } from "../settings/apps/calls";
import type { AppSettings } from "../settings/apps/schema";
import { identity } from "./identities";

/** Who leaves the mesh by an entry of `external`: the applications that list it in `calls`. Each identity once. */
export function leavingBy(external: string, apps: readonly AppSettings[]): readonly string[] {
  const callers = apps.filter(({ calls = [] }) => calls.some((call) => callOf(call).external === external));
  return [...new Set(callers.map(({ namespace, pods }) => identity(namespace, pods.serviceAccount)))];
}
