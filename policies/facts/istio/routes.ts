import type { KubernetesObject } from "../../engine/resource";
import type { Check } from "../../engine/rule";
import type { Value } from "../../engine/value";

/** Calls with every route rule of a VirtualService, each guarded on its own. */
export function eachRoute(
  rule: KubernetesObject,
  check: Check,
  judge: (route: Value, protocol: "http" | "tls" | "tcp") => void,
): void {
  for (const protocol of ["http", "tls", "tcp"] as const)
    check.each(rule.get("spec", protocol).list(), (route) => {
      judge(route, protocol);
    });
}

/** Calls with every destination of a VirtualService, mirrors among them, each guarded on its own. */
export function eachDestination(
  rule: KubernetesObject,
  check: Check,
  judge: (destination: Value, isMirror: boolean) => void,
): void {
  eachRoute(rule, check, (route) => {
    check.each(route.get("route").list(), (entry) => {
      judge(entry.get("destination"), false);
    });
    check.each(route.get("mirrors").list(), (entry) => {
      judge(entry.get("destination"), true);
    });
    check.each([route.get("mirror")], (mirror) => {
      if (mirror.exists) judge(mirror, true);
    });
  });
}

/** How people call a rule of a VirtualService: by its name, or by where it stands. */
export function routeName(route: Value): string {
  const name = route.get("name").text();
  return name === undefined ? `#${Number(route.keys.at(-1)) + 1}` : `"${name}"`;
}
