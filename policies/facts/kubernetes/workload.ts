import { HelmRelease, type KubernetesObject, type Resource } from "../../engine/resource";
import type { Value } from "../../engine/value";

/** Labels by key, as a selector has them. */
export type Labels = Readonly<Record<string, string>>;

/** Something unknown about a workload's pods. */
export interface Unknown {
  /** The label it would be; `labels` if it may be any, `namespace` if it says where the pods are. */
  readonly about: { readonly label: string } | "labels" | "namespace";
  /** Reading it throws. */
  readonly value: Value;
}

/** The labels of a workload's pods, as far as they are known, and what isn't known about them. */
export interface LabelsRead {
  readonly labels: ReadonlyMap<string, string>;
  readonly unknowns: readonly Unknown[];
}

/**
 * Something that makes pods, or stands for one: a Deployment, the gateway chart's Release, a WorkloadEntry. Every
 * question about "which pods" is answered with these.
 *
 * What is unknown about one costs nothing until it decides: a label that is known to differ says no, whatever else is
 * unknown. Then the methods throw, and `unknowns` says what to read.
 */
export class Workload<R extends Resource = Resource, T extends Value | undefined = Value | undefined> {
  #read: LabelsRead | undefined;
  #isGateway: boolean | undefined;
  readonly #readLabels: () => LabelsRead;
  readonly #namespaceAt: () => Value;

  constructor(
    readonly resource: R,
    /** Holds the pods' `metadata` and `spec`; absent where a chart or a machine makes them. */
    readonly template: T,
    { namespace, namespaceAt, annotations, spec, readLabels }: WorkloadParts,
    /** Pods of its that carry other labels, such as those of a Rollout's experiment. A selector may mean these alone. */
    readonly variants: readonly Workload[] = [],
  ) {
    this.namespace = namespace;
    this.annotations = annotations;
    this.spec = spec;
    this.#namespaceAt = namespaceAt;
    this.#readLabels = readLabels;
  }

  /** The pods' annotations. */
  readonly annotations: Value;
  /** The pods' spec; a chart's values, which call such things by the same names. */
  readonly spec: Value;

  /** Undefined if it is unknown. */
  readonly namespace: string | undefined;

  /** Throws if it is unknown. */
  get knownNamespace(): string {
    return this.namespace ?? this.#namespaceAt().text() ?? "default";
  }

  /** The labels of its pods that are known. */
  get labels(): ReadonlyMap<string, string> {
    return this.#labelsRead.labels;
  }

  /** What is unknown about its pods' labels and about their namespace. */
  get unknowns(): readonly Unknown[] {
    return this.#labelsRead.unknowns;
  }

  /** The Release, if a chart makes the pods. */
  get release(): HelmRelease | undefined {
    return this.resource instanceof HelmRelease ? this.resource : undefined;
  }

  /** Whether its proxy is a gateway's. What is unknown makes none. */
  get isGateway(): boolean {
    this.#isGateway ??= this.release !== undefined || (this.template !== undefined && isGatewayTemplate(this.template));
    return this.#isGateway;
  }

