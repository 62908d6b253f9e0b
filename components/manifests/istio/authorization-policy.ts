import type { IAuthorizationPolicy } from "@kubernetes-models/istio/security.istio.io/v1";
import type { AccessRule, AccessSource, AppAccess, Enforcement } from "../../access/model";
import type { AppObjectKey, MeshObject } from "../mesh-object";
import type { IstioObject } from "./istio-object";

type Spec = NonNullable<IAuthorizationPolicy["spec"]>;
type Rule = NonNullable<Spec["rules"]>[number];
type Source = NonNullable<NonNullable<Rule["from"]>[number]["source"]>;

/**
 * Who may call an application: a policy for each action. Of authorizers there is one: the settings' checks refuse a second.
 *
 * Istio counts ALLOW and DENY only; its webhook refuses a dry run of others. So in a dry run no authorizer is asked, and
 * AUDIT, which refuses nothing, holds as it is.
 *
 * @see https://istio.io/latest/docs/reference/config/security/authorization-policy/
 */
export function authorizationPolicies(access: AppAccess): MeshObject<AppObjectKey>[] {
  const groups = new Map<AppObjectKey, AccessRule[]>();
  const asked =
    access.enforcement === "enforced" ? access.rules : access.rules.filter(({ action }) => action !== "CUSTOM");
  for (const rule of asked) {
    const key = keyOf(rule);
    groups.set(key, [...(groups.get(key) ?? []), rule]);
  }
  return [...groups].map(([key, rules]) => ({ key, object: authorizationPolicy(access, key, rules), after: [] }));
}

function keyOf({ action }: AccessRule): AppObjectKey {
  switch (action) {
    case "ALLOW":
      return "access-allow";
    case "DENY":
      return "access-deny";
    case "AUDIT":
      return "access-audit";
    case "CUSTOM":
      return "access-custom";
  }
}

/** Its name has a dot in it, as those of an application's rules on gateways: no application's has one. */
function authorizationPolicy(
  { app, namespace, pods, enforcement }: AppAccess,
  key: AppObjectKey,
  rules: readonly AccessRule[],
): IstioObject<IAuthorizationPolicy> {
  const [first] = rules;
  const counted = first?.action === "AUDIT" ? "enforced" : enforcement;
  return policy(`${app}.${key.slice("access-".length)}`, namespace, counted, {
    selector: { matchLabels: { ...pods } },
    action: first?.action ?? "ALLOW",
    ...(first?.provider && { provider: { name: first.provider } }),
    rules: rules.map(ruleOf),
  });
}

/** Nobody may call what no other policy lets them: it stands in the root namespace, for the whole mesh. */
export function nothingAllowed(rootNamespace: string, enforcement: Enforcement): IstioObject<IAuthorizationPolicy> {
  return policy("allow-nothing", rootNamespace, enforcement, {});
}

/** A gateway's pods, and where they are. */
interface GatewayPods {
  readonly name: string;
  readonly namespace: string;
  readonly pods: Readonly<Record<string, string>>;
}

/** Everybody may call the pods of a gateway: what may go on from there is for the applications to say. */
export function everybodyAllowed(
  { name, namespace, pods }: GatewayPods,
  enforcement: Enforcement,
): IstioObject<IAuthorizationPolicy> {
  return policy(name, namespace, enforcement, { selector: { matchLabels: { ...pods } }, action: "ALLOW", rules: [{}] });
}

/** Some may go on from the pods of a gateway, each to the names that the connection greets it with. */
export function somebodyAllowed(
  { name, namespace, pods }: GatewayPods,
  callers: readonly { readonly hosts: readonly string[]; readonly principals: readonly string[] }[],
  enforcement: Enforcement,
): IstioObject<IAuthorizationPolicy> {
  return policy(name, namespace, enforcement, {
    selector: { matchLabels: { ...pods } },
    action: "ALLOW",
    rules: callers.map(({ hosts, principals }) =>
      ruleOf({ sources: [{ principals }], operation: {}, conditions: [{ key: "connection.sni", values: hosts }] }),
    ),
  });
}

function policy(
  name: string,
  namespace: string,
  enforcement: Enforcement,
  spec: Spec,
): IstioObject<IAuthorizationPolicy> {
  return {
    apiVersion: "security.istio.io/v1",
    kind: "AuthorizationPolicy",
    metadata: {
      name,
      namespace,
      // @see https://istio.io/latest/docs/tasks/security/authorization/authz-dry-run/
      ...(enforcement === "dryRun" && { annotations: { "istio.io/dry-run": "true" } }),
    },
    spec,
  };
}

function ruleOf({
  sources,
  operation: { methods, paths, ports },
  conditions,
}: Pick<AccessRule, "sources" | "operation" | "conditions">): Rule {
  const operation = {
    ...(methods && { methods: [...methods] }),
    ...(paths && { paths: [...paths] }),
    ...(ports && { ports: ports.map(String) }),
  };
  return {
    ...(sources.length > 0 && { from: sources.map((source) => ({ source: sourceOf(source) })) }),
    ...(Object.keys(operation).length > 0 && { to: [{ operation }] }),
    ...(conditions.length > 0 && {
      when: conditions.map(({ key, values, notValues }) => ({
        key,
        ...(values && { values: [...values] }),
        ...(notValues && { notValues: [...notValues] }),
      })),
    }),
  };
}

function sourceOf(source: AccessSource): Source {
  return Object.fromEntries(Object.entries(source).map(([key, values]) => [key, [...(values as readonly string[])]]));
}
