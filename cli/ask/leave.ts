import { leavingBy } from "../../components/access/leaving";
import { entranceName, speaksHttp } from "../../components/manifests/istio/egress-gateway";
import { isImplied } from "../../components/settings/external/of-aws";
import type { ExternalSettings } from "../../components/settings/external/schema";
import type { Answer } from "./answer";
import type { AskedStack } from "./stack";

/** What becomes of a call to an entry of `external` that the caller's sidecar knows. */
export function leave(
  { settings }: AskedStack,
  name: string,
  external: ExternalSettings,
  { host, principal }: { readonly host: string; readonly principal: string },
): Omit<Answer, "question"> {
  const out = { outcome: "application", backends: [] } as const;
  const gateway = settings.egressGateways.find(({ key }) => key === external.via);
  if (!gateway)
    return {
      ...out,
      notes: [isImplied(name) ? "It leaves the mesh to AWS." : `It leaves the mesh by external.${name}.`],
    };
  const asked = external.hosts.includes(host) ? host : external.hosts[0];
  const through = {
    gateway: { name: gateway.key, object: `${gateway.namespace}/${entranceName(asked ?? host)}` },
  };
  const byDefault = settings.mesh.access.default;
  const leaves = `It leaves the mesh by external.${name}, through the egress gateway ${gateway.key}.`;
  if (byDefault === "allow" || leavingBy(name, settings).includes(principal))
    return { ...out, ...through, notes: [leaves] };
  const unlisted = `The caller doesn't list {external: ${name}} in calls`;
  if (byDefault === "dryRun")
    return { ...out, ...through, notes: [leaves, `${unlisted}: it is let out, and counted as refused.`] };
  const refused = `${unlisted}, and the mesh is closed: the egress gateway ${gateway.key} doesn't let it out`;
  return speaksHttp(external)
    ? { ...through, outcome: "refused", status: 403, backends: [], notes: [`${refused}.`] }
    : { ...through, outcome: "unreachable", backends: [], notes: [`${refused} and resets the connection.`] };
}
