import type { Kind } from "../../inventory";
import type { Check, Rule } from "../../rule";
import { refuseDestinationRule } from "./refusals/destination-rule";
import { refuseEnvoyFilter } from "./refusals/envoy-filter";
import { refuseGateway } from "./refusals/gateway";
import type { Refusals } from "./refusals/refuse";
import { refuseServiceEntry } from "./refusals/service-entry";
import { refuseSidecar } from "./refusals/sidecar";
import { refuseTargetRefs } from "./refusals/target-refs";
import { refuseVirtualService } from "./refusals/virtual-service";

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
    for (const [kind, refusals] of Object.entries(refusalsOf) as [Kind, Refusals][])
      check.each(inventory.objects(kind), (object) => {
        refusals(object, refuseBy(check), check);
      });
  },
};

const refusalsOf: Readonly<Partial<Record<Kind, Refusals>>> = {
  AuthorizationPolicy: refuseTargetRefs,
  DestinationRule: refuseDestinationRule,
  EnvoyFilter: (filter, ...rest) => {
    refuseTargetRefs(filter, ...rest);
    refuseEnvoyFilter(filter, ...rest);
  },
  Gateway: refuseGateway,
  RequestAuthentication: refuseTargetRefs,
  ServiceEntry: refuseServiceEntry,
  Sidecar: refuseSidecar,
  Telemetry: refuseTargetRefs,
  VirtualService: refuseVirtualService,
  WasmPlugin: refuseTargetRefs,
};

function refuseBy(check: Check) {
  return (at: Parameters<Check["violation"]>[0], what: string, fix: string): void => {
    check.violation(at, { message: `${what}: istiod refuses it.`, fix });
  };
}
