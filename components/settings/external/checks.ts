import type { Check } from "../check";
import { firstWithWildcards, isWildcard, looksUpWildcards } from "./wildcards";

/** One name has one entry, and an Istio that knows what it asks. */
export const checkExternal: Check = ({ external = {}, mesh, guessed }, report) => {
  const taken = new Map<string, string>();
  for (const [name, { hosts }] of Object.entries(external)) {
    hosts.forEach((host, index) => {
      const path = [name, "hosts", index];
      const other = taken.get(host);
      if (other !== undefined)
        report(
          "external",
          path,
          other === name ? "is listed twice" : `is "${other}", too: of two entries for one name, Istio follows one`,
          other === name ? "Remove one of them." : "Keep the entry with the port that is called.",
        );
      else taken.set(host, name);
      if (isWildcard(host) && mesh && !guessed("mesh", ["version"]) && !looksUpWildcards(mesh.version))
        report(
          "external",
          path,
          `needs Istio 1.${firstWithWildcards}: the sidecars of ${mesh.version} look up whole names only`,
          "List the names one by one, or raise mesh.version.",
        );
    });
  }
};
