import { SettingsError, type Problem } from "../../../components/settings/errors";
import type { StackConfig } from "../../../components/settings/reading/decode";
import { located } from "../../../components/settings/reading/located";
import type { ReadFiles } from "../../../components/settings/reading/project-files";
import { parseSettings } from "../../../components/settings/settings";
import { stackConfig } from "../../stack";

type Keys = Readonly<Record<string, unknown>>;

/** Texts by path. */
export type Files = Readonly<Record<string, string>>;

/** A stack in whose project these files lie. Default: its applications are in the folder `apps`. */
export function stackWith(files: Files, keys: Keys = {}): StackConfig {
  const readFiles: ReadFiles = (path) => {
    const found = Object.entries(files)
      .filter(([file]) => file === path || file.startsWith(`${path}/`))
      .map(([file, text]) => ({ path: file, text }));
    const missing = { path, reason: "isn't there", fix: "Create it." };
    return { files: found, obstacles: found.length === 0 ? [missing] : [] };
  };
  return { ...stackConfig({ "eks-istio:appsFrom": ["apps"], ...keys }), readFiles };
}

/** The problems of such a stack, with their places; none if it is valid. */
export function problemsWith(files: Files, keys?: Keys): readonly Problem[] {
  const config = stackWith(files, keys);
  try {
    parseSettings(config);
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return located(error, config).problems;
    throw error;
  }
}
