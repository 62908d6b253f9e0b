/** The first Istio whose sidecars look up names below a wildcard. @see https://istio.io/latest/docs/reference/config/networking/service-entry/#ServiceEntry-Resolution */
export const firstWithWildcards = 30;

/** Whether the sidecars of a version of Istio do, e.g. of `1.31.1`. */
export function looksUpWildcards(version: string): boolean {
  return Number(version.split(".")[1]) >= firstWithWildcards;
}
