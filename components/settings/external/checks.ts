import type { Check } from "../check";
import { covers } from "../domain/hosts";

/** The first Istio whose sidecars look up names below a wildcard. @see https://istio.io/latest/docs/reference/config/networking/service-entry/#ServiceEntry-Resolution */
const firstWithWildcards = 30;

/** One name has one entry, and no entry is for what the stack itself serves. */
export const checkExternal: Check = ({ external = {}, mesh, domain, guessed }, report) => {
  const taken = new Map<string, string>();
  const minor = Number(mesh?.version.split(".")[1]);
  for (const [name, { hosts }] of Object.entries(external)) {
    hosts.forEach((host, index) => {
      const path = [name, "hosts", index];
      const other = taken.get(host);
      if (other !== undefined)
        report(
          "external",
          path,
          other === name ? "is listed twice" : `is "${other}", too: of two entries for one name, Istio follows one`,
          other === name ? "Remove one of them." : "Make one entry of the two.",
        );
      else taken.set(host, name);
      if (host.startsWith("*.") && mesh && !guessed("mesh", ["version"]) && minor < firstWithWildcards)
        report(
          "external",
          path,
          `needs Istio 1.${firstWithWildcards}: the sidecars of ${mesh.version} look up whole names only`,
          "List the names one by one, or raise mesh.version.",
        );
      const own =
        domain && [domain, ...domain.additional].find((each) => host === each.name || covers(`*.${each.name}`, host));
      if (own)
        report(
          "external",
          path,
          `is below ${own.name}, which this stack serves itself`,
          "Write the application's Service into calls instead, or remove it.",
        );
    });
  }
};
