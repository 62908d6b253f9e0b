import type { Check } from "../check";
import { closest } from "../reading/suggestions";

/** Namespaces to create that neither an application nor a manifest uses are typos. */
export const checkNamespaces: Check = ({ namespaces, apps, appsLeftOut, ownManifests, cluster, guessed }, report) => {
  if (!namespaces || !apps) return;
  const ofManifests = ownManifests?.objects.flatMap(({ object }) => object.metadata.namespace ?? []) ?? [];
  const ofApps = Object.values(apps).map(({ namespace }) => namespace);
  const used = [...new Set([...ofApps, ...ofManifests])];
  const isUnknown = appsLeftOut || ownManifests === undefined || ownManifests.problems.length > 0;
  for (const [name, { create, labels, injection, podSecurity, networkPolicies }] of Object.entries(namespaces)) {
    if (create && !used.includes(name) && !isUnknown) {
      const near = closest(name, used);
      report(
        "namespaces",
        [name],
        "is no application's namespace",
        near ? `Did you mean "${near}"?` : "Remove it, or name it in an application.",
      );
    }
    if (!create && (Object.keys(labels).length > 0 || !injection))
      report(
        "namespaces",
        [name, "create"],
        "is false, which leaves the namespace as its owner made it, and yet labels or injection is set",
        'Remove "labels" and "injection", or "create".',
      );
    if (!create && podSecurity !== undefined)
      report(
        "namespaces",
        [name, "podSecurity"],
        "is of a namespace that is left as its owner made it (create: false)",
        'Remove it, or "create".',
      );
    else if (injection && (podSecurity === "baseline" || podSecurity === "restricted"))
      report(
        "namespaces",
        [name, "podSecurity"],
        "would refuse every pod with a sidecar: its istio-init asks for NET_ADMIN, which this standard forbids",
        "Remove it, or set injection to false here.",
      );
    if (networkPolicies && cluster?.networkPolicies === false && !guessed("cluster", ["networkPolicies"]))
      report(
        "namespaces",
        [name, "networkPolicies"],
        "asks for policies that nobody enforces: cluster.networkPolicies is false",
        "Set cluster.networkPolicies to true, or remove it.",
      );
    else if (networkPolicies && !ofApps.includes(name) && (used.includes(name) || !create) && !appsLeftOut)
      report(
        "namespaces",
        [name, "networkPolicies"],
        "is of a namespace that no application of this stack is in, so that nothing would be let in",
        "Remove it, or name the namespace in an application.",
      );
    for (const label of Object.keys(labels)) {
      if (label.startsWith("pod-security.kubernetes.io/enforce") && podSecurity !== undefined)
        report("namespaces", [name, "labels", label], "is set by namespaces.NAME.podSecurity", "Remove one of them.");
      if (label === "istio-injection" || label === "istio.io/rev")
        report(
          "namespaces",
          [name, "labels", label],
          "is set by mesh.revision and namespaces.NAME.injection",
          "Remove it.",
        );
    }
  }
};
