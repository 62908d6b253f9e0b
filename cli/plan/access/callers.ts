import { identity } from "../../../components/access/identities";
import { gatewayIdentity } from "../../../components/access/resolve";
import { isStrict } from "../../ask/passed-on";
import type { AskedStack } from "../../ask/stack";

/** Somebody who may call an application: a row of the table. */
export interface Caller {
  /** As `--ask` takes it, e.g. `web` or `namespace jobs`; `gateway default` for what comes in there. */
  readonly label: string;
  /** Who it is by mutual TLS; undefined for pods without a sidecar. */
  readonly principal?: string | undefined;
  /** The gateway's key, for one. */
  readonly gateway?: string;
  /** Whether it is an application whose pods have no sidecar. */
  readonly bare?: true;
}

/** Somebody in the mesh whom no rule names. */
export const others: Caller = { label: "anyone else in the mesh", principal: identity("?", "?") };

/** Every caller that a stack file names: gateways, applications, then namespaces and identities that rules name. */
export function callersIn({ settings, apps }: AskedStack): readonly Caller[] {
  const gateways = settings.gateways.map((gateway): Caller => ({
    label: `gateway ${gateway.key}`,
    principal: gatewayIdentity(gateway, gateway.key),
    gateway: gateway.key,
  }));
  const own = [...apps.values()].map(({ app, identity: principal }): Caller => ({
    label: app.name,
    ...(principal === undefined ? { bare: true } : { principal }),
  }));
  const known = new Set([...gateways, ...own].map(({ principal }) => principal));
  const named = new Map<string, Caller>();
  for (const { access } of apps.values())
    for (const { sources, conditions } of access.rules) {
      const said = (key: string) =>
        conditions.flatMap((condition) =>
          condition.key === key ? [...(condition.values ?? []), ...(condition.notValues ?? [])] : [],
        );
      for (const namespace of [...sources.flatMap(({ namespaces = [] }) => namespaces), ...said("source.namespace")])
        named.set(`namespace ${namespace}`, { label: `namespace ${namespace}`, principal: ofNamespace(namespace) });
      for (const pattern of [...sources.flatMap(({ principals = [] }) => principals), ...said("source.principal")])
        if (pattern !== "*" && !known.has(pattern))
          named.set(`principal ${pattern}`, { label: `principal ${pattern}`, principal: oneOf(pattern) });
    }
  return [...gateways, ...own, ...named.values(), ...(isStrict(settings) ? [] : [{ label: "pods without a sidecar" }])];
}

function ofNamespace(pattern: string): string {
  return identity(pattern.replace("*", "?"), "?");
}

/** An identity that fits a pattern, and that no whole name fits. */
function oneOf(pattern: string): string {
  if (!pattern.includes("*")) return pattern;
  const text = pattern.replace("*", "?");
  if (text.startsWith("?")) {
    if (text.includes("/ns/")) return text;
    return text.includes("/sa/") ? `cluster.local/ns/${text}` : identity("?", text);
  }
  if (!text.includes("/ns/")) return `${text}/ns/?/sa/?`;
  return text.includes("/sa/") ? text : `${text}/sa/?`;
}
