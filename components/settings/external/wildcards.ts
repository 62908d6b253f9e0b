/** Whether a host of an external stands for every name below it: `*.example.org`. */
export function isWildcard(host: string): boolean {
  return host.startsWith("*.");
}

/** Whether a wildcard stands for a name, among others. */
export function isAbove(wildcard: string, name: string): boolean {
  return isWildcard(wildcard) && name.endsWith(wildcard.slice(1));
}

/** The first Istio whose sidecars look up names below a wildcard. @see https://istio.io/latest/docs/reference/config/networking/service-entry/#ServiceEntry-Resolution */
export const firstWithWildcards = 30;

/** Whether the sidecars of a version of Istio do, e.g. of `1.31.1`. */
export function looksUpWildcards(version: string): boolean {
  return Number(version.split(".")[1]) >= firstWithWildcards;
}
