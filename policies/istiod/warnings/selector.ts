import { guarded, type Warnings } from "../refuse";

/** What an object is for: an empty selector takes all. */
export const warnSelector: Warnings = (object, warn, check) => {
  for (const key of ["selector", "workloadSelector"])
    guarded(check, () => {
      const selector = object.get("spec", key);
      if (!selector.exists) return;
      if (["matchLabels", "labels"].some((labels) => selector.get(labels).entries().length > 0)) return;
      warn(
        selector,
        `has an empty ${key}, which takes every workload, not some.`,
        `Write the labels of the pods that it is for, or take ${key} out.`,
      );
    });
};
