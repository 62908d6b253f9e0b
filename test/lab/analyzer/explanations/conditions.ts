import { serviceOf } from "../../../../policies/facts/istio/hosts";
import type { KubernetesObject } from "../../cluster/api";
import type { Difference } from "../compare";

/** Whether a message says something. */
export const said =
  (pattern: RegExp) =>
  ({ text }: Difference) =>
    pattern.test(text);

/** Whether the other one says one of these of the object. */
export const beside =
  (...about: readonly string[]) =>
  (difference: Difference) =>
    about.some((one) => difference.beside.includes(one));

/** Whether the object is of one of these kinds. */
export const at =
  (...kinds: readonly string[]) =>
  ({ object }: Difference) =>
    kinds.some((kind) => object.startsWith(`${kind} `));

/** Whether several conditions hold. */
export const both =
  (...conditions: readonly ((difference: Difference) => boolean)[]) =>
  (difference: Difference) =>
    conditions.every((condition) => condition(difference));

/** The namespace of the object; of a Namespace, its name. */
export function namespaceOf({ object }: Difference): string {
  return object.split(" ")[1]?.split("/")[0] ?? "";
}

/** Objects of a kind in the input, or in one namespace of it. */
export function objects({ input }: Difference, kind: string, namespace?: string): readonly KubernetesObject[] {
  return input.objects.filter(
    (one) => one.kind === kind && (namespace === undefined || one.metadata.namespace === namespace),
  );
}

/** The host that a message is about: `Referenced host not found: "web"`, `The host web defined in the …`. */
function hostIn({ text }: Difference): string {
  const [, quoted, named] = /(?::| service) "([^"+]*)|The host (\S+)/.exec(text) ?? [];
  return quoted ?? named ?? "";
}

/** Whether a host is none of a Service's full name, or of one in a namespace that has no Service here. */
export function isOthers(difference: Difference): boolean {
  const service = serviceOf(hostIn(difference), namespaceOf(difference));
  return !service || objects(difference, "Service", service.namespace).length === 0;
}

/** Whether a host is a Service's that is here. */
export function isHere(difference: Difference): boolean {
  return serviceIn(difference) !== undefined;
}

/** Whether a host is a Service's that is here, but not for every namespace. */
export function isHidden(difference: Difference): boolean {
  return serviceIn(difference)?.metadata.annotations?.["networking.istio.io/exportTo"] !== undefined;
}

function serviceIn(difference: Difference): KubernetesObject | undefined {
  const service = serviceOf(hostIn(difference), namespaceOf(difference));
  return objects(difference, "Service", service?.namespace).find(({ metadata }) => metadata.name === service?.name);
}

/** Whether the Gateway that a message names is nowhere. */
export function isGatewayMissing(difference: Difference): boolean {
  const [, namespace, name] = /in Gateway ([^/]+)\/(\S+?)\.$/.exec(difference.text) ?? [];
  return (
    name !== undefined && !objects(difference, "Gateway", namespace).some(({ metadata }) => metadata.name === name)
  );
}

/** The labels at a message's end: `…: "app=web,version=v1"`. */
function labelsIn({ text }: Difference): Labels {
  const [, labels] = /: "?([^\s":]+=[^\s"]*)"?$/.exec(text) ?? [];
  return Object.fromEntries(labels?.split(",").map((pair) => pair.split("=") as [string, string]) ?? []);
}

/** Whether nothing of the object's namespace makes pods. */
export function isWithoutPods(difference: Difference): boolean {
  return podsIn(difference, namespaceOf(difference)).length === 0;
}

/** The labels of pods in a namespace: of those that are there, and of those that a Deployment makes. */
function podsIn(difference: Difference, namespace: string): readonly Labels[] {
  const pods = objects(difference, "Pod", namespace).map(({ metadata }) => metadata.labels ?? {});
  return [...pods, ...templatesIn(difference, namespace)];
}

