import { milliseconds } from "../support/durations";
import type { Refusals } from "./refuse";

// What stands in an expression is for a parser of CEL to say.
export const refuseTelemetry: Refusals = (telemetry, refuse, check) => {
  check.each(telemetry.get("spec", "accessLogging").list(), (logging) => {
    const filter = logging.get("filter");
    if (filter.exists && !filter.get("expression").text()) refuse(filter, "has an empty filter", "Add expression.");
  });
  check.each(telemetry.get("spec", "metrics").list(), (metrics) => {
    const interval = metrics.get("reportingInterval");
    if (interval.text() !== undefined && milliseconds(interval) === undefined)
      refuse(interval, `reports every "${interval.text() ?? ""}"`, 'Write e.g. "10s".');
  });
};
