import type { Inventory } from "../../../engine/inventory";
import type { Rule } from "../../../engine/rule";
import { meshConfig } from "../../../facts/istio/mesh";

/** Access logs go somewhere. */
export const telemetryProvider: Rule = {
  id: "IST-TELEMETRY-PROVIDER",
  severity: "advisory",
  title: "a Telemetry that logs access names a provider",
  why: "Without a provider of its own or the mesh's, the setting logs nothing.",
  fix: "Add providers: [{name: envoy}].",
  codes: ["IST0157"],
  docs: "https://istio.io/latest/docs/tasks/observability/logs/access-log/",

  judge: (inventory, check) =>
    check.each(inventory.objects("Telemetry"), (telemetry) => {
      check.each(telemetry.get("spec", "accessLogging").list(), (logging) => {
        if (logging.get("disabled").boolean() === true || logging.get("providers").list().length > 0) return;
        if (hasDefault(inventory)) return;
        check.violation(logging, {
          message: "logs access without a provider, and the mesh has no default one: nothing is logged.",
          fix: "Add providers: [{name: envoy}], or defaultProviders.accessLogging to the mesh's configuration.",
        });
      });
    }),
};

/** Where istiod is installed elsewhere, its configuration can't be seen. */
function hasDefault(inventory: Inventory): boolean {
  const config = meshConfig(inventory);
  if (!config) return true;
  return config.get("defaultProviders", "accessLogging").list().length > 0 || config.get("accessLogFile").exists;
}
