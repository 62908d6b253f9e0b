import { hostnameOf } from "../domain/hosts";
import type { DomainSettings } from "../domain/schema";
import { hostEntries } from "./hosts";
import type { AppInput, AppPods, AppSettings } from "./schema";

/**
 * Fills in the names that an application leaves out: its service has its own name, a host without a domain is under the
 * first one, and each host is on its domain's gateway.
 *
 * @param ofAws externals that those with rights in AWS call, whether or not they list them
 */
export function completeApps(
  apps: Readonly<Record<string, AppInput>>,
  first: DomainSettings & { readonly additional: readonly DomainSettings[] },
  ofAws: readonly string[] = [],
): readonly AppSettings[] {
  const gatewayOf = (domain: string) =>
    [first, ...first.additional].find(({ name }) => name === domain)?.gateway ?? first.gateway;
  return Object.entries(apps).map(([name, { host, domain, hosts, selector, serviceAccount, ...app }]) => ({
    ...app,
    ...(app.aws && app.calls && { calls: [...app.calls, ...ofAws.map((external) => ({ external }))] }),
    name,
    service: app.service ?? name,
    pods: podsOf(name, { ...app, selector, serviceAccount }),
    hosts: hostEntries({ host, domain, hosts }).map(({ host: label, domain: own = first.name }) => ({
      hostname: hostnameOf(label, own),
      gateway: gatewayOf(own),
    })),
  }));
}

/** The pods of an application: of its workload, or as those who deploy it usually label them. */
export function podsOf(
  name: string,
  {
    workload,
    service = name,
    selector,
    serviceAccount,
  }: Pick<AppInput, "workload" | "service" | "selector" | "serviceAccount">,
): AppPods {
  return workload
    ? { labels: { app: name }, serviceAccount: workload.serviceAccount.name ?? name }
    : { labels: selector ?? { app: service }, serviceAccount: serviceAccount ?? name };
}
