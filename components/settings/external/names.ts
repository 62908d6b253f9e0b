/** The longest name of a subset in a DestinationRule, which is a DNS label. */
export const longestSubset = 63;

/**
 * A host as the name of a subset: dots become hyphens, and hyphens two of them, so that no two hosts have one name.
 *
 * @example `subsetOf("api-eu.example.org")` is `api--eu-example-org`
 */
export function subsetOf(host: string): string {
  return host.replaceAll("-", "--").replaceAll(".", "-");
}
