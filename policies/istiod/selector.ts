import { eachOf, guarded, type Refusals } from "./refuse";

/** What an object is for: workloads by their labels, or what targetRefs names. */
export const refuseSelector: Refusals = (object, refuse, check) => {
  const spec = object.get("spec");
  guarded(check, () => {
    const isSelected = ["selector", "workloadSelector"].some((key) => spec.get(key).exists);
    const given = [isSelected, spec.get("targetRef").exists, spec.get("targetRefs").list().length > 0];
    if (given.filter(Boolean).length > 1)
      refuse(spec, "says in two ways what it is for (selector, targetRef, targetRefs)", "Keep one of them.");
  });
  for (const [selector, labels] of [
    ["selector", "matchLabels"],
    ["workloadSelector", "matchLabels"],
    ["workloadSelector", "labels"],
  ] as const)
    eachOf(check, spec.get(selector, labels), ([key, value]) => {
      const text = value.text() ?? "";
      if (key.includes("*") || text.includes("*"))
        refuse(
          value,
          `selects workloads by "${key}: ${text}"`,
          "Write the whole label, or take it out for all workloads.",
        );
    });
};
