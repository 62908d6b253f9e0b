import type { Kind } from "../../../engine/inventory";
import type { Check, Rule } from "../../../engine/rule";
import { wrongValue } from "../../../facts/causes";
import { refuseAuthorizationPolicy } from "../../../istiod/authorization-policy";
import { refuseDestinationRule } from "../../../istiod/destination-rule";
import { refuseEnvoyFilter } from "../../../istiod/envoy-filter";
import { refuseGateway } from "../../../istiod/gateway";
import { guarded, type Refusals, type Refuse } from "../../../istiod/refuse";
import { refuseRequestAuthentication } from "../../../istiod/request-authentication";
import { refuseServiceEntry } from "../../../istiod/service-entry";
import { refuseSidecar } from "../../../istiod/sidecar";
import { refuseSelector } from "../../../istiod/selector";
import { refuseTelemetry } from "../../../istiod/telemetry";
import { refuseVirtualService } from "../../../istiod/virtual-service";
import { refuseWorkloadEntry } from "../../../istiod/workload-entry";

/** istiod's webhook takes what is applied, where the schema of its kind can't say. */
export const refused: Rule = {
  id: "IST-REFUSED",
  severity: "mandatory",
  title: "istiod's webhook takes Istio's objects",
  why: "The object is refused when it is applied, and the deployment stops halfway.",
  fix: "Write what the reference of the kind allows.",
  codes: ["IST0106"],
  docs: "https://istio.io/latest/docs/reference/config/analysis/ist0106/",

  judge: (inventory, check) => {
    const refuse = refuseBy(check);
    for (const [kind, all] of Object.entries(refusalsOf) as [Kind, readonly Refusals[]][])
      check.each(inventory.objects(kind), (object) => {
        if (object.isPatch) return;
        for (const refusals of all) guarded(check, () => refusals(object, refuse, check));
      });
  },
};

const refusalsOf: Readonly<Partial<Record<Kind, readonly Refusals[]>>> = {
  AuthorizationPolicy: [refuseSelector, refuseAuthorizationPolicy],
  DestinationRule: [refuseSelector, refuseDestinationRule],
  EnvoyFilter: [refuseSelector, refuseEnvoyFilter],
  Gateway: [refuseGateway],
  PeerAuthentication: [refuseSelector],
  RequestAuthentication: [refuseSelector, refuseRequestAuthentication],
  ServiceEntry: [refuseSelector, refuseServiceEntry],
  Sidecar: [refuseSelector, refuseSidecar],
  Telemetry: [refuseSelector, refuseTelemetry],
  TrafficExtension: [refuseSelector],
  VirtualService: [refuseVirtualService],
  WasmPlugin: [refuseSelector],
  WorkloadEntry: [refuseWorkloadEntry],
};

function refuseBy(check: Check): Refuse {
  return (at, what, fix) => {
    const [gap] = placeholder.exec(what) ?? [];
    check.violation(at, {
      ...wrongValue(at),
      message: `${what}: istiod refuses it.`,
      fix: gap === undefined ? fix : `Fill in ${gap} first, and check what is applied then.`,
    });
  };
}

/** What something else is to fill in: a shell or Kustomize, Go's templates or Helm's. As it is applied, it stays wrong. */
const placeholder = /\$\{[\w.-]+\}|\$\([\w.-]+\)|\{\{[^}]*\}\}/;
