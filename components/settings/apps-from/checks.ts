import type { AppInput } from "../apps/schema";
import { roleAnnotation } from "../apps/aws-checks";
import { callOf } from "../apps/calls";
import { mirrorsOf, targetsOf } from "../apps/destinations";
import { hostEntries } from "../apps/hosts";
import type { Check, Draft } from "../check";
import { hostnameOf } from "../domain/hosts";
import { entryOf } from "./schema";

/** Applications in files of their own claim no more than their entry of `appsFrom` gives them. */
export const checkAppsFrom: Check = (draft, report) => {
  const { appsFrom: entries, apps = {}, filedApps } = draft;
  if (!entries) return;
  for (const { name, from } of filedApps) {
    const [entry, app] = [entries[from], apps[name]];
    if (!entry || !app) continue;
    const { path: file, aws, ...limits } = entryOf(entry);
    for (const key of ["namespaces", "hosts", "external"] as const) {
      const given = limits[key];
      if (!given) continue;
      for (const { path, what } of claims[key](app, given, draft))
        report(
          "apps",
          [name, ...path],
          `is ${what} appsFrom[${from}] doesn't give to this file`,
          `Use ${anyOf(given)}, or add it to appsFrom[${from}].${key} in the stack file.`,
        );
    }
    if (app.aws && !aws)
      report(
        "apps",
        [name, "aws"],
        `gives rights in AWS, which appsFrom[${from}] doesn't let this file do: who may change the file could take any`,
        `Write the application in the stack file, or {path: ${file}, aws: true} as appsFrom[${from}].`,
      );
    if (app.workload && !aws && Object.hasOwn(app.workload.serviceAccount.annotations, roleAnnotation))
      report(
        "apps",
        [name, "workload", "serviceAccount", "annotations", roleAnnotation],
        `names a role in AWS, which appsFrom[${from}] doesn't let this file do`,
        `Remove it, or write {path: ${file}, aws: true} as appsFrom[${from}].`,
      );
  }
};

/** Something that an application takes and its file isn't given. */
interface Claim {
  /** Where it stands in the application's entry. */
  readonly path: readonly PropertyKey[];
  /** Reads before who doesn't give it: `shop, a namespace that`. */
  readonly what: string;
}

type Claims = (app: AppInput, given: readonly string[], draft: Draft) => readonly Claim[];

const claims: Readonly<Record<"namespaces" | "hosts" | "external", Claims>> = {
  namespaces: (app, given) =>
    namespacesOf(app).flatMap(({ namespace, path }) =>
      given.includes(namespace) ? [] : [{ path, what: `${namespace}, a namespace that` }],
    ),
  hosts: (app, given, { domain }) => {
    if (!domain) return [];
    const allowed = new Set(given.flatMap((host) => [host, hostnameOf(host, domain.name)]));
    return hostEntries(app.hosts ? { hosts: app.hosts } : app).flatMap(({ host, domain: own, path }) => {
      const hostname = hostnameOf(host, own ?? domain.name);
      return allowed.has(hostname) ? [] : [{ path, what: `${hostname}, which` }];
    });
  },
  external: ({ calls = [] }, given) =>
    calls.flatMap((call, index) => {
      const { external } = callOf(call);
      return external === undefined || given.includes(external)
        ? []
        : [{ path: ["calls", index], what: `external.${external}, which` }];
    }),
};

/** The namespaces that an application is in, and that its routes lead to: what they lead to is public with it. */
function namespacesOf({ namespace, routes }: AppInput) {
  const ofRoutes = routes.flatMap(({ to, mirror, delegate }, index) => {
    const destinations = [
      ...targetsOf(to).map(({ destination: each, path }) => ({ each, path })),
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

function anyOf(names: readonly string[]): string {
  if (names.length === 0) return "none";
  return names.length === 1 ? (names[0] ?? "") : `one of ${names.join(", ")}`;
}
