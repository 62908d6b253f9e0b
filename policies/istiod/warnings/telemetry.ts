import { eachIn, guarded, type Warnings } from "../refuse";

export const warnTelemetry: Warnings = (telemetry, warn, check) => {
  const tracing = telemetry.get("spec", "tracing");
  guarded(check, () => {
    const count = tracing.list().length;
    if (count > 1)
      warn(
        tracing,
        `has ${count} entries under tracing, of which Istio supports one: where they differ, the last one counts.`,
        "Make them one.",
      );
  });
  eachIn(check, tracing, (entry) => {
    const count = entry.get("providers").list().length;
    if (count > 1)
      warn(
        entry.get("providers"),
        `traces with ${count} providers, of which Istio supports one: it takes the first.`,
        "Keep one.",
      );
  });
  eachIn(check, telemetry.get("spec", "metrics"), (metrics) => {
    eachIn(check, metrics.get("overrides"), (override) => {
      const tags = override.get("tagOverrides");
      if (tags.entries().some(([name]) => name === ""))
        warn(tags, "overrides a tag without a name.", "Write the tag's name.");
    });
  });
};
