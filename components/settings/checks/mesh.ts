import { istioSupport } from "../../versions";
import { reservedNamespaces, rootNamespace } from "../reserved-namespaces";
import { quantity } from "../quantity";
import type { SectionName } from "../schema";
import { seconds } from "../scalars";
import type { MeshSettings } from "../mesh";
import { closest } from "../suggestions";
import type { Check, Draft, Report } from "./check";

/** Istio's version against the cluster's, and mutual TLS overrides that Istio would ignore or refuse. */
export const checkMesh: Check = (draft, report) => {
  const { mesh, cluster, guessed } = draft;
  if (!mesh) return;
  const minor = mesh.version.split(".").slice(0, 2).join(".");
  const supported = istioSupport[minor];
  if (!supported) report("mesh", ["version"], `is not an Istio this project supports (${Object.keys(istioSupport).join(", ")})`, `Write a version of ${Object.keys(istioSupport)[0]}.`);
  else if (cluster && !guessed("cluster", ["version"]) && !supported.includes(cluster.version)) {
    report("mesh", ["version"], `does not support Kubernetes ${cluster.version}: Istio ${minor} runs on ${supported.join(", ")}`, `Use an Istio that does: ${istiosFor(cluster.version).join(", ") || "none yet"}.`);
  }

  if (mesh.revision === "default") report("mesh", ["revision"], "is the name Istio keeps for a control plane without a revision: its webhooks would look for the other one", 'Leave it out, or write another, e.g. "stable".');
  checkOverrides(draft, mesh, report);
  checkPods("mesh", ["istiod"], mesh.istiod, report);
  checkRequests("mesh", ["proxy", "resources"], mesh.proxy.resources, report);
};

function checkOverrides({ apps, namespaces, gateway, appsLeftOut, guessed }: Draft, mesh: MeshSettings, report: Report): void {
  const known = apps && namespaces && gateway && !appsLeftOut ? [...Object.values(apps).map(({ namespace }) => namespace), ...Object.keys(namespaces), rootNamespace, gateway.namespace] : undefined;
  const wholeNamespace = new Map<string, string>();
  for (const [name, override] of Object.entries(mesh.mtls.overrides)) {
    const path = ["mtls", "overrides", name];
    if (known && !known.includes(override.namespace) && !guessed("namespaces", [override.namespace])) {
      const near = closest(override.namespace, known.slice(0, -2));
      report("mesh", [...path, "namespace"], "is no namespace of this stack", near ? `Did you mean "${near}"?` : `If it exists outside of the stack, say so: namespaces: {${override.namespace}: {create: false}}.`);
    }
    if (!override.mode && !override.ports) report("mesh", path, "changes nothing: it has neither mode nor ports", 'Set "mode" or "ports".');
    if (guessed("mesh", [...path, "selector"])) continue;
    if (override.ports && !override.selector) report("mesh", [...path, "ports"], "needs a selector: Istio reads port modes only from a policy for one workload", 'Add "selector" with the labels of its pods.');
    if (override.selector && Object.keys(override.selector).length === 0) report("mesh", [...path, "selector"], "has no labels", "Name at least one label.");
    if (override.namespace === rootNamespace && !override.selector) report("mesh", [...path, "namespace"], "is the root namespace, where a policy holds for the whole mesh", "Change mesh.mtls.mode instead.");
    if (override.selector && name === "default") report("mesh", path, 'is named "default", which Istio keeps for policies of a whole namespace', "Rename it.");
    if (!override.selector) {
      const other = wholeNamespace.get(override.namespace);
      if (other) report("mesh", path, `and "${other}" are both for the whole of namespace ${override.namespace}, and Istio follows the older one only`, "Remove one of them.");
      wholeNamespace.set(override.namespace, name);
    }
  }
}

/** The gateway's place, its replicas and its timing. */
export const checkGateway: Check = ({ gateway, network, mesh, guessed }, report) => {
  if (!gateway) return;
  if (reservedNamespaces.includes(gateway.namespace)) report("gateway", ["namespace"], "belongs to Kubernetes or Istio's control plane", 'Use one of its own, e.g. "istio-ingress".');
  if (gateway.name === "istiod" || gateway.name === "istio-base") report("gateway", ["name"], "is the name of another Helm release", 'Use another, e.g. "istio-ingress".');
  const drain = seconds(gateway.drain);
  if (drain > 3600 || !Number.isInteger(drain)) report("gateway", ["drain"], "must be whole seconds and at most 1h, the longest that a target group waits", 'Write whole seconds, e.g. "60s".');
  if (network?.existing && gateway.scheme === "internet-facing" && network.existing.publicSubnetIds.length < 2) {
    report("network", ["existing", "publicSubnetIds"], "must have two subnets or more, as an internet-facing load balancer stands in them", "List them, or set gateway.scheme to internal.");
  }
  if (gateway.ipAddressType === "dualstack" && gateway.scheme === "internal" && network && !network.existing && !guessed("network", ["existing"])) {
    report("gateway", ["ipAddressType"], "needs IPv6 ranges, and the private subnets that an internal load balancer stands in have none", "Write ipv4, or set gateway.scheme to internet-facing.");
  }
  checkPods("gateway", [], gateway, report);
  if (mesh?.mtls.overrides) {
    for (const [name, { namespace, selector }] of Object.entries(mesh.mtls.overrides)) {
      if (namespace === gateway.namespace && !selector && !guessed("mesh", ["mtls", "overrides", name, "selector"])) report("mesh", ["mtls", "overrides", name, "namespace"], "is the gateway's, which has no callers inside the mesh", "Name the namespace of the applications.");
    }
  }
};

/** Replicas that make sense, and limits that are not below requests. */
export function checkPods(
  section: SectionName,
  path: readonly PropertyKey[],
  pods: { readonly replicas: { readonly min: number; readonly max: number }; readonly resources: Resources },
  report: Report,
): void {
  if (pods.replicas.min > pods.replicas.max) report(section, [...path, "replicas", "min"], `must not be larger than max, ${pods.replicas.max}`, "Lower min or raise max.");
  checkRequests(section, [...path, "resources"], pods.resources, report);
}

interface Resources {
  readonly requests: { readonly cpu: string; readonly memory: string };
  readonly limits: { readonly cpu?: string; readonly memory: string };
}

function checkRequests(section: SectionName, path: readonly PropertyKey[], { requests, limits }: Resources, report: Report): void {
  for (const key of ["cpu", "memory"] as const) {
    const limit = limits[key];
    if (limit !== undefined && quantity(limit) < quantity(requests[key])) {
      report(section, [...path, "limits", key], `must not be smaller than the request, ${requests[key]}: Kubernetes refuses the pod`, `Write ${requests[key]} or more.`);
    }
  }
}

function istiosFor(kubernetes: string): string[] {
  return Object.keys(istioSupport).filter((minor) => istioSupport[minor]?.includes(kubernetes));
}
