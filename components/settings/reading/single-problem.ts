import { SettingsError } from "../errors";

/** An error with one problem. */
export function single(key: string, value: unknown, rule: string, fix: string, file: string): SettingsError {
  return new SettingsError([{ key, value, rule, fix }], file);
}
