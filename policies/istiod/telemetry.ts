import { milliseconds } from "../facts/istio/durations";
import { eachIn, type Refusals } from "./refuse";

// What stands in an expression is for a parser of CEL to say.
export const refuseTelemetry: Refusals = (telemetry, refuse, check) => {
  eachIn(check, telemetry.get("spec", "accessLogging"), (logging) => {
    const filter = logging.get("filter");
    if (filter.exists && !filter.get("expression").text()) refuse(filter, "has an empty filter", "Add expression.");
  });
  eachIn(check, telemetry.get("spec", "metrics"), (metrics) => {
    const interval = metrics.get("reportingInterval");
    if (interval.text() !== undefined && milliseconds(interval) === undefined)
      refuse(interval, `reports every "${interval.text() ?? ""}"`, 'Write e.g. "10s".');
  });
};
