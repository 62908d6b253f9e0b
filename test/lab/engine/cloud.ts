import { randomBytes } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { awsType } from "./aws";
import { isIn, isKubernetes, kubernetesType, namespaceType, releaseType } from "./kubernetes";
import { nameOf, typeOf } from "./journal";
import { at, text, type Properties, type ResourceType } from "./resource-type";

/** Something that exists, whether or not an engine knows of it. */
export interface CloudObject {
  readonly id: string;
  readonly type: string;
  /** The name that the program gave it. In AWS it is the tag `Name`, or part of it. */
  readonly name: string;
  readonly inputs: Properties;
  readonly outputs: Properties;
}

/** What exists in AWS and in the cluster. It outlives every engine. */
export class Cloud {
  /** What the AWS provider lays under the tags of everything. */
  defaultTags: Properties = {};
  private readonly living = new Map<string, CloudObject>();
  /** Releases whose installation or upgrade was cut short. */
  private readonly stuck = new Set<string>();
  /** Who took fields of an object of Kubernetes with a server-side apply of his own. */
  private readonly takers = new Map<string, string>();
  /** Releases as they were before their last upgrade. */
  private readonly revisions = new Map<string, CloudObject>();

  /** What a provider knows of a type. */
  type(type: string): ResourceType {
    const known = awsType(type) ?? kubernetesType(type);
    if (!known) throw new Error(`The lab's providers have no type ${type}: describe it in aws.ts or kubernetes.ts.`);
    return known;
  }

  objects(): readonly CloudObject[] {
    return [...this.living.values()];
  }

  find(type: string, id: string): CloudObject | undefined {
    return this.living.get(key(type, id));
  }

  /** What an import takes for an id; nothing if it is written otherwise. */
  findImported(type: string, importId: string): CloudObject | undefined {
    const known = this.type(type);
    if (known.importable === false) throw new Error(`resource ${type} does not support import`);
    return this.objects().find(
      (each) => each.type === type && (known.importId?.(each.inputs, each.id) ?? each.id) === importId,
    );
  }

  /** @param upsert whether an object of Kubernetes that is there already is taken over, as the provider does from 4.29 on */
  create(urn: string, inputs: Properties, { upsert = false } = {}): CloudObject {
    const type = typeOf(urn);
    const known = this.type(type);
    this.demand("create", type, inputs);
    const id = known.id(inputs, randomBytes(8).toString("hex"));
    if (type === releaseType && (this.stuck.has(id) || this.find(type, id)))
      throw new Error("cannot re-use a name that is still in use");
    const twin =
      this.find(type, id) ??
      this.objects().find(
        (each) =>
          each.type === type &&
          known.unique?.every(
            (path) => text(each.inputs, path) === text(inputs, path) && each.inputs[path] === inputs[path],
          ),
      );
    const takenOver = inputs.allowOverwrite === true || known.again === true || (upsert && isKubernetes(type));
    if (twin && !takenOver) throw new Error(`${type} ${twin.id} already exists`);
    return this.put(type, id, nameOf(urn), inputs);
  }

  /** @param force whether fields that somebody else took are taken back */
  update(type: string, id: string, inputs: Properties, { force = false } = {}): CloudObject {
    const object = this.get(type, id);
    this.demand("update", type, inputs);
    const refused = this.type(type).refused?.find(
      (path) => !isDeepStrictEqual(at(object.inputs, path), at(inputs, path)),
    );
    if (refused !== undefined) throw new Error(`${type} ${id} is invalid: updates to ${refused} are forbidden.`);
    const taker = this.takers.get(key(type, id));
    if (taker !== undefined && !force) throw new Error(`Apply failed with 1 conflict: conflict with "${taker}"`);
    this.takers.delete(key(type, id));
    if (type === releaseType) {
      if (this.stuck.has(id)) throw new Error("another operation (install/upgrade/rollback) is in progress");
      this.revisions.set(id, object);
    }
    return this.put(type, id, object.name, inputs);
  }

  delete(type: string, id: string): void {
    const object = this.find(type, id);
    // Somebody removed it already: that is what was wanted.
    if (!object) return;
    this.demand("delete", type, object.inputs);
    // A namespace takes everything in it along, whoever made it, and ends when all of that has ended.
    if (type === namespaceType)
      for (const each of this.objects().filter(({ inputs }) => isIn(inputs, id))) this.delete(each.type, each.id);
    const names = [id, object.outputs.arn].filter((name) => typeof name === "string");
    const holder = this.objects().find(
      (each) => this.type(type).heldBy?.includes(each.type) && names.some((name) => mentions(each.inputs, name)),
    );
    if (holder) throw new Error(`DependencyViolation: ${type} ${id} is in use by ${holder.type} ${holder.id}`);
    this.living.delete(key(type, id));
  }

  /** Helm's mark of an installation or upgrade that nobody finished. */
  leaveStuck(id: string): void {
    this.stuck.add(id);
  }

  /** `helm uninstall NAME --namespace NAMESPACE` */
  uninstall(id: string): void {
    this.stuck.delete(id);
    this.living.delete(key(releaseType, id));
  }

  /** `helm rollback NAME --namespace NAMESPACE` */
  rollback(id: string): void {
    const before = this.revisions.get(id);
    if (!before) throw new Error(`release ${id} has no revision before this one`);
    this.stuck.delete(id);
    this.living.set(key(releaseType, id), before);
  }

  /** Changes what the cloud says of something, behind the engine's back. */
  change(type: string, id: string, outputs: Properties): void {
    const object = this.get(type, id);
    this.living.set(key(type, id), { ...object, outputs: { ...object.outputs, ...outputs } });
  }

  /** Somebody else's server-side apply, which takes fields of an object of Kubernetes. */
  take(type: string, id: string, fields: Properties, manager: string): void {
    const object = this.get(type, id);
    this.takers.set(key(type, id), manager);
    this.living.set(key(type, id), {
      ...object,
      inputs: { ...object.inputs, ...fields },
      outputs: { ...object.outputs, ...fields },
    });
  }

  private get(type: string, id: string): CloudObject {
    const object = this.find(type, id);
    if (!object) throw new Error(`${type} ${id} does not exist`);
    return object;
  }

  private put(type: string, id: string, name: string, inputs: Properties): CloudObject {
    const known = this.type(type);
    const before = this.find(type, id)?.outputs;
    const object = {
      id,
      type,
      name,
      inputs,
      outputs: { ...inputs, ...known.outputs?.(inputs, id), ...(before && known.updated?.(before)) },
    };
    this.living.set(key(type, id), object);
    return object;
  }

  private demand(operation: "create" | "update" | "delete", type: string, inputs: Properties): void {
    for (const need of this.type(type).needs ?? []) {
      if (!need.on.includes(operation) || need.applies?.(inputs) === false) continue;
      if (!this.objects().some((each) => need.met(each.type, each.inputs))) throw new Error(need.otherwise);
    }
  }
}

function key(type: string, id: string): string {
  return `${type} ${id}`;
}

function mentions(value: unknown, name: string): boolean {
  if (typeof value === "string") return value.split(",").includes(name);
  return typeof value === "object" && value !== null && Object.values(value).some((each) => mentions(each, name));
}
