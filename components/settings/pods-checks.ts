import { quantity } from "./quantity";
import type { SectionName } from "./schema";
import type { Report } from "./check";

/** Replicas that make sense, and limits that are not below requests. */
export function checkPods(
  section: SectionName,
  path: readonly PropertyKey[],
  pods: { readonly replicas: { readonly min: number; readonly max: number }; readonly resources: Resources },
  report: Report,
): void {
  if (pods.replicas.min > pods.replicas.max)
    report(
      section,
      [...path, "replicas", "min"],
      `must not be larger than max, ${pods.replicas.max}`,
      "Lower min or raise max.",
    );
  checkRequests(section, [...path, "resources"], pods.resources, report);
}

interface Resources {
  readonly requests: { readonly cpu: string; readonly memory: string };
  readonly limits: { readonly cpu?: string; readonly memory: string };
}

export function checkRequests(
  section: SectionName,
  path: readonly PropertyKey[],
  { requests, limits }: Resources,
  report: Report,
): void {
  for (const key of ["cpu", "memory"] as const) {
    const limit = limits[key];
    if (limit !== undefined && quantity(limit) < quantity(requests[key])) {
      report(
        section,
        [...path, "limits", key],
        `must not be smaller than the request, ${requests[key]}: Kubernetes refuses the pod`,
        `Write ${requests[key]} or more.`,
      );
    }
  }
}
