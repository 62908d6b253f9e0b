import type { AppInput } from "./schema";
import { seconds } from "../scalars";
import { onlyVersion } from "./workload";
import type { Draft, Report } from "../check";
import { eachRepeated } from "../repeated";
import { checkPods } from "../pods-checks";

/** The user that Istio's sidecar runs as; traffic of that user is not redirected. @see https://istio.io/latest/docs/ops/deployment/application-requirements/ */
const sidecarUser = 1337;

/** A Deployment's name is part of its pods' names and of a label, which has at most 63 characters. */
const deploymentNameLimit = 63 - "-1a2b3c4d5e-12345".length;

/** Names that two applications would both give: of Deployments, and of ServiceAccounts in one namespace. */
export function checkWorkloadNames(apps: readonly (readonly [string, AppInput])[], report: Report): void {
  const taken = new Map<string, string>();
  for (const [name, app] of apps) {
    if (!app.workload) continue;
    const account = app.workload.serviceAccount.name ?? name;
    claim(
      `ServiceAccount ${app.namespace}/${account}`,
      name,
      [name, "workload", "serviceAccount", "name"],
      "Give it a name of its own.",
    );
    for (const version of versionsOf(app))
      claim(`Deployment ${name}-${version}`, name, [name, "versions"], "Rename the application or the version.");
  }

  function claim(object: string, name: string, path: readonly PropertyKey[], fix: string): void {
    const other = taken.get(object);
    if (other !== undefined && other !== name) report("apps", path, `makes the ${object}, and so does "${other}"`, fix);
    taken.set(object, name);
  }
}

function versionsOf({ versions }: AppInput): readonly string[] {
  const names = Object.keys(versions);
  return names.length > 0 ? names : [onlyVersion];
}

/** The optional workload of one application. */
export function checkWorkload({ guessed }: Draft, name: string, app: AppInput, report: Report): void {
  const { workload } = app;
  const versions = Object.entries(app.versions);
  if (!workload) {
    if (guessed("apps", [name, "workload"])) return;
    for (const [version, { image, env }] of versions) {
      if (image || env)
        report(
          "apps",
          [name, "versions", version, image ? "image" : "env"],
          "has no effect without workload: this stack runs no pods of it",
          'Add "workload", {} at the least, or remove it.',
        );
    }
    return;
  }
  const path = [name, "workload"];
  if (versions.length === 0 && !workload.image)
    report("apps", [...path, "image"], "is required where no versions name one", "Set the image to run.");
  for (const [version, { image, labels }] of versions) {
    if (!image && !workload.image && !guessed("apps", [...path, "image"]))
      report(
        "apps",
        [name, "versions", version, "image"],
        "is required, as workload names none",
        "Set the image to run.",
      );
    if (labels)
      report(
        "apps",
        [name, "versions", version, "labels"],
        "has no effect beside workload, whose pods are labelled version: NAME",
        'Remove "labels".',
      );
  }
  for (const version of versionsOf(app)) {
    const deployment = `${name}-${version}`;
    if (deployment.length > deploymentNameLimit)
      report(
        "apps",
        [name],
        `gives a Deployment a name of ${deployment.length} characters (${deployment}); at most ${deploymentNameLimit} leave room for its pods' names`,
        "Shorten the application's or the version's name.",
      );
  }
  if ((workload.serviceAccount.name ?? name) === "default")
    report(
      "apps",
      [...path, "serviceAccount", "name"],
      'must not be "default": every namespace has that account already, for all pods without one of their own',
      `Set another, e.g. "${name === "default" ? app.namespace : name}".`,
    );
  if (workload.runAsUser === sidecarUser)
    report(
      "apps",
      [...path, "runAsUser"],
      "is the sidecar's user: the application's traffic would go around the mesh",
      "Use another, e.g. 1000.",
    );
  if (!workload.inject && workload.proxy)
    report("apps", [...path, "proxy"], "has no effect: inject is false", 'Remove "proxy" or "inject".');
  eachRepeated(
    workload.emptyDirs,
    (index) => report("apps", [...path, "emptyDirs", index], "is listed twice", "Remove one of them."),
    (index) => guessed("apps", [...path, "emptyDirs", index]),
  );
  for (const probe of ["readiness", "liveness"] as const) {
    for (const key of ["period", "timeout"] as const) {
      const value = workload[probe]?.[key];
      if (value !== undefined && (!Number.isInteger(seconds(value)) || seconds(value) < 1))
        report(
          "apps",
          [...path, probe, key],
          "must be whole seconds, as the kubelet counts them",
          'Write whole seconds, e.g. "5s".',
        );
    }
  }
  checkPods("apps", path, workload, report);
}