  /** A label of its pods. Throws if it is unknown. */
  label(key: string): string | undefined {
    const own = this.labels.get(key);
    if (own === undefined) for (const { value } of this.#unknownsOf(key)) value.text();
    return own;
  }

  /** Whether its pods carry a label, or an unknown one may be it. */
  mayHave(key: string, value: string): boolean {
    const own = this.labels.get(key);
    return own === undefined ? this.#unknownsOf(key).length > 0 : own === value;
  }

  /** Whether its pods carry all these labels. Throws if one that decides is unknown. */
  carries(wanted: Labels): boolean {
    const entries = Object.entries(wanted);
    return (
      entries.every(([key, value]) => this.mayHave(key, value)) &&
      entries.every(([key, value]) => this.label(key) === value)
    );
  }

  /** The unknown values of labels because of which a selector may select its pods; none if known ones decide. */
  unknownsFor(wanted: Labels): readonly Value[] {
    const entries = Object.entries(wanted);
    if (!entries.every(([key, value]) => this.mayHave(key, value))) return [];
    const open = entries.flatMap(([key]) => (this.labels.has(key) ? [] : this.#unknownsOf(key)));
    return [...new Set(open)].map(({ value }) => value);
  }

  #unknownsOf(key: string): readonly Unknown[] {
    return this.unknowns.filter(
      ({ about }) => about === "labels" || (typeof about === "object" && about.label === key),
    );
  }

  get #labelsRead(): LabelsRead {
    this.#read ??= this.#withNamespace(this.#readLabels());
    return this.#read;
  }

  #withNamespace({ labels, unknowns }: LabelsRead): LabelsRead {
    if (this.namespace !== undefined) return { labels, unknowns };
    return { labels, unknowns: [{ about: "namespace", value: this.#namespaceAt() }, ...unknowns] };
  }
}

/** Where a workload's parts stand. */
export interface WorkloadParts {
  readonly namespace: string | undefined;
  /** Where it is written. */
  readonly namespaceAt: () => Value;
  readonly annotations: Value;
  readonly spec: Value;
  /** Asked once, and only when a label is wanted. Doesn't throw. */
  readonly readLabels: () => LabelsRead;
}

/** What a workload of Kubernetes makes pods from; a Pod is its own. */
export type PodTemplate = Workload<KubernetesObject, Value>;

export function isFromTemplate(workload: Workload): workload is PodTemplate {
  return workload.template !== undefined;
}

/**
 * A workload whose pods come from a template.
 *
 * @param others labels that go over the template's in some of its pods
 */
export function fromTemplate(resource: KubernetesObject, template: Value, others: readonly Value[] = []): PodTemplate {
  const own = () => readLabels(template.get("metadata", "labels"));
  const parts: WorkloadParts = {
    namespace: resource.namespace,
    namespaceAt: () => resource.get("metadata", "namespace"),
    annotations: template.get("metadata", "annotations"),
    spec: template.get("spec"),
    readLabels: own,
  };
  const variants = others.map(
    (labels) => new Workload(resource, template, { ...parts, readLabels: () => overlaid(own(), readLabels(labels)) }),
  );
  return new Workload(resource, template, parts, variants);
}

/** Labels with others over them. */
function overlaid(below: LabelsRead, above: LabelsRead): LabelsRead {
  if (above.unknowns.some(({ about }) => about === "labels")) return { labels: new Map(), unknowns: above.unknowns };
  const labels = new Map([...below.labels, ...above.labels]);
  for (const { about } of above.unknowns) if (typeof about === "object") labels.delete(about.label);
  const open = below.unknowns.filter(({ about }) => typeof about !== "object" || !above.labels.has(about.label));
  return { labels, unknowns: [...open, ...above.unknowns] };
}

/** A map of labels, each of which may be unknown. */
export function readLabels(map: Value): LabelsRead {
  if (map.isUnknown) return { labels: new Map(), unknowns: [{ about: "labels", value: map }] };
  const labels = new Map<string, string>();
  const unknowns: Unknown[] = [];
  for (const [key, value] of map.entries())
    if (value.isUnknown) unknowns.push({ about: { label: key }, value });
    else labels.set(key, value.text() ?? "");
  return { labels, unknowns };
}

/** A proxy alone serves no application: it is a gateway, whatever its container is called. */
function isGatewayTemplate(template: Value): boolean {
  const templates = template.get("metadata", "annotations", "inject.istio.io/templates");
  if (!templates.isUnknown && templates.text()?.split(",").includes("gateway")) return true;
  const list = template.get("spec", "containers");
  const containers = list.isUnknown ? [] : list.list();
  return containers.length > 0 && containers.every(isProxyAlone);
}

function isProxyAlone(container: Value): boolean {
  const [name, image, first] = [container.get("name"), container.get("image"), container.get("args", 0)];
  if (!name.isUnknown && name.text() === "istio-proxy") return true;
  // The image runs other things as well, such as a shell to look around in.
  const runsProxy = !first.isUnknown && first.text() === "proxy" && !hasCommand(container);
  return runsProxy && !image.isUnknown && /(^|\/)proxyv2([:@-]|$)/.test(image.text() ?? "");
}

function hasCommand(container: Value): boolean {
  const command = container.get("command");
  return command.isUnknown || command.exists;
}
