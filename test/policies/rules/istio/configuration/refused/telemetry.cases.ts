import { refused } from "../../../../../../policies/rules/istio/configuration/refused";
import { cases } from "../../../../cases";
import { breaks, keeps } from "./drafts";

export default cases(refused, {
  breaks: {
    "reports at no time": breaks(
      "Telemetry",
      { metrics: [{ reportingInterval: "10" }] },
      'reports every "10"',
      'Write e.g. "10s".',
    ),
    "an empty filter of access logs": breaks(
      "Telemetry",
      { accessLogging: [{ filter: {} }] },
      "has an empty filter",
      "Add expression.",
    ),
  },
  keeps: {
    "telemetry of all kinds": keeps("Telemetry", {
      accessLogging: [{ providers: [{ name: "envoy" }], filter: { expression: "response.code > 400" } }],
      tracing: [{ randomSamplingPercentage: 10, customTags: { team: { literal: { value: "shop" } } } }],
      metrics: [{ providers: [{ name: "prometheus" }], reportingInterval: "10s" }],
    }),
  },
});
