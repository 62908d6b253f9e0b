import type { AppInput } from "../apps/schema";
import { roleAnnotation } from "../apps/aws-checks";
import { callOf } from "../apps/calls";
import { mirrorsOf } from "../apps/destinations";
import { hostEntries } from "../apps/hosts";
import type { Check, Draft, Report } from "../check";
import { hostnameOf } from "../domain/hosts";
import { entryOf } from "./schema";

/** Applications in files of their own claim no more than their entry of `appsFrom` gives them. */
export const checkAppsFrom: Check = (draft, report) => {
  const { appsFrom: entries, apps = {}, filedApps } = draft;
  if (!entries) return;
  for (const { name, from } of filedApps) {
    const [entry, app] = [entries[from], apps[name]];
    if (!entry || !app) continue;
    const { namespaces, hosts, external, aws } = entryOf(entry);
    if (namespaces)
      for (const { namespace, path } of claimedNamespaces(app))
        if (!namespaces.includes(namespace))
          report(
            "apps",
            [name, ...path],
            `is ${namespace}, a namespace that appsFrom[${from}] doesn't give to this file`,
            `Use ${anyOf(namespaces)}, or add it to appsFrom[${from}].namespaces in the stack file.`,
          );
    if (app.aws && !aws)
      report(
        "apps",
        [name, "aws"],
        `gives rights in AWS, which appsFrom[${from}] doesn't let this file do: who may change the file could take any`,
        `Write the application in the stack file, or {path: ${entryOf(entry).path}, aws: true} as appsFrom[${from}].`,
      );
    if (app.workload && !aws && Object.hasOwn(app.workload.serviceAccount.annotations, roleAnnotation))
      report(
        "apps",
        [name, "workload", "serviceAccount", "annotations", roleAnnotation],
        `names a role in AWS, which appsFrom[${from}] doesn't let this file do`,
        `Remove it, or write {path: ${entryOf(entry).path}, aws: true} as appsFrom[${from}].`,
      );
    if (hosts) checkHosts(draft, name, app, hosts, from, report);
    if (external) checkExternal(name, app, external, from, report);
  }
};

interface Claim {
  readonly namespace: string;
  /** Where it stands in the application's entry. */
  readonly path: readonly PropertyKey[];
}

/** The namespaces that an application is in, and that its routes lead to: what they lead to is public with it. */
function claimedNamespaces({ namespace, routes }: AppInput): readonly Claim[] {
  const ofRoutes = routes.flatMap(({ to, mirror, delegate }, index) => {
    const destinations = [
      ...(typeof to === "object" ? (Array.isArray(to) ? to : [to]) : []).map((each, nth) => ({
        each,
        path: Array.isArray(to) ? ["to", nth] : ["to"],
      })),
      ...mirrorsOf(mirror).map(({ mirror: each, path }) => ({ each, path })),
      ...(delegate ? [{ each: delegate, path: ["delegate"] }] : []),
    ];
    return destinations.flatMap(({ each, path }) =>
      each.namespace === undefined
        ? []
        : [{ namespace: each.namespace, path: ["routes", index, ...path, "namespace"] }],
    );
  });
  return [{ namespace, path: ["namespace"] }, ...ofRoutes];
}

function checkHosts(
  { domain }: Draft,
  name: string,
  app: AppInput,
  given: readonly string[],
  from: number,
  report: Report,
): void {
  if (!domain) return;
  const allowed = new Set(given.flatMap((host) => [host, hostnameOf(host, domain.name)]));
  for (const { host, domain: own, path } of hostEntries(app.hosts ? { hosts: app.hosts } : app)) {
    const hostname = hostnameOf(host, own ?? domain.name);
    if (allowed.has(hostname)) continue;
    report(
      "apps",
      [name, ...path],
      `is ${hostname}, which appsFrom[${from}] doesn't give to this file`,
      `Use ${given.length === 0 ? "none" : anyOf(given)}, or add it to appsFrom[${from}].hosts in the stack file.`,
    );
  }
}

function checkExternal(name: string, { calls = [] }: AppInput, given: readonly string[], from: number, report: Report) {
  calls.forEach((call, index) => {
    const { external } = callOf(call);
    if (external === undefined || given.includes(external)) return;
    report(
      "apps",
      [name, "calls", index],
      `is external.${external}, which appsFrom[${from}] doesn't give to this file`,
      `Use ${given.length === 0 ? "none" : anyOf(given)}, or add it to appsFrom[${from}].external in the stack file.`,
    );
  });
}

function anyOf(names: readonly string[]): string {
  return names.length === 1 ? (names[0] ?? "") : `one of ${names.join(", ")}`;
}
