import type { Kind } from "../../../engine/inventory";
import type { Rule } from "../../../engine/rule";
import { wrongValue } from "../../../facts/causes";
import { guarded, type Warn, type Warnings } from "../../../istiod/refuse";
import { warnDestinationRule } from "../../../istiod/warnings/destination-rule";
import { warnEnvoyFilter } from "../../../istiod/warnings/envoy-filter";
import { warnGateway } from "../../../istiod/warnings/gateway";
import { warnRequestAuthentication } from "../../../istiod/warnings/request-authentication";
import { warnSelector } from "../../../istiod/warnings/selector";
import { warnServiceEntry } from "../../../istiod/warnings/service-entry";
import { warnSidecar } from "../../../istiod/warnings/sidecar";
import { warnTelemetry } from "../../../istiod/warnings/telemetry";
import { warnVirtualService } from "../../../istiod/warnings/virtual-service";
import { warnWorkloadEntry } from "../../../istiod/warnings/workload-entry";

/** istiod's webhook takes what is applied, and has nothing to say about it. */
export const warned: Rule = {
  id: "IST-WARNED",
  severity: "advisory",
  title: "istiod's webhook has no warning about Istio's objects",
  why: "Some of the object does nothing, or something else than it says; the warning is shown where hardly anybody looks.",
  fix: "Write what the reference of the kind advises.",
  codes: ["IST0133"],
  docs: "https://istio.io/latest/docs/reference/config/analysis/ist0133/",

  judge: (inventory, check) => {
    const warn: Warn = (at, message, fix) => {
      check.violation(at, { message, fix, ...wrongValue(at), follows: true });
    };
    for (const [kind, all] of Object.entries(warningsOf) as [Kind, readonly Warnings[]][])
      check.each(inventory.objects(kind), (object) => {
        if (object.isPatch) return;
        for (const warnings of all) guarded(check, () => warnings(object, warn, check));
      });
  },
};

const warningsOf: Readonly<Partial<Record<Kind, readonly Warnings[]>>> = {
  AuthorizationPolicy: [warnSelector],
  DestinationRule: [warnSelector, warnDestinationRule],
  EnvoyFilter: [warnSelector, warnEnvoyFilter],
  Gateway: [warnGateway],
  PeerAuthentication: [warnSelector],
  ProxyConfig: [warnSelector],
  RequestAuthentication: [warnSelector, warnRequestAuthentication],
  ServiceEntry: [warnSelector, warnServiceEntry],
  Sidecar: [warnSelector, warnSidecar],
  Telemetry: [warnSelector, warnTelemetry],
  TrafficExtension: [warnSelector],
  VirtualService: [warnVirtualService],
  WasmPlugin: [warnSelector],
  WorkloadEntry: [warnWorkloadEntry],
};
