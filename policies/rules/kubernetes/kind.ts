import type { Check, Rule, Violation } from "../../engine/rule";
import type { Resource } from "../../engine/resource";
import { append, type Inventory } from "../../engine/inventory";
import { nearestOf } from "../../schemas/mistakes";
import { isIstio, istioMinor, kindsOf } from "../../schemas/schema";

/** Objects are of a kind, group and version that the API server serves. */
export const kind: Rule = {
  id: "K8S-KIND",
  severity: "mandatory",
  title: "kinds, API groups and versions exist, and are not on their way out",
  why: "The API server refuses an object of a kind that it doesn't serve, in the middle of a deployment.",
  fix: "Write apiVersion and kind as the documentation has them.",
  codes: [],
  docs: "https://kubernetes.io/docs/reference/using-api/deprecation-guide/",

  judge: (inventory, check) =>
    check.each(inventory.resources, (resource) => {
      // The type is known where the properties may not be.
      const [, apiVersion = "", kind = ""] = /^kubernetes:(?:core\/)?([^:]*v[^:]*):(\w+)$/.exec(resource.type) ?? [];
      // Parts and lists of objects are of kinds that only Pulumi has.
      if (apiVersion !== "" && !/(Patch|List)$/.test(kind)) judge(resource, { apiVersion, kind }, inventory, check);
    }),
};

interface Written {
  readonly apiVersion: string;
  readonly kind: string;
}

function judge(resource: Resource, written: Written, inventory: Inventory, check: Check): void {
  const catalog = inventory.once(catalogOf);
  const problem = isKnown(written, catalog) ? outdated(written, catalog) : misspelt(written, catalog);
  if (problem) check.violation(resource.get(problem.at), problem);
}

interface Problem extends Violation {
  readonly at: "apiVersion" | "kind";
}

/** What there is, by each of its parts. */
interface Catalog {
  readonly all: ReadonlySet<string>;
  /** API versions by kind, the newest first. */
  readonly versions: ReadonlyMap<string, readonly string[]>;
  readonly kinds: ReadonlyMap<string, readonly string[]>;
}

function catalogOf(): Catalog {
  const all = [...kindsOf("istio"), ...kindsOf("kubernetes")];
  const versions = new Map<string, string[]>();
  const kinds = new Map<string, string[]>();
  for (const name of all) {
    const [apiVersion, kind] = [name.slice(0, name.lastIndexOf("/")), name.slice(name.lastIndexOf("/") + 1)];
    if (`${apiVersion} ${kind}` in removed) continue;
    append(versions, kind, apiVersion);
    append(kinds, groupOf(apiVersion), kind);
  }
  return { all: new Set(all), versions, kinds };
}

function isKnown({ apiVersion, kind }: Written, { all }: Catalog): boolean {
  return all.has(`${apiVersion}/${kind}`) || `${apiVersion} ${kind}` in removed;
}

function outdated({ apiVersion, kind }: Written, { all }: Catalog): Problem | undefined {
  const since = removed[`${apiVersion} ${kind}`];
  if (since)
    return {
      at: "apiVersion",
      message: `Kubernetes ${since[0]} took ${apiVersion} away: the API server refuses this ${kind}.`,
      fix: `Write ${since[1]}, and mend what is different there.`,
    };
  const group = groupOf(apiVersion);
  if (!isIstio(group) || apiVersion === `${group}/v1` || !all.has(`${group}/v1/${kind}`)) return undefined;
  return {
    at: "apiVersion",
    message: `${apiVersion} is an old name of ${group}/v1, which Istio will stop to serve one day.`,
    fix: `Write ${group}/v1: nothing else changes.`,
    severity: "advisory",
  };
}

function misspelt({ apiVersion, kind }: Written, { versions, kinds }: Catalog): Problem | undefined {
  const group = groupOf(apiVersion);
  const own = kinds.get(group);
  const elsewhere = versions.get(kind) ?? [];
  if (!own) return unknownGroup(apiVersion, kind, elsewhere);
  const served = elsewhere.filter((version) => groupOf(version) === group);
  const where = `${apiVersion} has no kind ${kind}: the API server refuses it.`;
  if (served.length > 0) return { at: "apiVersion", message: where, fix: `Write ${served.join(" or ")}.` };
  if (elsewhere[0] !== undefined) return { at: "apiVersion", message: where, fix: `${kind} is in ${elsewhere[0]}.` };
  const nearest = nearestOf(kind, own);
  if (nearest !== undefined) return { at: "kind", message: where, fix: `Did you mean ${nearest}?` };
  // Not every kind of Kubernetes is in the list, but every one of Istio is.
  return isIstio(group)
    ? { at: "kind", message: where, fix: `Istio ${istioMinor()} has ${[...new Set(own)].join(", ")} there.` }
    : undefined;
}

