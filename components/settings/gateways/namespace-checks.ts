import type { Check } from "../check";
import { eachRepeated } from "../repeated";
import { gatewaysOf } from "./names";

/** The namespaces that a gateway takes hosts from: each once, and those of its applications among them. */
export const checkGatewayNamespaces: Check = ({ apps, domain, settledGateways, guessed }, report) => {
  for (const { key, namespaces } of settledGateways ?? []) {
    eachRepeated(namespaces ?? [], (index) => {
      report("gateways", [key, "namespaces", index], "stands in the list already", "Remove one of them.");
    });
  }
  if (!apps || !domain || !settledGateways || guessed("domain", [])) return;
  for (const [name, app] of Object.entries(apps)) {
    const used = gatewaysOf(app, domain, settledGateways);
    for (const { key, namespaces } of settledGateways) {
      if (!used.has(key) || !namespaces || namespaces.includes(app.namespace)) continue;
      if (guessed("gateways", [key, "namespaces"]) || guessed("apps", [name, "namespace"])) continue;
      report(
        "apps",
        [name, "namespace"],
        `is not among gateways.${key}.namespaces (${namespaces.join(", ")}), which its hosts are on: they would answer 404`,
        `Add it there, or move the application into one of these.`,
      );
    }
  }
};
