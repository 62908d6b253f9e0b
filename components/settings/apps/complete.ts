import { hostnameOf } from "../domain/hosts";
import type { AppInput, AppSettings } from "./schema";

/** Fills in the names that an application leaves out: its service has its own name, its host is under the first domain. */
export function completeApps(apps: Readonly<Record<string, AppInput>>, firstDomain: string): readonly AppSettings[] {
  return Object.entries(apps).map(([name, { host, domain = firstDomain, ...app }]) => ({
    ...app,
    name,
    service: app.service ?? name,
    hosts: host === undefined ? [] : [{ hostname: hostnameOf(host, domain), gateway: "default" }],
  }));
}