/** Others may bring groups of their own: one is misspelt only if it looks like one that has the kind. */
function unknownGroup(apiVersion: string, kind: string, elsewhere: readonly string[]): Problem | undefined {
  const group = groupOf(apiVersion);
  const near = nearestOf(group, elsewhere.map(groupOf));
  if (near !== undefined)
    return {
      at: "apiVersion",
      message: `there is no API group ${group}: the API server refuses this ${kind}.`,
      fix: `Did you mean ${elsewhere.find((version) => groupOf(version) === near) ?? near}?`,
    };
  if (!gone.has(group)) return undefined;
  return {
    at: "apiVersion",
    message: `Istio gave the API group ${group} up years ago: the API server refuses this ${kind}.`,
    fix: "Write the same as an AuthorizationPolicy, RequestAuthentication, PeerAuthentication or Telemetry.",
  };
}

/** @example `groupOf("apps/v1")` is "apps", `groupOf("v1")` is "" */
function groupOf(apiVersion: string): string {
  return apiVersion.includes("/") ? (apiVersion.split("/")[0] ?? "") : "";
}

const gone = new Set(["authentication.istio.io", "config.istio.io", "rbac.istio.io"]);

/** What Kubernetes served once: since when it doesn't, and what to write instead. */
const removed: Readonly<Partial<Record<string, readonly [string, string]>>> = {
  "admissionregistration.k8s.io/v1beta1 MutatingWebhookConfiguration": ["1.22", "admissionregistration.k8s.io/v1"],
  "admissionregistration.k8s.io/v1beta1 ValidatingWebhookConfiguration": ["1.22", "admissionregistration.k8s.io/v1"],
  "apiextensions.k8s.io/v1beta1 CustomResourceDefinition": ["1.22", "apiextensions.k8s.io/v1"],
  "apps/v1beta1 Deployment": ["1.16", "apps/v1"],
  "apps/v1beta1 StatefulSet": ["1.16", "apps/v1"],
  "apps/v1beta2 DaemonSet": ["1.16", "apps/v1"],
  "apps/v1beta2 Deployment": ["1.16", "apps/v1"],
  "apps/v1beta2 ReplicaSet": ["1.16", "apps/v1"],
  "apps/v1beta2 StatefulSet": ["1.16", "apps/v1"],
  "autoscaling/v2beta1 HorizontalPodAutoscaler": ["1.25", "autoscaling/v2"],
  "autoscaling/v2beta2 HorizontalPodAutoscaler": ["1.26", "autoscaling/v2"],
  "batch/v1beta1 CronJob": ["1.25", "batch/v1"],
  "extensions/v1beta1 DaemonSet": ["1.16", "apps/v1"],
  "extensions/v1beta1 Deployment": ["1.16", "apps/v1"],
  "extensions/v1beta1 Ingress": ["1.22", "networking.k8s.io/v1"],
  "extensions/v1beta1 NetworkPolicy": ["1.16", "networking.k8s.io/v1"],
  "extensions/v1beta1 ReplicaSet": ["1.16", "apps/v1"],
  "networking.k8s.io/v1beta1 Ingress": ["1.22", "networking.k8s.io/v1"],
  "networking.k8s.io/v1beta1 IngressClass": ["1.22", "networking.k8s.io/v1"],
  "policy/v1beta1 PodDisruptionBudget": ["1.25", "policy/v1"],
  "policy/v1beta1 PodSecurityPolicy": ["1.25", "the namespace's label pod-security.kubernetes.io/enforce"],
  "rbac.authorization.k8s.io/v1beta1 ClusterRole": ["1.22", "rbac.authorization.k8s.io/v1"],
  "rbac.authorization.k8s.io/v1beta1 ClusterRoleBinding": ["1.22", "rbac.authorization.k8s.io/v1"],
  "rbac.authorization.k8s.io/v1beta1 Role": ["1.22", "rbac.authorization.k8s.io/v1"],
  "rbac.authorization.k8s.io/v1beta1 RoleBinding": ["1.22", "rbac.authorization.k8s.io/v1"],
  "scheduling.k8s.io/v1beta1 PriorityClass": ["1.22", "scheduling.k8s.io/v1"],
  "storage.k8s.io/v1beta1 StorageClass": ["1.22", "storage.k8s.io/v1"],
};
