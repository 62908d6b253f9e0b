import { istioSupport } from "../../versions";
import { rootNamespace } from "../namespaces/reserved-namespaces";
import { checkChartFolder } from "./chart-folder";
import { checkPorts } from "./port-checks";
import type { MeshSettings } from "./schema";
import { closest } from "../reading/suggestions";
import type { Check, Draft, Report } from "../check";
import { checkPods, checkRequests } from "../pods-checks";

/** Istio's version against the cluster's, and mutual TLS overrides that Istio would ignore or refuse. */
export const checkMesh: Check = (draft, report) => {
  const { mesh, cluster, guessed } = draft;
  if (!mesh) return;
  const minor = mesh.version.split(".").slice(0, 2).join(".");
  const supported = istioSupport[minor];
  if (!supported)
    report(
      "mesh",
      ["version"],
      `is not an Istio this project supports (${Object.keys(istioSupport).join(", ")})`,
      `Write a version of ${Object.keys(istioSupport)[0]}.`,
    );
  else if (cluster && !guessed("cluster", ["version"]) && !supported.includes(cluster.version)) {
    report(
      "mesh",
      ["version"],
      `does not support Kubernetes ${cluster.version}: Istio ${minor} runs on ${supported.join(", ")}`,
      `Use an Istio that does: ${istiosFor(cluster.version).join(", ") || "none yet"}.`,
    );
  }

  if (mesh.revision === "default")
    report(
      "mesh",
      ["revision"],
      "is what Istio calls a control plane without a revision: its webhooks would call that one, which isn't there",
      'Leave it out, or write another, e.g. "stable".',
    );
  if (!guessed("mesh", ["version"]) && !guessed("mesh", ["repository"])) checkChartFolder(mesh, report);
  checkOverrides(draft, mesh, report);
  checkPods("mesh", ["istiod"], mesh.istiod, report);
  checkRequests("mesh", ["proxy", "resources"], mesh.proxy.resources, report);
};

function checkOverrides(draft: Draft, mesh: MeshSettings, report: Report): void {
  const { apps, namespaces, settledGateways: gateways, settledEgressGateways = [], appsLeftOut, guessed } = draft;
  const own = [...Object.values(apps ?? {}).map(({ namespace }) => namespace), ...Object.keys(namespaces ?? {})];
  const known =
    apps && namespaces && gateways && !appsLeftOut
      ? [...own, rootNamespace, ...[...gateways, ...settledEgressGateways].map(({ namespace }) => namespace)]
      : undefined;
  const wholeNamespace = new Map<string, string>();
  for (const [name, override] of Object.entries(mesh.mtls.overrides)) {
    const path = ["mtls", "overrides", name];
    if (known && !known.includes(override.namespace) && !guessed("namespaces", [override.namespace])) {
      const near = closest(override.namespace, own);
      report(
        "mesh",
        [...path, "namespace"],
        "is no namespace of this stack",
        near
          ? `Did you mean "${near}"?`
          : `If it exists outside of the stack, say so: namespaces: {${override.namespace}: {create: false}}.`,
      );
    }
    if (!override.mode && !override.ports)
      report("mesh", path, "changes nothing: it has neither mode nor ports", 'Set "mode" or "ports".');
    if (guessed("mesh", [...path, "selector"])) continue;
    if (override.selector) checkPorts(draft, path, override, report);
    if (override.ports && !override.selector)
      report(
        "mesh",
        [...path, "ports"],
        "needs a selector: Istio reads port modes only from a policy for one workload",
        'Add "selector" with the labels of its pods.',
      );
    if (override.selector && Object.keys(override.selector).length === 0)
      report("mesh", [...path, "selector"], "has no labels", "Name at least one label.");
    if (override.namespace === rootNamespace && !override.selector)
      report(
        "mesh",
        [...path, "namespace"],
        "is the root namespace, where a policy holds for the whole mesh",
        "Change mesh.mtls.mode instead.",
      );
    if (override.selector && name === "default")
      report("mesh", path, 'is named "default", which Istio keeps for policies of a whole namespace', "Rename it.");
    if (!override.selector) {
      const other = wholeNamespace.get(override.namespace);
      if (other)
        report(
          "mesh",
          path,
          `and "${other}" are both for the whole of namespace ${override.namespace}, and Istio follows the older one only`,
          "Remove one of them.",
        );
      wholeNamespace.set(override.namespace, name);
    }
  }
}

function istiosFor(kubernetes: string): string[] {
  return Object.keys(istioSupport).filter((minor) => istioSupport[minor]?.includes(kubernetes));
}
