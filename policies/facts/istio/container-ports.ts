import type { Inventory } from "../../engine/inventory";
import type { KubernetesObject } from "../../engine/resource";
import type { Value } from "../../engine/value";
import { containersOf } from "../kubernetes/pods";
import { KeyIndex } from "../key-index";
import { servicesOf } from "../kubernetes/selectors";
import { isFromTemplate, type PodTemplate, type Workload } from "../kubernetes/workload";
import { namespaceOf } from "./objects";
import { portNumber } from "./registry";

/** A Service's port that is written where the port of its containers counts. */
export interface ServicePort {
  readonly workload: PodTemplate;
  readonly service: KubernetesObject;
  /** Where the Service's connections to that port arrive. */
  readonly target: number;
}

/** What is known about a port of workloads that a policy is for. */
export interface PortMeaning {
  /** Workloads for which it is a Service's port, and where that leads. */
  readonly mistaken: readonly ServicePort[];
  /** Whether any of the workloads may listen on the port itself. */
  readonly mayListen: boolean;
}

/**
 * What a policy's port means for the workloads it is for. PeerAuthentication and AuthorizationPolicy go by the port on which
 * a connection arrives in the pod, which is the containers', not the Service's.
 *
 * A container needs not declare its ports. So a port counts as no container's only where a Service in front of the pods
 * has it and leads elsewhere.
 *
 * @see https://github.com/istio/istio/blob/master/pilot/pkg/networking/core/listener_inbound.go
 */
export function portMeaning(port: number, workloads: readonly Workload[], inventory: Inventory): PortMeaning {
  const found = workloads.map((workload) => servicePort(port, workload, inventory));
  return {
    mistaken: found.flatMap((one) => one ?? []),
    mayListen: workloads.length === 0 || found.some((one) => one === undefined),
  };
}

function servicePort(port: number, workload: Workload, inventory: Inventory): ServicePort | undefined {
  // A gateway's proxy listens itself, and with PROXY protocol it goes by the load balancer's port.
  if (!isFromTemplate(workload) || workload.isGateway || hasOtherListeners(workload, inventory)) return undefined;
  const declared = containersOf(workload).flatMap((container) => container.get("ports").list());
  if (declared.some((one) => one.get("containerPort").number() === port)) return undefined;
  const targets = servicesOf(workload, inventory)
    // Clients of a headless Service reach the pods' ports themselves.
    .filter((service) => service.get("spec", "clusterIP").text() !== "None")
    .flatMap((service) =>
      service
        .get("spec", "ports")
        .list()
        .map((one) => ({ service, number: portNumber(one), target: targetOf(one, declared) })),
    );
  if (targets.some(({ target }) => target === port)) return undefined;
  const meant = targets.find(({ number }) => number === port);
  return meant?.target === undefined ? undefined : { workload, service: meant.service, target: meant.target };
}

/** The container's port behind a Service's; undefined for a name that no container has. */
function targetOf(port: Value, declared: readonly Value[]): number | undefined {
  const target = port.get("targetPort");
  const name = target.text();
  if (name === undefined) return target.number() ?? portNumber(port);
  return declared
    .find((one) => one.get("name").text() === name)
    ?.get("containerPort")
    .number();
}

/** A Sidecar or a ServiceEntry may bring other ports to the pods of its namespace. */
function hasOtherListeners({ knownNamespace }: PodTemplate, inventory: Inventory): boolean {
  return [sidecarListeners, selectingEntries].some((index) => {
    const found = inventory.once(index);
    if (found.get(knownNamespace).length > 0) return true;
    found.assertKnown();
    return false;
  });
}

function sidecarListeners(inventory: Inventory): KeyIndex<KubernetesObject> {
  return new KeyIndex(inventory.objects("Sidecar"), (sidecar) =>
    sidecar.get("spec", "ingress").list().length > 0 ? [namespaceOf(sidecar)] : [],
  );
}

function selectingEntries(inventory: Inventory): KeyIndex<KubernetesObject> {
  return new KeyIndex(inventory.objects("ServiceEntry"), (entry) =>
    entry.get("spec", "workloadSelector").exists ? [namespaceOf(entry)] : [],
  );
}