/** The labels of the pods that Deployments make. */
function templatesIn(difference: Difference, namespace: string): readonly Labels[] {
  return objects(difference, "Deployment", namespace).map(
    ({ spec }) => (spec as DeploymentSpec).template.metadata?.labels ?? {},
  );
}

function carries(labels: Labels, wanted: Labels): boolean {
  return Object.entries(wanted).every(([key, value]) => labels[key] === value);
}

type Labels = Readonly<Record<string, string>>;

interface DeploymentSpec {
  readonly template: { readonly metadata?: { readonly labels?: Labels } };
}

/** Whether pods of the object's namespace, or those that a Deployment makes there, carry the labels that a message names. */
export function isCarried(difference: Difference): boolean {
  return podsIn(difference, namespaceOf(difference)).some((labels) => carries(labels, labelsIn(difference)));
}

/** Whether a Deployment makes pods that a subset of its DestinationRule selects. */
export function isSubsetDeployed(difference: Difference): boolean {
  const [, name] = /^The Subset (\S+) /.exec(difference.text) ?? [];
  const { host = "", subsets = [] } = specOf<Subsets>(difference);
  const { namespace = "" } = serviceOf(host, namespaceOf(difference)) ?? {};
  return subsets
    .filter((subset) => subset.name === name)
    .some((subset) => templatesIn(difference, namespace).some((labels) => carries(labels, subset.labels)));
}

interface Subsets {
  readonly host: string;
  readonly subsets: readonly { readonly name: string; readonly labels: Labels }[];
}

/** Whether nothing here makes pods for the Service that a DestinationRule is for. */
export function isWithoutOwnPods(difference: Difference): boolean {
  const { host = "" } = specOf<{ readonly host: string }>(difference);
  const service = serviceOf(host, namespaceOf(difference));
  const found = objects(difference, "Service", service?.namespace).find(
    ({ metadata }) => metadata.name === service?.name,
  );
  const { selector } = (found?.spec ?? {}) as { readonly selector?: Labels };
  return !selector || !podsIn(difference, service?.namespace ?? "").some((labels) => carries(labels, selector));
}

/** Whether a VirtualService has a condition on the method. */
export function isByMethod(difference: Difference): boolean {
  return JSON.stringify(specOf(difference)).includes('"method":');
}

/** What a difference is about. */
function specOf<T extends object>({ object, input }: Difference): Partial<T> {
  const found = input.objects.find(
    ({ kind, metadata: { namespace = "", name } }) => object === `${kind} ${namespace}/${name}`,
  );
  return found?.spec ?? {};
}

interface Routes {
  readonly hosts: readonly string[];
  readonly gateways: readonly string[];
}

/** Whether a VirtualService is for Gateways, and not for the mesh. */
export function isOnGatewaysAlone(difference: Difference): boolean {
  const { gateways = [] } = specOf<Routes>(difference);
  return gateways.length > 0 && !gateways.includes("mesh");
}

/** Whether a route in the mesh leads to the very host that it is for. */
export function isForItself(difference: Difference): boolean {
  const { hosts = [], gateways = [] } = specOf<Routes>(difference);
  const target = fullName(hostIn(difference), namespaceOf(difference));
  return (
    gateways.every((name) => name === "mesh") &&
    hosts.some((host) => fullName(host, namespaceOf(difference)) === target)
  );
}

function fullName(host: string, namespace: string): string {
  const service = serviceOf(host, namespace);
  return service ? `${service.name}.${service.namespace}` : host;
}

interface Servers {
  readonly servers: readonly { readonly port: { readonly number: number } }[];
}

/** Whether a message names a Gateway with several servers on one port. */
export function isForgotten(difference: Difference): boolean {
  return objects(difference, "Gateway").some(({ metadata: { name, namespace = "" }, spec }) => {
    const ports = (spec as Servers).servers.map(({ port }) => port.number);
    return difference.text.includes(`Gateway ${namespace}/${name} `) && new Set(ports).size < ports.length;
  });
}

/** Whether a Gateway has no servers. */
export function isEmpty(difference: Difference): boolean {
  return (specOf<Servers>(difference).servers ?? []).length === 0;
}

