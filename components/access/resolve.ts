import type { AccessRuleInput, AccessSourceInput, ClaimsInput } from "../settings/apps/access";
import type { AppSettings } from "../settings/apps/schema";
import type { GatewaySettings } from "../settings/gateways/schema";
import type { Settings } from "../settings/settings";
import { frozen } from "../frozen";
import { identity, ofThisMesh } from "./identities";
import type { AccessCondition, AccessRule, AccessSource, AppAccess } from "./model";

/** Who the callers are that a stack file names. */
export interface Callers {
  readonly apps: ReadonlyMap<string, Pick<AppSettings, "namespace" | "pods">>;
  readonly gateways: ReadonlyMap<string, Pick<GatewaySettings, "namespace" | "name">>;
  /** The mesh's own, where it has another than `cluster.local`. */
  readonly trustDomain?: string | undefined;
}

/** The callers of a stack. */
export function callersOf({ apps, gateways, mesh }: Pick<Settings, "apps" | "gateways" | "mesh">): Callers {
  return {
    apps: new Map(apps.map((app) => [app.name, app])),
    gateways: new Map(gateways.map((gateway) => [gateway.key, gateway])),
    trustDomain: mesh.trustDomain,
  };
}

/** Who may call one application. */
export function resolveAccess(
  app: AppSettings,
  { callers, byDefault }: { readonly callers: Callers; readonly byDefault: Settings["mesh"]["access"]["default"] },
): AppAccess {
  const { name, namespace, pods, jwt: issuers = [], access = [] } = app;
  const rules = access.map((rule, index) => resolveRule(rule, ["access", index], app, callers));
  const letsIn = rules.some(({ action }) => action === "ALLOW");
  return frozen({
    app: name,
    namespace,
    pods: pods.labels,
    enforcement: byDefault === "dryRun" ? "dryRun" : "enforced",
    closed: byDefault !== "allow",
    issuers,
    // Rules that let in ask for the token themselves: beside them, this one would refuse what they let in without one.
    rules: issuers.length > 0 && !letsIn ? [...rules, withoutToken] : rules,
  });
}

/** RequestAuthentication alone takes a request without a token. */
const withoutToken: AccessRule = {
  action: "DENY",
  sources: [{ notRequestPrincipals: ["*"] }],
  operation: {},
  conditions: [],
};

function resolveRule(
  { action, provider, from, methods, paths, ports, claims, token, when = [] }: AccessRuleInput,
  place: readonly (string | number)[],
  app: AppSettings,
  callers: Callers,
): AccessRule {
  const holders = action === "ALLOW" && token !== false ? (app.jwt ?? []).map(({ issuer }) => `${issuer}/*`) : [];
  const holder = holders.length > 0 ? { requestPrincipals: holders } : undefined;
  const sources = from?.map((source) => ({ ...resolveSource(source, action, callers), ...holder }));
  return {
    place,
    action,
    ...(provider && { provider }),
    sources: sources ?? (holder ? [holder] : []),
    operation: { ...(methods && { methods }), ...(paths && { paths }), ...(ports && { ports }) },
    conditions: [...conditionsOf(claims), ...when.map((condition) => inWhole(condition, app.namespace, callers))],
  };
}

function resolveSource(
  { app, gateway, namespace, principal, ip }: AccessSourceInput,
  action: AccessRuleInput["action"],
  callers: Callers,
): AccessSource {
  const named = [
    ...(app === undefined ? [] : [[identityOf(callers.apps.get(app), app)]]),
    ...(gateway === undefined ? [] : [[gatewayIdentity(callers.gateways.get(gateway), gateway)]]),
    ...(principal === undefined ? [] : [[ofThisMesh(principal, callers.trustDomain)]]),
  ];
  // An address comes in a header that anybody inside the mesh can write: only a gateway's is its own observation.
  const seenBy =
    ip !== undefined && action === "ALLOW" && gateway === undefined
      ? [[...callers.gateways].map(([key, settings]) => gatewayIdentity(settings, key))]
      : [];
  const [principals, ...others] = [...named, ...seenBy];
  if (others.length > 0)
    throw new Error("Two identities of one caller can't both hold; the settings' checks refuse it.");
  return {
    ...(principals && { principals }),
    ...(namespace !== undefined && { namespaces: [namespace] }),
    ...(ip !== undefined && { remoteIpBlocks: typeof ip === "string" ? [ip] : ip }),
  };
}

function identityOf(app: Pick<AppSettings, "namespace" | "pods"> | undefined, name: string): string {
  if (!app) throw new Error(`There is no application ${name}; the settings' checks refuse it.`);
  return identity(app.namespace, app.pods.serviceAccount);
}

/** Istio's chart gives a gateway's pods a ServiceAccount of the release's name. */
export function gatewayIdentity(gateway: Pick<GatewaySettings, "namespace" | "name"> | undefined, key: string): string {
  if (!gateway) throw new Error(`There is no gateway ${key}; the settings' checks refuse it.`);
  return identity(gateway.namespace, gateway.name);
}

/** A condition whose values say themselves what Istio takes for granted: a namespace, and the mesh's trust domain. */
function inWhole({ key, ...texts }: AccessCondition, namespace: string, { trustDomain }: Callers): AccessCondition {
  const whole = (text: string) => {
    if (key === "source.serviceAccount") return text.includes("/") ? text : `${namespace}/${text}`;
    return key === "source.principal" ? ofThisMesh(text, trustDomain) : text;
  };
  return {
    key,
    ...(texts.values && { values: texts.values.map(whole) }),
    ...(texts.notValues && { notValues: texts.notValues.map(whole) }),
  };
}

function conditionsOf(claims: ClaimsInput = {}): AccessCondition[] {
  return Object.entries(claims).flatMap(([claim, values]) =>
    Array.isArray(values)
      ? [{ key: `request.auth.claims[${claim}]`, values }]
      : Object.entries(values).map(([inner, each]) => ({
          key: `request.auth.claims[${claim}][${inner}]`,
          values: each,
        })),
  );
}
