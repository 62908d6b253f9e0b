import type { Inventory, Kind } from "../../engine/inventory";
import { KubernetesObject } from "../../engine/resource";
import type { Value } from "../../engine/value";
import { isRootNamespace, rootNamespace } from "./mesh";
import { namespaceOf } from "./objects";
import { KeyIndex } from "../key-index";
import { nothing, type Selection } from "../kubernetes/selection";
import type { Workload } from "../kubernetes/workload";
import { selected } from "./workloads";

/** Where each kind of policy says which workloads it is for. */
const selectors = {
  AuthorizationPolicy: ["selector", "matchLabels"],
  DestinationRule: ["workloadSelector", "matchLabels"],
  EnvoyFilter: ["workloadSelector", "labels"],
  PeerAuthentication: ["selector", "matchLabels"],
  ProxyConfig: ["selector", "matchLabels"],
  RequestAuthentication: ["selector", "matchLabels"],
  ServiceEntry: ["workloadSelector", "labels"],
  Sidecar: ["workloadSelector", "labels"],
  Telemetry: ["selector", "matchLabels"],
  WasmPlugin: ["selector", "matchLabels"],
} as const satisfies Partial<Record<Kind, readonly [string, string]>>;

/** A kind that selects workloads. */
type PolicyKind = keyof typeof selectors;

export const policyKinds = Object.keys(selectors) as readonly PolicyKind[];

/** Kinds that select workloads of the whole mesh, if they are in the root namespace. */
const meshWide: ReadonlySet<string> = new Set([
  "AuthorizationPolicy",
  "EnvoyFilter",
  "ProxyConfig",
  "RequestAuthentication",
  "Telemetry",
  "WasmPlugin",
]);

/** The labels that a policy selects by; absent or empty where it is for all. */
export function selectorOf(policy: KubernetesObject): Value {
  return policy.get("spec", ...selectors[policy.kind as PolicyKind]);
}

/** Whether a policy is for a Gateway of the Gateway API, or for a Service, and so for no workload by its labels. */
export function hasTarget(policy: KubernetesObject): boolean {
  return policy.get("spec", "targetRef").exists || policy.get("spec", "targetRefs").list().length > 0;
}

/** Whether a policy is for the whole mesh. */
export function isMeshWide(policy: KubernetesObject, inventory: Inventory): boolean {
  return meshWide.has(policy.kind) && isRootNamespace(namespaceOf(policy), inventory);
}

/** The workloads that a policy is for. */
export function subjectsOf(policy: KubernetesObject, inventory: Inventory): Selection {
  if (hasTarget(policy)) return nothing;
  const labels = selectorOf(policy).texts();
  return selected(inventory, labels, isMeshWide(policy, inventory) ? undefined : namespaceOf(policy));
}

/** Whether a policy is for a workload. */
function isFor(policy: KubernetesObject, workload: Workload, inventory: Inventory): boolean {
  if (hasTarget(policy)) return false;
  if (!isMeshWide(policy, inventory) && namespaceOf(policy) !== workload.namespace) return false;
  return selectorOf(policy)
    .entries()
    .every(([key, value]) => workload.label(key) === value.text());
}

/** Policies of a kind that are for a workload: its own first, then those for all, then the mesh's. */
export function policiesFor(
  kind: "AuthorizationPolicy" | "PeerAuthentication" | "RequestAuthentication",
  workload: Workload,
  inventory: Inventory,
): KubernetesObject[] {
  const { byLabel, all } = inventory.once(indexes[kind]);
  const places = [...new Set([workload.knownNamespace, rootNamespace(inventory)])];
  byLabel.assertKnown(
    (policy) => !(policy instanceof KubernetesObject) || places.includes(policy.namespace ?? places[0] ?? ""),
  );
  const keys = [...[...workload.labels].map((pair) => pair.join("=")), ""];
  return places
    .flatMap((place) =>
      workload.unknowns.length > 0 ? all.get(place) : keys.flatMap((key) => byLabel.get(`${place} ${key}`)),
    )
    .filter((policy) => isFor(policy, workload, inventory));
}

interface Index {
  readonly all: KeyIndex<KubernetesObject>;
  /** By the first of the labels that each selects by. */
  readonly byLabel: KeyIndex<KubernetesObject>;
}

function indexOf(policies: readonly KubernetesObject[]): Index {
  return {
    all: new KeyIndex(policies, (policy) => [namespaceOf(policy)]),
    byLabel: new KeyIndex(policies, (policy) => {
      const [first] = Object.entries(selectorOf(policy).texts());
      return [`${namespaceOf(policy)} ${first?.join("=") ?? ""}`];
    }),
  };
}

const indexes = {
  AuthorizationPolicy: (inventory: Inventory) => indexOf(inventory.objects("AuthorizationPolicy")),
  PeerAuthentication: (inventory: Inventory) => indexOf(inventory.objects("PeerAuthentication")),
  RequestAuthentication: (inventory: Inventory) => indexOf(inventory.objects("RequestAuthentication")),
};

/** One rule of an AuthorizationPolicy. */
export interface AuthorizationRule {
  readonly value: Value;
  readonly sources: readonly Value[];
  readonly operations: readonly Value[];
  readonly conditions: readonly Value[];
}

/** Each rule's sources, operations and conditions in an AuthorizationPolicy. */
export function authorizationRules(policy: KubernetesObject): AuthorizationRule[] {
  return policy
    .get("spec", "rules")
    .list()
    .map((value) => ({
      value,
      sources: value
        .get("from")
        .list()
        .map((from) => from.get("source")),
      operations: value
        .get("to")
        .list()
        .map((to) => to.get("operation")),
      conditions: value.get("when").list(),
    }));
}

const identities = ["principals", "namespaces", "serviceAccounts", "trustDomains"];
const identityKeys = ["source.principal", "source.namespace", "source.serviceAccount"];

/** Whether a rule matches only callers with an identity of the mesh, which plain text has none of. */
export function asksForIdentity({ sources, conditions }: AuthorizationRule): boolean {
  const isIn = (source: Value) => identities.some((name) => source.get(name).list().length > 0);
  return (
    (sources.length > 0 && sources.every(isIn)) ||
    conditions.some((one) => identityKeys.includes(one.get("key").text() ?? "") && one.get("values").list().length > 0)
  );
}

/** Whether a rule is for some ports only, or for all but some. */
export function namesPorts({ operations, conditions }: AuthorizationRule): boolean {
  return (
    operations.some((operation) => operation.get("ports").exists || operation.get("notPorts").exists) ||
    conditions.some((condition) => condition.get("key").text() === "destination.port")
  );
}

/** What an AuthorizationPolicy does with what it matches. */
export function actionOf(policy: KubernetesObject): string {
  return policy.get("spec", "action").text() ?? "ALLOW";
}
