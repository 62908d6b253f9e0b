import { warned } from "../../../../../../policies/rules/istio/configuration/warned";
import { cases } from "../../../../cases";
import { breaks, keeps } from "./drafts";

const tag = { region: { operation: "UPSERT", value: "node.metadata.REGION" } };

export default cases(warned, {
  breaks: {
    "several tracings": breaks(
      "Telemetry",
      { tracing: [{ randomSamplingPercentage: 1 }, { randomSamplingPercentage: 2 }] },
      "has 2 entries under tracing, of which Istio supports one: where they differ, the last one counts. Make them one.",
    ),
    "several providers of traces": breaks(
      "Telemetry",
      { tracing: [{ providers: [{ name: "zipkin" }, { name: "otel" }] }] },
      "traces with 2 providers, of which Istio supports one: it takes the first. Keep one.",
    ),
    "a tag without a name": breaks(
      "Telemetry",
      { metrics: [{ overrides: [{ tagOverrides: { ...tag, "": { operation: "REMOVE" } } }] }] },
      "overrides a tag without a name. Write the tag's name.",
    ),
  },
  keeps: {
    "one of each": keeps("Telemetry", {
      tracing: [{ providers: [{ name: "otel" }], randomSamplingPercentage: 1 }],
      accessLogging: [{ providers: [{ name: "envoy" }, { name: "otel" }] }],
      metrics: [{ overrides: [{ tagOverrides: tag }] }],
    }),
  },
});
