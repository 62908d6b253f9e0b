import { guarded, type Refusals } from "./refuse";

export const refuseTargetRefs: Refusals = (policy, refuse, check) =>
  guarded(check, () => {
    const isSelected = ["selector", "workloadSelector"].some((key) => policy.get("spec", key).exists);
    const given = [
      isSelected,
      policy.get("spec", "targetRef").exists,
      policy.get("spec", "targetRefs").list().length > 0,
    ];
    if (given.filter(Boolean).length > 1)
      refuse(policy.get("spec"), "has a selector and targetRefs", "Keep one of them.");
  });
