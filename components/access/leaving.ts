import { callOf } from "../settings/apps/calls";
import type { AppSettings } from "../settings/apps/schema";
import { isAbove } from "../settings/external/wildcards";
import { identity } from "./identities";

type External = Readonly<Record<string, { readonly hosts: readonly string[] }>>;

/**
 * Who leaves the mesh by an entry of `external`: the applications that list it in `calls`, or a wildcard above one of its
 * names, by which their sidecars know the way, too. Each identity once.
 */
export function leavingBy(
  name: string,
  { apps, external }: { readonly apps: readonly AppSettings[]; readonly external: External },
): readonly string[] {
  const hosts = external[name]?.hosts ?? [];
  const leading = new Set(
    Object.entries(external)
      .filter(([other, one]) => other === name || one.hosts.some((each) => hosts.some((host) => isAbove(each, host))))
      .map(([other]) => other),
  );
  const callers = apps.filter(({ calls = [] }) => calls.some((call) => leading.has(callOf(call).external ?? "")));
  return [...new Set(callers.map(({ namespace, pods }) => identity(namespace, pods.serviceAccount)))];
}
