import assert from "node:assert/strict";
import { ask } from "../../../../cli/ask/ask";
import type { Answer } from "../../../../cli/ask/answer";
import type { Question } from "../../../../cli/ask/question";
import { serviceHost } from "../../../../components/manifests/names";
import type { RunningPod } from "../../cluster/kubelet";
import { run } from "../../tools/tool";
import type { RealStack } from "./real-stack";

/** A route as Envoy has it. @see https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/route/v3/route_components.proto */
interface EnvoyRoute {
  readonly name?: string;
  readonly route?: {
    readonly cluster?: string;
    readonly weighted_clusters?: { readonly clusters: readonly { readonly name: string; readonly weight: number }[] };
  };
}

interface VirtualHost {
  readonly domains: readonly string[];
  readonly routes?: readonly EnvoyRoute[];
}

/** Percents by Envoy's name of where requests go. */
type Shares = Readonly<Record<string, number>>;

/**
 * Asserts that proxies share requests out as the plan says: by their own configuration, not by counting answers.
 *
 * @returns how many routes of proxies were looked at
 */
export async function assertShares(real: RealStack, questions: readonly Question[]): Promise<number> {
  const hosts = new Map<string, readonly VirtualHost[]>();
  const looked = new Set<string>();
  const different: string[] = [];
  for (const question of questions) {
    const answer = ask(real.stack, question);
    const host = hostOf(real, question, answer);
    if (host === undefined) continue;
    const pod = await real.proxyOf(question);
    const key = [pod.name, host, answer.route?.name].join(" ");
    if (looked.has(key)) continue;
    looked.add(key);
    const known = hosts.get(pod.name) ?? (await virtualHosts(pod));
    hosts.set(pod.name, known);
    const planned = plannedShares(answer);
    for (const shares of realShares(known, host, answer.route?.name))
      if (!same(planned, shares))
        different.push(`${key}: ${JSON.stringify(planned)}, Envoy: ${JSON.stringify(shares)}`);
  }
  assert.deepEqual(different, []);
  return looked.size;
}

/**
 * The name under which the proxy has the route that a question takes; undefined where it takes none to an application, or
 * one that has no name to find it by.
 */
function hostOf({ stack }: RealStack, { asker, url }: Question, { route, backends }: Answer): string | undefined {
  if (route === undefined || backends.length === 0) return undefined;
  if (route.key !== undefined && route.name === undefined) return undefined;
  if (asker.kind === "internet") return url.hostname;
  const app = stack.apps.get(route.app)?.app;
  return app && serviceHost(app.service, app.namespace);
}

async function virtualHosts({ host }: RunningPod): Promise<readonly VirtualHost[]> {
  const path = "config_dump?resource=dynamic_route_configs";
  const dump = await run("ip", ["netns", "exec", host, "pilot-agent", "request", "GET", path], "/");
  const { configs = [] } = JSON.parse(dump) as {
    readonly configs?: readonly { readonly route_config: { readonly virtual_hosts?: readonly VirtualHost[] } }[];
  };
  return configs.flatMap(({ route_config: { virtual_hosts: all = [] } }) => all);
}

function plannedShares({ backends }: Answer): Shares {
  return Object.fromEntries(
    backends.map(({ host, port, version = "", weight }) => [`outbound|${port}|${version}|${host}`, weight]),
  );
}

/** Those of a route by its name, once for each of its matches; without a name it is the last one. */
function realShares(hosts: readonly VirtualHost[], host: string, name: string | undefined): readonly Shares[] {
  const found = hosts
    .filter(({ domains }) => domains.includes(host))
    .flatMap(({ routes = [] }) => (name === undefined ? routes.slice(-1) : routes.filter((each) => each.name === name)))
    .map(({ route }): Shares => {
      if (route?.weighted_clusters)
        return Object.fromEntries(route.weighted_clusters.clusters.map((each) => [each.name, each.weight]));
      return { [route?.cluster ?? "nowhere"]: 100 };
    });
  return found.length === 0 ? [{}] : found;
}

function same(one: Shares, other: Shares): boolean {
  const entries = Object.entries(one);
  return entries.length === Object.keys(other).length && entries.every(([name, share]) => other[name] === share);
}
