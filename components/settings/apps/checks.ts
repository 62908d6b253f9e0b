import type { AppInput } from "./schema";
import type { Check, Draft, Report } from "../check";
import { checkAccess } from "./access-checks";
import { checkAws, checkAwsAccounts } from "./aws-checks";
import { checkCalls } from "./call-checks";
import { checkLetIn } from "./let-in-checks";
import { reservedNamespaces } from "../namespaces/reserved-namespaces";
import { checkHosts } from "./host-checks";
import { checkRateLimits } from "../rate-limits/checks";
import { checkRoutes } from "./route-checks";
import { sharesOf } from "./shares";
import { checkSharedAccounts, checkSharedPods } from "./sharing-checks";
import { checkWorkload, checkWorkloadNames } from "./workload-checks";

/** Hosts, namespaces and services of all applications together, then each by itself. */
export const checkApps: Check = (draft, report) => {
  const apps = Object.entries(draft.apps ?? {});
  checkHosts(draft, apps, report);
  checkServices(apps, report);
  checkWorkloadNames(apps, report);
  checkCalls(draft, apps, report);
  checkSharedPods(draft, apps, report);
  checkSharedAccounts(draft, apps, report);
  checkAwsAccounts(draft, apps, report);
  const { settledGateways = [], settledEgressGateways = [] } = draft;
  const ofGateways = [...settledGateways, ...settledEgressGateways].map(({ namespace }) => namespace);
  for (const [name, app] of apps) {
    checkNamespace(ofGateways, name, app, report);
    checkVersions(name, app, report);
    checkTraffic(draft, name, app, report);
    checkRoutes(name, app, draft, report);
    checkWorkload(draft, name, app, report);
    checkAccess(draft, name, app, report);
    checkLetIn(draft, name, app, report);
    checkAws(draft, name, app, report);
    checkRateLimits(draft, name, app, report);
  }
};

function checkServices(apps: readonly (readonly [string, AppInput])[], report: Report): void {
  const taken = new Map<string, string>();
  for (const [name, app] of apps) {
    if (!app.service && /^\d/.test(name))
      report(
        "apps",
        [name],
        "begins with a digit, and its service has the same name, which must begin with a letter",
        'Rename it, or set "service".',
      );
    const service = `${app.namespace}/${app.service ?? name}`;
    const other = taken.get(service);
    if (other)
      report(
        "apps",
        [name, "service"],
        `is the service of "${other}", too (${service}): the rules of both would be for one host`,
        "Make one application of the two.",
      );
    else taken.set(service, name);
  }
}

function checkNamespace(ofGateways: readonly string[], name: string, app: AppInput, report: Report): void {
  if (reservedNamespaces.includes(app.namespace))
    report(
      "apps",
      [name, "namespace"],
      "is a namespace of Kubernetes or Istio, or the one that everything without a namespace lands in",
      `Use one of its own, e.g. "${name}".`,
    );
  if (ofGateways.includes(app.namespace))
    report(
      "apps",
      [name, "namespace"],
      "is a gateway's namespace: who may change an application in it may change how all requests come in",
      `Use one of its own, e.g. "${name}".`,
    );
}

function checkVersions(name: string, app: AppInput, report: Report): void {
  const versions = Object.entries(app.versions);
  if (versions.length === 0) return;
  const weights = sharesOf(versions.map(([, { weight }]) => weight));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  if (sum !== 100)
    report(
      "apps",
      [name, "versions"],
      `must have weights that add up to 100, and theirs are ${weights.join(" + ")} = ${sum}`,
      "Change the weights.",
    );
  for (const [version, { labels }] of versions) {
    if (labels && Object.keys(labels).length === 0)
      report(
        "apps",
        [name, "versions", version, "labels"],
        "must have a label, or the subset is every pod",
        'Remove "labels" for the default, version: NAME.',
      );
  }
}

/** Failover needs to know which pods fail, wherever the two are written. */
function checkTraffic({ guessed }: Draft, name: string, app: AppInput, report: Report): void {
  const whole = app.outlierDetection ?? guessed("apps", [name, "outlierDetection"]);
  const policies = [
    { policy: app, path: [name] },
    ...Object.entries(app.versions).map(([version, policy]) => ({ policy, path: [name, "versions", version] })),
    ...(app.portLevelSettings ?? []).map((policy, index) => ({ policy, path: [name, "portLevelSettings", index] })),
  ];
  for (const { policy, path } of policies) {
    const locality = policy.loadBalancer?.localityLbSetting;
    if (!locality || locality.enabled === false || policy.outlierDetection || whole) continue;
    if (guessed("apps", [...path, "outlierDetection"])) continue;
    report(
      "apps",
      [...path, "loadBalancer", "localityLbSetting"],
      "has no effect without outlierDetection: Istio must know which pods fail before it fails over",
      'Add "outlierDetection", e.g. {consecutive5xxErrors: 5}.',
    );
  }
}
