/** An error of the system's. */
interface SystemError extends Error {
  readonly code: string;
}

export function isSystemError(error: unknown): error is SystemError {
  return error instanceof Error && "code" in error && typeof error.code === "string";
}

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