/** Whether there is nothing of Istio's. */
export function isWithoutMesh({ input }: Difference): boolean {
  return !input.objects.some(({ apiVersion }) => apiVersion.includes("istio.io/"));
}

/** Whether the Gateway that a message names is in a namespace that has none here. */
export function isOthersGateway(difference: Difference): boolean {
  const [, name = ""] = /: "([^"]*)"/.exec(difference.text) ?? [];
  const [namespace, own] = name.includes("/") ? name.split("/") : [namespaceOf(difference), name];
  return own !== undefined && objects(difference, "Gateway", namespace).length === 0;
}

/** Whether pods of any namespace carry the labels of a subset that a finding quotes. */
export function isElsewhere(difference: Difference): boolean {
  const [, quoted = ""] = /^subset "\w+" selects no (?:pods|endpoints) \((.*)\): /.exec(difference.text) ?? [];
  const labels = labelsIn({ ...difference, text: `: ${quoted}` });
  return objects(difference, "Pod").some(({ metadata }) => carries(metadata.labels ?? {}, labels));
}

/** Whether a VirtualService is for several hosts. */
export function hasSeveralHosts(difference: Difference): boolean {
  return (specOf<Routes>(difference).hosts?.length ?? 0) > 1;
}

/** Whether Istio's webhook comes by when a Pod is made, or may: its Namespace decides. */
export function isToBeInjected(difference: Difference): boolean {
  const [namespace] = objects(difference, "Namespace").filter(
    ({ metadata }) => metadata.name === namespaceOf(difference),
  );
  if (!namespace) return true;
  const { "istio-injection": injection, "istio.io/rev": revision } = namespace.metadata.labels ?? {};
  const [pod] = objects(difference, "Pod", namespaceOf(difference)).filter(({ metadata }) =>
    difference.object.endsWith(`/${metadata.name}`),
  );
  const own = pod?.metadata.labels?.["sidecar.istio.io/inject"];
  if (injection === "disabled" || own === "false") return false;
  return own === "true" || injection === "enabled" || revision !== undefined;
}

/** Whether a VirtualService leads to a host by a short name. */
export function hasShortHost(difference: Difference): boolean {
  const { http = [] } = specOf<HttpRoutes>(difference);
  return http.some(({ route }) => route.some(({ destination }) => !destination.host.includes(".")));
}

interface HttpRoutes {
  readonly http: readonly { readonly route: readonly { readonly destination: { readonly host: string } }[] }[];
}

/** Whether every Secret here that a Gateway names has a certificate and its key, under either of their names. */
export function isComplete(difference: Difference): boolean {
  const { servers = [] } = specOf<TlsServers>(difference);
  const names = servers.flatMap(({ tls }) => tls?.credentialName ?? []);
  return objects(difference, "Secret")
    .filter(({ metadata }) => names.includes(metadata.name))
    .every(({ data }) => pairs.some((pair) => pair.every((key) => key in (data as object))));
}

const pairs = [
  ["tls.crt", "tls.key"],
  ["cert", "key"],
];

interface TlsServers {
  readonly servers: readonly { readonly tls?: { readonly credentialName?: string } }[];
}

/** Whether a ServiceEntry has an address in its status. */
export function hasAddress({ object, input }: Difference): boolean {
  const found = input.objects.find(
    ({ kind, metadata: { namespace = "", name } }) => object === `${kind} ${namespace}/${name}`,
  );
  return ((found?.status ?? {}) as { readonly addresses?: readonly unknown[] }).addresses?.[0] !== undefined;
}

/** Whether an EnvoyFilter merges something, or has a value for what it takes out. */
export function isMerged(difference: Difference): boolean {
  const { configPatches = [] } = specOf<Patches>(difference);
  return configPatches.some(({ patch }) => ["MERGE", "REMOVE"].includes(patch?.operation ?? ""));
}

interface Patches {
  readonly configPatches: readonly { readonly patch?: { readonly operation?: string } }[];
}
