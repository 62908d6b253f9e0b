import type { AppInput } from "../apps/schema";
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
    const { namespaces, hosts, aws } = entryOf(entry);
    if (namespaces && !namespaces.includes(app.namespace))
      report(
        "apps",
        [name, "namespace"],
        `is a namespace that appsFrom[${from}] doesn't give to this file`,
        `Use ${anyOf(namespaces)}, or add it to appsFrom[${from}].namespaces in the stack file.`,
      );
    if (app.aws && !aws)
      report(
        "apps",
        [name, "aws"],
        `gives rights in AWS, which appsFrom[${from}] doesn't let this file do: who may change the file could take any`,
        `Write the application in the stack file, or {path: ${entryOf(entry).path}, aws: true} as appsFrom[${from}].`,
      );
    if (hosts) checkHosts(draft, name, app, hosts, from, report);
  }
};

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

function anyOf(names: readonly string[]): string {
  return names.length === 1 ? (names[0] ?? "") : `one of ${names.join(", ")}`;
}
