import type { SystemError } from "../../components/settings/system-error";

/** Why the system gives no file. */
export function reasonOf({ code, message }: SystemError): string {
  return reasons.get(code) ?? message;
}

const reasons: ReadonlyMap<string, string> = new Map([
  ["ENOENT", "there is no such file"],
  ["EACCES", "you have no right to read it"],
  ["ELOOP", "it is a link that leads back to itself"],
  ["ENXIO", "it is a device or a socket, and no file"],
]);
