import { externalHosts } from "../../components/manifests/istio/service-entry";
import { isImplied } from "../../components/settings/external/of-aws";
import { isAbove } from "../../components/settings/external/wildcards";
import type { Answer } from "./answer";
import type { Caller } from "./caller";
import { unreachable } from "./ends";
import { leave } from "./leave";
import type { Question } from "./question";
import { portOf } from "./request";
import type { AskedStack } from "./stack";

/** What becomes of a call to a name outside, where the mesh has something to say; undefined where it lets it go. */
export function outside(
  stack: AskedStack,
  { url }: Question,
  { app, principal }: Caller,
  isOwn: boolean,
): Omit<Answer, "question"> | undefined {
  if (principal === undefined) return undefined;
  const { settings } = stack;
  const port = portOf(url);
  const entry = Object.entries(settings.external).find(
    ([, external]) =>
      external.port === port &&
      (external.hosts.some((host) => host === url.hostname || isAbove(host, url.hostname)) ||
        // Of HTTP and TLS a sidecar reads the name; of a bare connection it has the address alone.
        (external.protocol === "tcp" && external.addresses?.includes(url.hostname) === true)),
  );
  const registered = settings.mesh.outboundTrafficPolicy === "REGISTRY_ONLY";
  if (entry) {
    const [name, external] = entry;
    const imported = !app?.imports || externalHosts(external).some((host) => app.imports?.includes(host));
    if (imported && isOwn) return undefined;
    if (imported) return leave(stack, name, external, { host: url.hostname, principal });
    return registered
      ? unreachable(
          isImplied(name)
            ? `apps.${app.app.name} says what it calls and has no aws, and the mesh is REGISTRY_ONLY.`
            : `apps.${app.app.name}.calls doesn't list {external: ${name}}, and the mesh is REGISTRY_ONLY.`,
        )
      : {
          outcome: "application",
          backends: [],
          notes: [`It leaves the mesh unseen: calls doesn't list {external: ${name}}.`],
        };
  }
  return registered
    ? unreachable(`${url.hostname} is in no entry of external, and the mesh is REGISTRY_ONLY.`)
    : undefined;
}

/** A call that the mesh has nothing to say of. */
export function leaves({ url }: Question): Omit<Answer, "question"> {
  return { outcome: "application", backends: [], notes: [`${url.hostname} is outside: the call leaves the mesh.`] };
}
