import type { Inventory } from "../../../engine/inventory";
import type { Check, Rule } from "../../../engine/rule";
import type { Value } from "../../../engine/value";
import { didYouMean } from "../../../schemas/mistakes";
import { istiodReleases } from "../../../facts/istio/gateway-chart";
import { controlPlanes, hasControlPlane } from "../../../facts/istio/control-planes";
import { meshConfig } from "../../../facts/istio/mesh";
import { listed } from "../../../facts/istio/objects";
import { providers } from "../../../facts/istio/providers";

/** Logs, traces and metrics go somewhere. */
export const telemetryProvider: Rule = {
  id: "IST-TELEMETRY-PROVIDER",
  severity: "advisory",
  title: "a Telemetry names providers, and the mesh's configuration defines them",
  why: "Without a provider of its own or the mesh's, or with one that nobody defines, nothing is logged, traced or counted.",
  fix: "Add providers: [{name: envoy}], and define others in the mesh's extensionProviders.",
  codes: ["IST0157"],
  docs: "https://istio.io/latest/docs/tasks/observability/logs/access-log/",

  judge: (inventory, check) => {
    check.each(inventory.objects("Telemetry"), (telemetry) => {
      check.each(telemetry.get("spec", "accessLogging").list(), (logging) => {
        judgeLogging(logging, inventory, check);
      });
      for (const kind of ["accessLogging", "tracing", "metrics"])
        check.each(telemetry.get("spec", kind).list(), (setting) => {
          if (setting.get("disabled").boolean() === true) return;
          const names = setting.get("providers").list();
          check.each(names, (provider) => {
            judgeName(provider.get("name"), kind, inventory, check);
          });
        });
    });
    const planes = hasControlPlane(inventory) ? controlPlanes(inventory) : [];
    // One whose chart is unknown may be it.
    if (planes.length === 0) check.each(istiodReleases(inventory), (release) => release.get("chart").text());
    check.each(planes, ({ config }) => {
      for (const kind of ["accessLogging", "tracing", "metrics"])
        check.each(config.get("defaultProviders", kind).list(), (name) => {
          judgeName(name, kind, inventory, check);
        });
    });
  },
};

function judgeLogging(logging: Value, inventory: Inventory, check: Check): void {
  if (logging.get("disabled").boolean() === true || logging.get("providers").list().length > 0) return;
  if (hasDefault(inventory)) return;
  check.violation(logging, {
    message: "logs access without a provider, and the mesh has no default one: nothing is logged.",
    fix: "Add providers: [{name: envoy}], or defaultProviders.accessLogging to the mesh's configuration.",
  });
}

/** Where istiod is installed elsewhere, its configuration can't be seen. */
function hasDefault(inventory: Inventory): boolean {
  const config = meshConfig(inventory);
  if (!config) return true;
  return config.get("defaultProviders", "accessLogging").list().length > 0 || config.get("accessLogFile").exists;
}

function judgeName(at: Value, kind: string, inventory: Inventory, check: Check): void {
  const name = at.text();
  const all = providers(inventory);
  if (name === undefined || !all || all.includes(name)) return;
  check.violation(at, {
    message: `no provider "${name}" is defined, so nothing is ${consequences[kind] ?? "reported"}.`,
    fix: `${didYouMean(name, all)}Define it in extensionProviders of the mesh's configuration, or name one of ${listed(all)}.`,
    severity: "mandatory",
  });
}

const consequences: Readonly<Record<string, string>> = {
  accessLogging: "logged there",
  tracing: "traced",
  metrics: "counted there",
};
