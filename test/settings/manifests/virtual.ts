import { SettingsError, type Problem } from "../../../components/settings/errors";
import type { ReadFiles } from "../../../components/settings/reading/project-files";
import { parseSettings, type Settings } from "../../../components/settings/settings";
import { stackConfig } from "../../stack";

/** Texts by path. */
export type Files = Readonly<Record<string, string>>;

/** The settings of a stack in whose project these files lie. Default: its manifests are in the folder `own`. */
export function settingsWith(files: Files, keys: Readonly<Record<string, unknown>> = {}): Settings {
  const readFiles: ReadFiles = (path) => ({
    files: Object.entries(files)
      .filter(([file]) => file === path || file.startsWith(`${path}/`))
      .map(([file, text]) => ({ path: file, text })),
    obstacles: [],
  });
  return parseSettings({ ...stackConfig({ "eks-istio:manifests": ["own"], ...keys }), readFiles });
}

/** The problems of such a stack; none if it is valid. */
export function problemsWith(files: Files, keys?: Readonly<Record<string, unknown>>): readonly Problem[] {
  try {
    settingsWith(files, keys);
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
}
