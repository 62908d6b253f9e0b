import type { Inventory } from "../../engine/inventory";
import { KubernetesObject } from "../../engine/resource";
import { isIstio } from "../../schemas/schema";
import { KeyIndex } from "../key-index";
import { makesSecrets } from "./maker-kinds";
import { namespaceOf } from "./names";

/** What controllers make of objects of kinds that are others'. */
type Made = "Secret" | "Service" | "ServiceAccount";

/**
 * Whether a controller may make an object: Flagger makes the Service `cart-primary` of a Canary `cart`, Elastic's operator
 * `logs-kb-http` of a Kibana `logs`, Istio the Service and the ServiceAccount `web-istio` of a Gateway `web`. Of a kind
 * that is others' nobody here knows what is made: what has its name in its own, or stands in it, may be. Throws if that is
 * unknown.
 */
export function mayBeMade(kind: Made, namespace: string, name: string, inventory: Inventory): boolean {
  const makers = inventory.once(makersOf);
  const own = makers.get(namespace).filter((maker) => concerns(kind, maker));
  if (own.some((maker) => isPart(maker.name, name) || isPart(maker.kind.toLowerCase(), name))) return true;
  if (own.some((maker) => names(maker, name))) return true;
  makers.assertKnown((maker) => maker instanceof KubernetesObject && concerns(kind, maker));
  return false;
}

function makersOf({ resources }: Inventory): KeyIndex<KubernetesObject> {
  const objects = resources.filter((one): one is KubernetesObject => one instanceof KubernetesObject);
  return new KeyIndex(objects.filter(isMaker), (maker) => [namespaceOf(maker)]);
}

function isMaker(object: KubernetesObject): boolean {
  return isGateway(object) || (!isKubernetes(object.group) && !isIstio(object.group) && !fixed.has(object.group));
}

/** Kubernetes' own groups: `apps`, `networking.k8s.io`. */
function isKubernetes(group: string): boolean {
  return !group.includes(".") || (group.endsWith(".k8s.io") && !group.endsWith(".x-k8s.io"));
}

function isGateway({ group, kind }: KubernetesObject): boolean {
  return group === "gateway.networking.k8s.io" && kind === "Gateway";
}

/** Groups whose objects make none of these, or whose Secrets are known. */
const fixed: ReadonlySet<string> = new Set([
  "acme.cert-manager.io",
  "cert-manager.io",
  "elbv2.k8s.aws",
  "external-secrets.io",
  "helm.toolkit.fluxcd.io",
  "karpenter.k8s.aws",
  "karpenter.sh",
  "keda.sh",
  "kustomize.toolkit.fluxcd.io",
  "kyverno.io",
  "source.toolkit.fluxcd.io",
]);

/** Kinds with workloads' and applications' names, whose controllers make no Services. */
const withoutServices: ReadonlySet<string> = new Set([
  "AnalysisTemplate",
  "Application",
  "PodMonitor",
  "PrometheusRule",
  "Rollout",
  "SecretProviderClass",
  "ServiceMonitor",
]);

function concerns(made: Made, maker: KubernetesObject): boolean {
  if (made === "Secret") return !isGateway(maker) && !makesSecrets(maker);
  return !withoutServices.has(maker.kind) && !makesSecrets(maker);
}

/** Whether one name is a part of another, between dashes: `cart` of `cart-primary`. */
function isPart(part: string, whole: string): boolean {
  return part !== "" && `-${whole}-`.includes(`-${part}-`);
}

/** Whether a name stands in an object. What a Gateway's listeners name is there already. */
function names(maker: KubernetesObject, name: string): boolean {
  const places = isGateway(maker) ? [maker.annotations] : [maker.annotations, maker.get("spec")];
  return places.some((place) => holds(place.plain(), name));
}

function holds(value: unknown, text: string): boolean {
  if (typeof value !== "object" || value === null) return value === text;
  return Object.values(value).some((inner) => holds(inner, text));
}
