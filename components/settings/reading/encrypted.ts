import type { Problem } from "../errors";
import { isMap } from "./maps";

/** Where a value, or a part of one, is what `pulumi config set --secret` writes: `{secure: CIPHERTEXT}`. */
export function encryptedIn(value: unknown, path: readonly PropertyKey[]): (readonly PropertyKey[])[] {
  if (Array.isArray(value)) return value.flatMap((child, index) => encryptedIn(child, [...path, index]));
  if (!isMap(value)) return [];
  if (typeof value.secure === "string" && Object.keys(value).length === 1) return [path];
  return Object.entries(value).flatMap(([key, child]) => encryptedIn(child, [...path, key]));
}

export function encryptedValue(key: string): Problem {
  return {
    key,
    value: "[secret]",
    rule: "is encrypted, and only the engine can read it",
    fix: "Set it without --secret; put secrets into a Kubernetes Secret, and name that in env.",
  };
}
