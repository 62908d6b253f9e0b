import type { Kind } from "../engine/inventory";
import type { KubernetesObject } from "../engine/resource";
import type { Violation } from "../engine/rule";
import type { Value } from "../engine/value";
import { labelText } from "./istio/objects";

/** What one mistake is called by every rule that sees it: what they say of one cause is told as one finding. */
type Cause = Pick<Violation, "cause">;

/** An object that several others refer to isn't there. */
export function missing(kind: Kind, { namespace, name }: { readonly namespace: string; readonly name: string }): Cause {
  return { cause: `${kind} ${namespace}/${name} is missing` };
}

/** An object has no such port. */
export function missingPort(labels: readonly string[], port: number | string): Cause {
  return { cause: `${labels.join(" ")} has no port ${port}` };
}

/** No pods of a namespace carry some labels. */
export function withoutPods(namespace: string, labels: Readonly<Record<string, string>>): Cause {
  return { cause: `no pods in ${namespace} carry ${labelText(labels)}` };
}

/** Several objects are in each other's way. */
export function conflict(what: string, labels: Iterable<string>): Cause {
  return { cause: `${what}: ${[...new Set(labels)].sort().join(", ")}` };
}

/** Something is wrong with a value, whatever comes of it. */
export function wrongValue(value: Value): Cause {
  return { cause: `${value.resource.type} ${value.resource.label} ${value.path}` };
}

/** A namespace doesn't say whether its pods get a sidecar, so they get none. */
export function unlabelled(namespace: KubernetesObject): Cause {
  return { cause: `${namespace.label} has no injection label` };
}

/** A load balancer that is for the VPC only. */
export function internalBalancer(label: string): Cause {
  return { cause: `the load balancer of ${label} is internal` };
}
