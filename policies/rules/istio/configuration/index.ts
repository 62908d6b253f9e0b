import type { Rule } from "../../../engine/rule";
import { deprecated } from "./deprecated";
import { envoyFilterIgnored } from "./envoy-filter-ignored";
import { envoyFilterOrder } from "./envoy-filter-order";
import { policyIneffective } from "./policy-ineffective";
import { policyOnce } from "./policy-once";
import { policySelector } from "./policy-selector";
import { refused } from "./refused";
import { telemetryProvider } from "./telemetry-provider";
import { warned } from "./warned";

/** Rules about any object of Istio's. */
export const configurationRules: readonly Rule[] = [
  deprecated,
  envoyFilterIgnored,
  envoyFilterOrder,
  policyIneffective,
  policyOnce,
  policySelector,
  refused,
  telemetryProvider,
  warned,
];
