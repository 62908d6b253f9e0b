import type { AppInput } from "../app";
import { seconds } from "../scalars";
import { eachRepeated, type Report } from "./check";
import { checkPods } from "./mesh";

/** The user that Istio's sidecar runs as; traffic of that user is not redirected. @see https://istio.io/latest/docs/ops/deployment/application-requirements/ */
const sidecarUser = 1337;

/** A Deployment's name is part of its pods' names and of a label, which has at most 63 characters. */
const deploymentNameLimit = 63 - "-1a2b3c4d5e-12345".length;

/** The optional workload of one application. */
export function checkWorkload(name: string, app: AppInput, report: Report): void {
  const { workload } = app;
  const versions = Object.entries(app.versions);
  if (!workload) {
    for (const [version, { image, env }] of versions) {
      if (image || env) report("apps", [name, "versions", version, image ? "image" : "env"], "has no effect without workload: this stack runs no pods of it", 'Add "workload", {} at the least, or remove it.');
    }
    return;
  }
  const path = [name, "workload"];
  if (versions.length === 0 && !workload.image) report("apps", [...path, "image"], "is required where no versions name one", "Set the image to run.");
  for (const [version, { image, labels }] of versions) {
    if (!image && !workload.image) report("apps", [name, "versions", version, "image"], "is required, as workload names none", "Set the image to run.");
    if (labels) report("apps", [name, "versions", version, "labels"], "has no effect beside workload, whose pods are labelled version: NAME", 'Remove "labels".');
  }
  for (const version of versions.length > 0 ? versions.map(([key]) => key) : ["v1"]) {
    const deployment = `${name}-${version}`;
    if (deployment.length > deploymentNameLimit) report("apps", [name], `gives a Deployment a name of ${deployment.length} characters (${deployment}); at most ${deploymentNameLimit} leave room for its pods' names`, "Shorten the application's or the version's name.");
  }
  if (workload.runAsUser === sidecarUser) report("apps", [...path, "runAsUser"], "is the sidecar's user: the application's traffic would go around the mesh", "Use another, e.g. 1000.");
  if (!workload.inject && workload.proxy) report("apps", [...path, "proxy"], "has no effect: inject is false", 'Remove "proxy" or "inject".');
  eachRepeated(workload.emptyDirs, (index) => report("apps", [...path, "emptyDirs", index], "is listed twice", "Remove one of them."));
  for (const probe of ["readiness", "liveness"] as const) {
    for (const key of ["period", "timeout"] as const) {
      const value = workload[probe]?.[key];
      if (value !== undefined && (!Number.isInteger(seconds(value)) || seconds(value) < 1)) report("apps", [...path, probe, key], "must be whole seconds, as the kubelet counts them", 'Write whole seconds, e.g. "5s".');
    }
  }
  checkPods("apps", path, workload, report);
}
