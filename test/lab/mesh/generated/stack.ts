import fc from "fast-check";
import { parse } from "yaml";
import { problemsOf } from "../../../stack";
import type { StackFile } from "../../charts/stacks";
import { serverHost, serverPort, servers } from "../access/servers";
import { access, jwt } from "./access";
import { headerChanges, routes, versions, type Target } from "./routes";
import { maybe, one, several } from "./words";

interface Entry {
  readonly namespace: string;
  readonly port: number;
  readonly protocol?: string;
  readonly workload: object;
  readonly versions?: Readonly<Record<string, object>>;
}

/** Of a stack file, what its pods are made of; all else is generated anew. */
interface Base {
  readonly file: StackFile;
  readonly apps: Readonly<Record<string, Entry>>;
  /** Those in the mesh that speak HTTP/1. */
  readonly inside: readonly Target[];
}

function baseOf(text: string): Base {
  const file = parse(text) as StackFile;
  const apps = file["eks-istio:apps"] as Record<string, Entry>;
  const namespaces = file["eks-istio:namespaces"] as Readonly<Record<string, { readonly injection?: boolean }>>;
  const inside = Object.entries(apps)
    .filter(([, { namespace, protocol }]) => namespaces[namespace]?.injection !== false && protocol === undefined)
    .map(([name, { namespace, versions: own = {} }]) => ({ name, namespace, versions: Object.keys(own) }));
  return { file, apps, inside };
}

const domains = ["example.com", "corp.example.org"] as const;

/** Each application's public names, on either gateway or on both. */
function hosts(name: string): fc.Arbitrary<readonly object[] | undefined> {
  const all = domains.flatMap((domain) => [name, `${name}-too`].map((host) => ({ host, domain })));
  return maybe(several(all, 1, 3), 7);
}

function app(name: string, { namespace, port, workload, ...own }: Entry, { inside }: Base): fc.Arbitrary<object> {
  const self = { name, namespace, versions: Object.keys(own.versions ?? {}) };
  const others = inside.filter((each) => each.name !== name);
  const callers = others.map((each) => each.name);
  const fixed = { namespace, port, workload };
  const routing = fc.record({
    hosts: hosts(name),
    routes: routes(self, others, callers),
    headers: maybe(headerChanges, 2),
    ...(self.versions.length > 0 && { versions: versions(self.versions) }),
  });
  if (!inside.some((each) => each.name === name)) return routing.map((routed) => ({ ...fixed, ...routed }));
  const calls = maybe(several<unknown>([...callers, ...externals.map((external) => ({ external }))], 1, 6), 3);
  return fc.record({ routing, jwt, calls }).chain(({ routing: routed, jwt: issuers, calls: called }) =>
    access(callers, issuers !== undefined).map((rules) => ({
      ...fixed,
      ...routed,
      jwt: issuers,
      access: rules,
      calls: called,
    })),
  );
}

const externals = ["bank", "post"] as const;

/** Hosts outside that a stack lists; both of them, as applications may name either in `calls`. */
const external = Object.fromEntries(
  externals.map((name) => [
    name,
    { hosts: [serverHost(name)], port: serverPort, protocol: "http", addresses: [servers[name]] },
  ]),
);

/**
 * Stack files that a running mesh can take one after another: its pods stay as they are, and who may call whom, routes,
 * weights, hosts, tokens and what is called change.
 *
 * @param text the stack file that the mesh was started with
 */
export function generatedStacks(text: string): fc.Arbitrary<StackFile> {
  const base = baseOf(text);
  const apps = fc.record(
    Object.fromEntries(
      Object.entries(base.apps).map(([name, entry]) => [
        name,
        // Nobody asks one that speaks gRPC alone.
        entry.protocol === undefined ? app(name, entry, base) : fc.constant(entry),
      ]),
    ),
  );
  return fc
    .record({
      default: one("allow", "deny", "deny", "dryRun"),
      outboundTrafficPolicy: one("ALLOW_ANY", "REGISTRY_ONLY"),
      apps,
    })
    .map(({ default: byDefault, outboundTrafficPolicy, apps: all }) =>
      valid({
        ...base.file,
        "eks-istio:mesh": { access: { default: byDefault }, outboundTrafficPolicy },
        "eks-istio:external": external,
        "eks-istio:apps": JSON.parse(JSON.stringify(all)) as object,
      }),
    );
}

/** Without what the program refuses in it: what the first problem is about is taken away, until there is none. */
function valid(file: StackFile): StackFile {
  for (;;) {
    const [problem] = problemsOf(file);
    if (!problem) return file;
    remove(file, problem.key);
  }
}

/**
 * Takes away what a problem is about: a rule, a route or a call as a whole. A public name that no rule lets in goes, not the
 * rules.
 *
 * @param key as a problem has it, e.g. `eks-istio:apps.orders.routes[0].match[1]`
 */
function remove(file: StackFile, key: string): void {
  const [, name = "", list = "access", index] = /^eks-istio:apps\.([^.[]+)(?:\.(\w+)(?:\[(\d+)\])?)?/.exec(key) ?? [];
  const entry = (file["eks-istio:apps"] as Record<string, Record<string, unknown[] | undefined>>)[name];
  const place = list === "access" && index === undefined ? "hosts" : list;
  if (entry?.[place] === undefined) throw new Error(`Nothing can be taken away at ${key}.`);
  if (index !== undefined) entry[place].splice(Number(index), 1);
  if (index === undefined || entry[place].length === 0) delete entry[place];
}
