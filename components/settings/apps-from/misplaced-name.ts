import { app } from "../apps/schema";
import { isMap } from "../reading/maps";
import { sections } from "../schema";

/** What of a file of applications stands where an application's name belongs; undefined if it is one. */
export function misplacedName(
  name: string,
  value: unknown,
): { readonly rule: string; readonly fix: string } | undefined {
  const section = name.slice(name.lastIndexOf(":") + 1);
  const isSection = name.includes(":") || name === "config" || (Object.hasOwn(sections, section) && holdsApps(value));
  if (isSection)
    return {
      rule: "belongs into a stack file, and this one is a map of applications by name",
      fix: `Begin the file with the applications themselves, without ${name} above them.`,
    };
  if (Object.hasOwn(app.shape, name) && !isMap(value))
    return {
      rule: "is a setting of an application, and stands where its name belongs",
      fix: 'Write the application\'s name above it, e.g. "search:", and indent all that belongs to it by two spaces.',
    };
  return undefined;
}

/** Whether a value looks like a map of applications, and not like one. */
function holdsApps(value: unknown): boolean {
  return (
    isMap(value) &&
    !Object.keys(value).some((key) => Object.hasOwn(app.shape, key)) &&
    Object.values(value).every(isMap)
  );
}
