import { closest } from "../reading/suggestions";
import type { Report } from "../check";
import table from "./instance-types.json";

const families = new Map(Object.entries<string>(table.families).map(([family, sizes]) => [family, sizes.split(" ")]));

/**
 * Refuses a size that its family doesn't have: EC2 would, after the control plane is up.
 *
 * A family that the list doesn't know is not judged: AWS brings out new ones all the time, and a list that is older than
 * a family must not be in its way. New sizes of an old family are rare; for those there is the list itself.
 */
export function checkInstanceTypes(path: readonly PropertyKey[], types: readonly string[], report: Report): void {
  types.forEach((type, index) => {
    const [family = "", size = ""] = type.split(".");
    const sizes = families.get(family);
    if (!sizes || sizes.includes(size)) return;
    const near = closest(size, sizes);
    report(
      "cluster",
      [...path, index],
      `is no size that ${family} has, by ${table.source}`,
      near
        ? `Did you mean "${family}.${near}"?`
        : `Write one of ${sizes.map((each) => `${family}.${each}`).join(", ")}. If AWS has it by now, add it to components/settings/cluster/instance-types.json.`,
    );
  });
}
