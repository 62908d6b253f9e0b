import type { Conditions } from "../../../components/access/standing";
import type { AccessWay } from "./table";

/** A rule with what it asks for, in one line: `apps.checkout.access[0]: POST /pay, with a token`. */
export function wayText({ rule, conditions }: AccessWay): string {
  const said = conditionsText(conditions);
  return said === "" ? rule : `${rule}: ${said}`;
}

function conditionsText({ methods, paths, ports, token, addresses, when = [] }: Conditions): string {
  const asked = [methods?.join(" or "), paths?.join(" or ")].filter((part) => part !== undefined).join(" ");
  return [
    asked,
    ports && `port ${ports.join(" or ")}`,
    token === undefined ? undefined : token ? "with a token" : "without a token",
    addresses && `from ${addresses.join(" or ")}`,
    ...when.flatMap(({ key, values, notValues }) => [
      values && `${nameOf(key)} ${values.join(" or ")}`,
      notValues && `${nameOf(key)} not ${notValues.join(" or ")}`,
    ]),
  ]
    .filter((part) => part !== undefined && part !== "")
    .join(", ");
}

/** Claims by their own names; other attributes as Istio calls them. */
function nameOf(key: string): string {
  const [, claim] = /^request\.auth\.claims\[(.+)\]$/.exec(key) ?? [];
  return claim === undefined ? key : `claim ${claim.replaceAll("][", ".")}`;
}
