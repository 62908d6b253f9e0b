import type { ResourceData } from "../../policies/engine/resource";
import { fromPlan } from "../../policies/sources/plan";
import { recorded } from "../stack";
import { sampleConfig } from "../samples";

/** The sample stacks, which every rule finds in order. */
export type Sample = "dev" | "prod";

/** The day on which tests judge them: what they use is supported then. */
export const today = new Date("2026-11-20");

const samples = new Map<Sample, Promise<readonly ResourceData[]>>();

/** What a sample stack registers, recorded once. */
export function sample(stack: Sample): Promise<readonly ResourceData[]> {
  const known = samples.get(stack);
  if (known) return known;
  const made = recorded(sampleConfig(stack), stack).then(fromPlan);
  samples.set(stack, made);
  return made;
}

/** Properties that a test changes as it likes. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a test knows what stands where
export type Loose = any;

/**
 * A copy of a whole valid stack, to break in one place.
 *
 * @example `stack.object("VirtualService", "bookinfo", "reviews").spec.hosts.push("a.b.example.com")`
 */
export class StackDraft {
  resources: ResourceData[];

  constructor(resources: readonly ResourceData[]) {
    this.resources = resources.map((resource) => ({ ...resource, properties: copy(resource.properties) as Loose }));
  }

  /** A Kubernetes object's properties. */
  object(kind: string, namespace: string, name: string): Loose {
    const found = this.resources.find(
      ({ properties: { kind: own, metadata } }: Loose) =>
        own === kind && metadata.name === name && (metadata.namespace ?? "default") === namespace,
    );
    return found?.properties ?? missing(`${kind} ${namespace}/${name}`);
  }

  /** The properties of the first resource of one of Pulumi's types, or of the one of that name. */
  resource(type: string, name?: string): Loose {
    const found = this.resources.find((one) => one.type === type && (name === undefined || one.name === name));
    return found?.properties ?? missing(`${type} ${name ?? ""}`);
  }

  /** A Helm release's values. */
  values(release: string): Loose {
    const found = this.resources.find(
      ({ type, properties }) => type === "kubernetes:helm.sh/v3:Release" && properties.name === release,
    );
    return (found?.properties as Loose).values ?? missing(`Release ${release}`);
  }

  /** Adds a Kubernetes object, and gives its properties. */
  add(object: {
    readonly apiVersion: string;
    readonly kind: string;
    readonly metadata: { readonly name: string };
  }): Loose {
    const version = object.apiVersion.includes("/") ? object.apiVersion : `core/${object.apiVersion}`;
    return this.addResource(`kubernetes:${version}:${object.kind}`, object.metadata.name, object);
  }

  /** Adds a Kubernetes object as a file has it that says no namespace. */
  addUnplaced(object: { readonly apiVersion: string; readonly kind: string; readonly metadata: object }): void {
    const properties = copy(object) as Loose;
    delete properties.metadata.namespace;
    const { apiVersion, kind, metadata } = properties;
    const type = `kubernetes:${apiVersion}:${kind}`;
    this.resources.push({ source: "yaml", type, name: metadata.name, properties, dependencies: [] });
  }

  /** Adds a resource of any type, and gives its properties. */
  addResource(type: string, name: string, properties: object): Loose {
    const own = copy(properties) as Loose;
    const urn = `urn:pulumi:dev::eks-istio::${type}::${name}`;
    this.resources.push({ source: "plan", urn, type, name, properties: own, dependencies: [] });
    return own;
  }

  /** Takes out what is of this type, or is the object of that kind and name. */
  remove(type: string, name?: string): void {
    this.resources = this.resources.filter(
      (one) => !((one.type === type || one.properties.kind === type) && (name === undefined || nameOf(one) === name)),
    );
  }

  /** The EKS cluster as the engine shows it, inside its component, instead of the component's arguments; gives its properties. */
  openCluster(): Loose {
    const component = this.resources.find(({ type }) => type === "eks:index:Cluster") ?? missing("eks:index:Cluster");
    const { name, version, enabledClusterLogTypes } = component.properties;
    const properties: Loose = {
      name,
      version,
      enabledClusterLogTypes,
      accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: true },
      encryptionConfig: { provider: { keyArn: "arn:aws:kms:eu-west-1:123456789012:key/1" }, resources: ["secrets"] },
      vpcConfig: { endpointPrivateAccess: true, endpointPublicAccess: true, publicAccessCidrs: ["203.0.113.0/24"] },
    };
    this.resources = this.resources.map((one) => (one === component ? { ...one, properties: {} } : one));
    this.resources.push({
      ...component,
      urn: `${component.urn ?? ""}-eksCluster`,
      type: "aws:eks/cluster:Cluster",
      name: `${component.name}-eksCluster`,
      parent: component.urn,
      properties,
    });
    return properties;
  }
}

function nameOf({ name, properties }: ResourceData): unknown {
  return (properties as Loose).metadata?.name ?? name;
}

/** A deep copy that keeps symbols. */
export function copy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copy);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copy(inner)]));
}

function missing(what: string): never {
  throw new Error(`The sample stack has no ${what}.`);
}
