import { serviceHost } from "../../components/manifests/names";
import type { Answer } from "./answer";
import { undecided, unreachable } from "./ends";
import { withoutRules } from "./follow";
import type { AskedApp, AskedStack } from "./stack";

/** What a connection meets that no proxy reads, and that goes to pods without one. */
export function unseen({ app }: AskedApp, note: string): Omit<Answer, "question"> {
  const host = serviceHost(app.service, app.namespace);
  const backend = { host, port: app.port, weight: 100, app: app.name, access: withoutRules };
  return { outcome: "application", backends: [backend], notes: [note] };
}

/**
 * What a connection meets that the caller's sidecar passes on as it is: no routes, and at the callee no identity.
 *
 * @param unlisted why the sidecar doesn't know the callee
 */
export function passedOn(settings: AskedStack["settings"], app: AskedApp, unlisted: string): Omit<Answer, "question"> {
  const passed = `${unlisted} and pass the connection on as it is`;
  if (app.identity === undefined) return unseen(app, `${passed}.`);
  return isStrict(settings)
    ? unreachable(`${passed}; a mesh that is STRICT resets it.`)
    : undecided(`${passed}: without mutual TLS no rule knows the caller.`);
}

/** Whether no pod of the mesh takes a connection without mutual TLS. */
export function isStrict({ mesh }: AskedStack["settings"]): boolean {
  return mesh.mtls.mode === "STRICT" && Object.keys(mesh.mtls.overrides).length === 0;
}
