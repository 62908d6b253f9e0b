import type { Finding, Unjudged } from "../../policies/engine/evaluate";
import type { Advice } from "./access/advice";
import type { AccessColumn } from "./access/table";
import { unknown, type RecordedResource } from "./record";

/** What `npm start -- --json` prints. */
export interface Plan {
  readonly project: string;
  readonly stack: string;
  readonly region: string;
  /** Every resource the program registers, parents before children. */
  readonly resources: readonly PlannedResource[];
  /** Every Kubernetes object the program itself makes, as applied. */
  readonly manifests: readonly Manifest[];
  /** Helm releases; their objects come from their charts. */
  readonly releases: readonly PlannedRelease[];
  /** Where each public application is reached. */
  readonly urls: Readonly<Record<string, readonly string[]>>;
  /** ARNs of certificates that exist already, in the order of the domains. */
  readonly givenCertificates: readonly string[];
  /** Who may call whom, by application; only where the stack file says something of it. */
  readonly access?: readonly AccessColumn[];
  /** What of it is hardly meant; left out where there is nothing. */
  readonly advice?: readonly Advice[];
  /** Whether policies judged the objects of charts, too. */
  readonly rendered: boolean;
  /** What policies say against it; mandatory ones first. */
  readonly findings: readonly Finding[];
  /** What policies could not judge, and why. */
  readonly unjudged: readonly Unjudged[];
}

export interface PlannedResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** URN of the parent; null for the root. */
  readonly parent: string | null;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** URNs of the resources it waits for. */
  readonly dependencies: readonly string[];
  /** Whether a change that replaces it deletes first. */
  readonly deleteBeforeReplace?: true;
}

export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly [key: string]: unknown };
  readonly [key: string]: unknown;
}

export interface PlannedRelease {
  readonly name: string;
  readonly chart: string;
  readonly version: string;
  readonly namespace: string;
  readonly values: Readonly<Record<string, unknown>>;
}

const releaseType = "kubernetes:helm.sh/v3:Release";
const appType = "eks-istio:stage:App";
const certificateType = "eks-istio:stage:Certificate";

/**
 * Makes a plan of what a program registered. It reads nothing else: what stands in a plan is what would be applied. What
 * policies say is added by who asks them.
 */
export function planOf(project: string, stack: string, region: string, recorded: readonly RecordedResource[]): Plan {
  const resources = inTreeOrder(recorded);
  return {
    project,
    stack,
    region,
    resources: resources.map(({ urn, type, name, parent = null, inputs, dependencies, deleteBeforeReplace }) => ({
      urn,
      type,
      name,
      parent,
      inputs,
      dependencies,
      ...(deleteBeforeReplace && { deleteBeforeReplace }),
    })),
    manifests: resources.flatMap(({ type, inputs }) => (isManifest(type, inputs) ? [inputs] : [])),
    releases: resources.flatMap(({ type, inputs }) => (type === releaseType ? [releaseOf(inputs)] : [])),
    urls: urlsOf(resources),
    givenCertificates: resources.flatMap(({ type, outputs: { arn } }) =>
      type === certificateType && typeof arn === "string" && arn !== unknown ? [arn] : [],
    ),
    rendered: false,
    findings: [],
    unjudged: [],
  };
}

/** Parents before children, children as the program made them. */
function inTreeOrder(recorded: readonly RecordedResource[]): RecordedResource[] {
  const children = childrenOf(recorded);
  const below = (parent: string | undefined): RecordedResource[] =>
    (children.get(parent) ?? []).flatMap((resource) => [resource, ...below(resource.urn)]);
  return below(undefined);
}

/** Resources by their parent's URN; those without a parent under undefined. */
export function childrenOf<T extends { readonly parent?: string | null }>(
  resources: readonly T[],
): ReadonlyMap<string | undefined, readonly T[]> {
  const children = new Map<string | undefined, T[]>();
  for (const resource of resources) {
    const parent = resource.parent ?? undefined;
    const siblings = children.get(parent);
    if (siblings) siblings.push(resource);
    else children.set(parent, [resource]);
  }
  return children;
}

function isManifest(type: string, inputs: Readonly<Record<string, unknown>>): inputs is Manifest {
  return (
    type.startsWith("kubernetes:") &&
    type !== releaseType &&
    typeof inputs.apiVersion === "string" &&
    typeof inputs.kind === "string"
  );
}

function releaseOf(inputs: Readonly<Record<string, unknown>>): PlannedRelease {
  const text = (key: string) => (typeof inputs[key] === "string" ? inputs[key] : "");
  return {
    name: text("name"),
    chart: chartName(inputs),
    version: text("version"),
    namespace: text("namespace"),
    values: (inputs.values ?? {}) as Record<string, unknown>,
  };
}

/** A chart with its source: `https://…/charts/istiod`, `oci://…/istiod`, or a folder. */
function chartName({ chart, repositoryOpts }: Readonly<Record<string, unknown>>): string {
  const repository = (repositoryOpts as { readonly repo?: string } | undefined)?.repo;
  return repository ? `${repository}/${String(chart)}` : String(chart);
}

function urlsOf(resources: readonly RecordedResource[]): Record<string, readonly string[]> {
  const apps = resources.filter(({ type }) => type === appType);
  return Object.fromEntries(
    apps.flatMap(({ name, outputs }) => {
      const urls = outputs.urls as readonly string[];
      return urls.length > 0 ? [[appNameOf(name, resources), urls]] : [];
    }),
  );
}

/** An application's Pulumi name begins with its platform's: `shop-app-checkout` is `checkout`. */
export function appNameOf(name: string, resources: readonly Pick<RecordedResource, "type" | "name">[]): string {
  return name.slice(`${platformName(resources)}-app-`.length);
}

/** So does a gateway's: `shop-gateway-internal` is `internal`, and `shop-gateway` is `default`. */
export function gatewayNameOf(name: string, resources: readonly Pick<RecordedResource, "type" | "name">[]): string {
  return name.slice(`${platformName(resources)}-gateway-`.length) || "default";
}

function platformName(resources: readonly Pick<RecordedResource, "type" | "name">[]): string {
  return resources.find(({ type }) => type === "eks-istio:stage:Platform")?.name ?? "";
}
