import type { RecordedResource } from "../../cli/plan/record";
import { recorded } from "../stack";

/** Sections of a stack file by name, e.g. `{ network: { nat: "perZone" } }`. */
export interface Sections {
  readonly cluster?: object;
  readonly [section: string]: unknown;
}

/** A stack file with these sections, in ap-northeast-2, with a cluster called `shop`: every name begins with that. */
export function stackKeys({ cluster, ...sections }: Sections = {}): Record<string, unknown> {
  const all = { ...sections, cluster: { name: "shop", version: "1.35", ...cluster } };
  return Object.fromEntries(Object.entries(all).map(([section, value]) => [`eks-istio:${section}`, value]));
}

const plans = new Map<string, Promise<Graph>>();

/** What the whole program registers on a first preview, when no output is known yet. Nobody changes it: a stack is planned once. */
export function planned(sections: Sections = {}, provider: Readonly<Record<string, unknown>> = {}): Promise<Graph> {
  const keys = { ...stackKeys(sections), ...provider };
  const key = JSON.stringify(keys);
  const plan = plans.get(key) ?? recorded(keys).then((resources) => new Graph(resources));
  plans.set(key, plan);
  return plan;
}

/** A resource in words: `Vpc shop-network-vpc`. Components of ours begin with "stage:", as some share a kind and a name with a child. */
export function label({ type, name }: Pick<RecordedResource, "type" | "name">): string {
  const kind = type.slice(type.lastIndexOf(":") + 1);
  return `${type.startsWith("eks-istio:stage:") ? "stage:" : ""}${kind} ${name}`;
}

/** Recorded resources and what they wait for. Everything is asked for, and answered, by label. */
export class Graph {
  private readonly byLabel = new Map<string, RecordedResource>();
  private readonly byUrn = new Map<string, RecordedResource>();

  constructor(readonly resources: readonly RecordedResource[]) {
    for (const resource of resources) {
      if (this.byLabel.has(label(resource))) throw new Error(`Two resources are called ${label(resource)}.`);
      this.byLabel.set(label(resource), resource);
      this.byUrn.set(resource.urn, resource);
    }
  }

  /** The one resource with this label. */
  at(resource: string): RecordedResource {
    const found = this.byLabel.get(resource);
    if (!found) throw new Error(`There is no ${resource}. There are:\n${[...this.byLabel.keys()].sort().join("\n")}`);
    return found;
  }

  inputs(resource: string): Readonly<Record<string, unknown>> {
    return this.at(resource).inputs;
  }

  /** Labels of the resources whose type fits, sorted. */
  ofType(type: string | RegExp): string[] {
    return this.resources
      .filter((each) => (typeof type === "string" ? each.type === type : type.test(each.type)))
      .map(label)
      .sort();
  }

  /** The children of a component, as `type name`, sorted: their identities. */
  children(component: string): string[] {
    const { urn } = this.at(component);
    return this.resources
      .filter(({ parent }) => parent === urn)
      .map(({ type, name }) => `${type} ${name}`)
      .sort();
  }

  /** What a resource waits for by itself: the dependencies it registers, and its provider. */
  direct(resource: string): string[] {
    return this.edges(this.at(resource)).map(label).sort();
  }

  /** Everything that a resource waits for, and that outlives it on destroy. */
  before(resource: string): string[] {
    const seen = new Set<RecordedResource>();
    const queue = [this.at(resource)];
    for (let next = queue.pop(); next; next = queue.pop()) {
      for (const each of this.edges(next)) {
        if (seen.has(each)) continue;
        seen.add(each);
        queue.push(each);
      }
    }
    return [...seen].map(label).sort();
  }

  /** Everything that waits for a resource, and that goes before it on destroy. */
  after(resource: string): string[] {
    return [...this.byLabel.keys()].filter((each) => this.before(each).includes(resource)).sort();
  }

  private edges({ name, dependencies, provider }: RecordedResource): RecordedResource[] {
    return [...dependencies, ...(provider ? [provider] : [])].map((urn) => {
      const found = this.byUrn.get(urn);
      if (!found) throw new Error(`${name} waits for ${urn}, which nobody registered.`);
      return found;
    });
  }
}
