import assert from "node:assert/strict";
import { evaluate } from "../../policies/engine/evaluate";
import { Inventory } from "../../policies/engine/inventory";
import { KubernetesObject, resourceOf } from "../../policies/engine/resource";
import { schema } from "../../policies/rules/kubernetes/schema";
import { noSettings } from "../../policies/engine/settings";
import { pathText, type Path } from "../../policies/engine/value";
import { mutants, mutantText, type Mutant } from "./mutations";
import { copy, sample, today, type Loose, type Sample } from "./stack";

/** A change that is no violation where it was carried to, and why. */
interface Harmless {
  readonly rule: string;
  readonly cases: RegExp;
  /** Pulumi's names. */
  readonly resources: RegExp;
  readonly reason: string;
}

const anyCase = /./;

/** Applications whose pods, and what else stands in their namespaces, others deploy. */
const othersDeploy = /-app-(membership|checkout|catalog)-/;
const withoutGateway = /-mesh$/;

const harmless: readonly Harmless[] = [
  {
    rule: "AWS-EKS-PUBLIC-ENDPOINT",
    cases: /addresses/,
    resources: /^shop-prod$/,
    reason: "its public endpoint is closed, whatever the addresses",
  },
  {
    rule: "AWS-NODE-PUBLIC",
    cases: /subnet/,
    resources: /-network-public-/,
    reason: "no nodes are in it",
  },
  {
    rule: "AWS-DNS-SCHEME",
    cases: anyCase,
    resources: /^shop-prod-istio-ingress\/istio-ingress$/,
    reason: "the zone is given by its id: it may be private",
  },
  {
    rule: "IST-HOST-CERT",
    cases: /two labels/,
    resources: withoutGateway,
    reason: "no browser comes there",
  },
  {
    rule: "IST-HOST-CERT",
    cases: anyCase,
    resources: /^shop-prod-(app-.*-ingress|gateway-wildcard)$/,
    reason: "the host is of another domain than the stack's: IST-GATEWAY-HOST says so",
  },
  {
    rule: "IST-REDIRECT-LOOP",
    cases: /redirects everything/,
    resources: withoutGateway,
    reason: "the redirect leads out of the mesh",
  },
  {
    rule: "IST-GATEWAY-HOST",
    cases: anyCase,
    resources: withoutGateway,
    reason: "no gateway serves it",
  },
  {
    rule: "IST-MATCH-GATEWAY",
    cases: /the mesh, in one/,
    resources: withoutGateway,
    reason: "it is bound to the mesh",
  },
  {
    rule: "K8S-AUTOSCALER",
    cases: /no range/,
    resources: /-productpage-v1$/,
    reason: "its maxReplicas is higher still",
  },
  {
    rule: "K8S-SERVICE-PODS",
    cases: /two applications/,
    resources: /-bookinfo\/reviews$/,
    reason: "the label that is added is its own",
  },
  {
    rule: "IST-EXPORT-TO",
    cases: /the gateway/,
    resources: /-bookinfo\/(details|ratings|reviews)$/,
    reason: "no route of the gateway's leads there",
  },
  {
    rule: "IST-EXPORT-TO",
    cases: /own namespace/,
    resources: /-bookinfo\/(productpage|details|ratings)$/,
    reason: "no route in the mesh leads there",
  },
  {
    rule: "IST-ROUTE-PORT",
    cases: /container's port/,
    resources: /-bookinfo\/(details|ratings)$/,
    reason: "no route leads there",
  },
  ...[
    "IST-DESTINATION-HOST",
    "IST-DESTINATION-MTLS",
    "IST-ROUTE-DELEGATE",
    "IST-ROUTE-DESTINATION",
    "IST-ROUTE-PORT",
    "IST-SUBSET-PODS",
  ].map((rule) => ({
    rule,
    cases: anyCase,
    resources: othersDeploy,
    reason: "others may deploy what it needs",
  })),
];

function isExplainedBy({ rule, cases, resources }: Harmless, mutant: Mutant): boolean {
  return rule === mutant.rule && cases.test(mutant.case) && resources.test(mutant.resource);
}

describe("the rules, where a case's change is carried to every resource like the one it changes", function () {
  this.timeout(60_000);
  let all: readonly Mutant[];
  before(async () => {
    all = await mutants();
  });

  it("find each, but where it is harmless", () => {
    const missed = all.filter(({ found }) => !found);
    assert.deepEqual(
      missed.filter((mutant) => !harmless.some((one) => isExplainedBy(one, mutant))).map(mutantText),
      [],
    );
    assert.deepEqual(
      harmless.filter((one) => !missed.some((mutant) => isExplainedBy(one, mutant))),
      [],
    );
  });
});

describe("K8S-SCHEMA, over every field of the samples' Kubernetes objects", function () {
  this.timeout(60_000);
  for (const stack of ["dev", "prod"] as const) {
    it(`finds a field that there isn't, anywhere in an object of ${stack}`, async () => {
      assert.deepEqual(
        await missedIn(stack, isClosed, (value) => ({ ...(value as object), retires: 3 }), "retires"),
        [],
      );
    });

    it(`finds an object in the place of each value of ${stack}`, async () => {
      assert.deepEqual(await missedIn(stack, isLeaf, () => ({ wrong: true })), []);
    });
  }
});

/** Maps whose keys are anybody's, by the key they stand under. */
const open = new Set([
  "labels",
  "annotations",
  "matchLabels",
  "selector",
  "requests",
  "limits",
  "data",
  "nodeSelector",
]);

function isClosed(value: unknown, path: Path): boolean {
  const isFree = open.has(String(path.at(-1))) && !Object.hasOwn(Object(value) as object, "matchLabels");
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isFree;
}

function isLeaf(value: unknown): boolean {
  return ["string", "number", "boolean"].includes(typeof value);
}

/** Changes one value after the other; tells where nothing is found at its place. */
async function missedIn(
  stack: Sample,
  isChanged: (value: unknown, path: Path) => boolean,
  change: (value: unknown) => unknown,
  key?: string,
): Promise<string[]> {
  const missed: string[] = [];
  let tried = 0;
  for (const resource of await sample(stack)) {
    if (!(resourceOf(resource) instanceof KubernetesObject)) continue;
    for (const path of pathsIn(resource.properties)) {
      const properties = copy(resource.properties) as Loose;
      const holder = path.slice(0, -1).reduce((inner: Loose, step) => inner[step], properties);
      const last = path.at(-1)!;
      // Without those it is no Kubernetes object at all.
      if (path.length === 1 && (last === "apiVersion" || last === "kind")) continue;
      if (!isChanged(holder[last], path)) continue;
      holder[last] = change(holder[last]);
      tried++;
      const { findings } = evaluate(new Inventory([{ ...resource, properties }], { today }), [schema], noSettings);
      const place = pathText(key === undefined ? path : [...path, key]);
      if (!findings.some((finding) => finding.path === place)) missed.push(`${resource.name}: ${place}`);
    }
  }
  assert.ok(tried > 50);
  return missed;
}

function pathsIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const own = [...path, Array.isArray(value) ? Number(key) : key];
    return [own, ...pathsIn(inner, own)];
  });
}
