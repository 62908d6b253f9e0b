import type { Problem } from "../errors";
import type { StackConfig } from "../reading/decode";
import { parseYaml } from "../reading/parse-yaml";
import { beginnings, placesBelow } from "../reading/places";
import { keyOf } from "../reading/problems";
import { filesBelow, type ProjectFile } from "../reading/project-files";
import { filedApps } from "./read";

/**
 * Problems with applications of `appsFrom` as their files have them: `eks-istio:apps.search.port` is `search.port` in
 * `apps/search.yaml`, with its line. Others stay as they are.
 */
export function inTheirFiles(problems: readonly Problem[], config: StackConfig): readonly Problem[] {
  const section = `${config.project}:apps`;
  const { apps } = filedApps(config, config.readFiles ?? filesBelow(process.cwd()));
  const files = new Map(apps.map(({ name, file }) => [keyOf(section, [name]), file]));
  const finders = new Map<ProjectFile, ReturnType<typeof placesBelow>>();
  const finderOf = (file: ProjectFile) => {
    const known = finders.get(file);
    if (known) return known;
    const { document, lines } = parseYaml(file.text);
    const finder = placesBelow(document, lines);
    finders.set(file, finder);
    return finder;
  };
  return problems.map((problem) => {
    const file =
      files.size === 0
        ? undefined
        : beginnings(problem.key)
            .map((key) => files.get(key))
            .find(Boolean);
    if (!file) return problem;
    const key = problem.key.slice(section.length);
    return { ...problem, key: key.replace(/^\./, ""), file: file.path, place: finderOf(file)(key).place };
  });
}
