import assert from "node:assert/strict";
import fc from "fast-check";
import { ask } from "../../../../cli/ask/ask";
import { questionOf } from "../../../../cli/ask/question";
import { askedStack } from "../../../../cli/ask/stack";
import { accessTable, type AccessCell, type AccessWay } from "../../../../cli/plan/access/table";
import { problemsOf, settingsOf } from "../../../stack";

const own = { namespace: "shop", port: 8080 };
const jwt = [{ issuer: "https://id.example.org", audiences: ["shop"], jwksUri: "https://id.example.org/keys" }];
const noRule = { decision: "closed", by: "apps.checkout.access", reason: "no rule lets it in" };

function tableOf(apps: object, sections: object = {}) {
  const keys: [string, unknown][] = Object.entries({ apps, ...sections }).map(([name, section]) => [
    `eks-istio:${name}`,
    section,
  ]);
  return accessTable(askedStack(settingsOf(Object.fromEntries(keys))));
}

/** The column of an application with these rules, between a caller, `web`, and a public neighbour. */
function columnOf(app: object, sections: object = {}) {
  return tableOf({ web: { ...own, host: "web" }, checkout: { ...own, ...app } }, sections).find(
    (column) => column.app === "checkout",
  );
}

describe("who may call whom", () => {
  it("is said of nobody where the stack file says nothing of access", () => {
    assert.deepEqual(tableOf({ web: { ...own, host: "web" }, checkout: own }), []);
  });

  it("has a column for an application with rules alone, while the mesh is open", () => {
    assert.deepEqual(
      tableOf({ web: own, checkout: { ...own, access: [{ from: [{ app: "web" }] }] } }).map(({ app }) => app),
      ["checkout"],
    );
  });

  it("has one for each application where the mesh is closed", () => {
    assert.deepEqual(tableOf({ web: own, checkout: own }, { mesh: { access: { default: "deny" } } }), [
      {
        app: "web",
        callers: [],
        others: {
          decision: "closed",
          by: "mesh.access.default",
          reason: "the application has no rule, and the mesh is closed by default",
        },
      },
      {
        app: "checkout",
        callers: [],
        others: {
          decision: "closed",
          by: "mesh.access.default",
          reason: "the application has no rule, and the mesh is closed by default",
        },
      },
    ]);
  });

  it("says which rule lets a caller in, and that it lets in no other", () => {
    assert.deepEqual(columnOf({ access: [{ from: [{ app: "web" }] }] }), {
      app: "checkout",
      callers: [{ caller: "web", decision: "open", by: "apps.checkout.access[0]" }],
      others: noRule,
    });
  });

  it("says what a request must have", () => {
    const access = [
      { from: [{ app: "web" }], methods: ["POST"], paths: ["/pay"], claims: { scope: ["pay"] } },
      { from: [{ namespace: "jobs" }], token: false, when: [{ key: "request.headers[x-team]", values: ["a"] }] },
    ];
    assert.deepEqual(columnOf({ access, jwt })?.callers, [
      {
        caller: "web",
        decision: "conditional",
        ways: [
          {
            rule: "apps.checkout.access[0]",
            conditions: {
              methods: ["POST"],
              paths: ["/pay"],
              token: true,
              when: [{ key: "request.auth.claims[scope]", values: ["pay"] }],
            },
          },
        ],
      },
      {
        caller: "namespace jobs",
        decision: "conditional",
        ways: [
          {
            rule: "apps.checkout.access[1]",
            conditions: { when: [{ key: "request.headers[x-team]", values: ["a"] }] },
          },
        ],
      },
    ]);
  });

  it("names the jwt itself where nothing else asks for a token", () => {
    assert.deepEqual(columnOf({ jwt })?.others, {
      decision: "conditional",
      except: [{ rule: "apps.checkout.jwt", conditions: { token: false } }],
    });
  });

  it("says what is refused, and what an authorizer is asked", () => {
    const providers = { opa: { envoyExtAuthzGrpc: { service: "opa.opa.svc.cluster.local", port: 9191 } } };
    const access = [
      { action: "DENY", methods: ["DELETE"] },
      { action: "CUSTOM", provider: "opa", paths: ["/api/*"] },
    ];
    assert.deepEqual(columnOf({ access }, { mesh: { providers } })?.others, {
      decision: "conditional",
      except: [{ rule: "apps.checkout.access[0]", conditions: { methods: ["DELETE"] } }],
      asked: [{ provider: "opa", rule: "apps.checkout.access[1]", conditions: { paths: ["/api/*"] } }],
    });
  });

  it("finds callers by a pattern, and by a condition of Istio's own", () => {
    const byPattern = columnOf({ access: [{ from: [{ principal: "*/sa/web" }] }] });
    assert.deepEqual(byPattern?.callers, [
      { caller: "web", decision: "open", by: "apps.checkout.access[0]" },
      { caller: "principal */sa/web", decision: "open", by: "apps.checkout.access[0]" },
    ]);
    const when = [{ key: "source.serviceAccount", values: ["shop/web"] }];
    assert.deepEqual(columnOf({ access: [{ when }] })?.callers, [
      { caller: "web", decision: "open", by: "apps.checkout.access[0]" },
    ]);
  });

  it("says that no route of a gateway leads to an application that everybody may call", () => {
    assert.deepEqual(columnOf({ access: [{ methods: ["GET"] }] }), {
      app: "checkout",
      callers: [{ caller: "gateway default", decision: "closed", reason: "no route of this gateway leads to it" }],
      others: {
        decision: "conditional",
        ways: [{ rule: "apps.checkout.access[0]", conditions: { methods: ["GET"] } }],
      },
    });
  });

  it("lets in what comes through a gateway by another application's route", () => {
    const apps = {
      web: { ...own, host: "web", routes: [{ match: [{ uri: { prefix: "/pay" } }], to: { service: "checkout" } }] },
      checkout: { ...own, access: [{ from: [{ gateway: "default" }] }] },
    };
    assert.deepEqual(tableOf(apps)[0]?.callers, [
      { caller: "gateway default", decision: "open", by: "apps.checkout.access[0]" },
    ]);
  });

  it("counts in a dry run", () => {
    assert.deepEqual(
      columnOf({ access: [{ from: [{ app: "web" }] }] }, { mesh: { access: { default: "dryRun" } } })?.others,
      { ...noRule, counted: true },
    );
  });

  it("says that pods without a sidecar have no rules, and reach none under STRICT", () => {
    const apps = {
      loner: { ...own, workload: { image: "registry.example.com/loner:1.0.0", inject: false } },
      checkout: { ...own, access: [{ methods: ["GET"] }] },
    };
    const mesh = { access: { default: "deny" } };
    const [loner, checkout] = tableOf(apps, { mesh });
    assert.deepEqual(loner?.others, { decision: "open", reason: "its pods have no sidecar, and so no rules" });
    assert.deepEqual(checkout?.callers.at(-1), {
      caller: "loner",
      decision: "closed",
      reason: "the caller's pods have no sidecar, and the mesh is STRICT",
    });
  });

  it("has a row for pods without a sidecar where those may call", () => {
    const column = columnOf({ access: [{ from: [{ principal: "*" }] }] }, { mesh: { mtls: { mode: "PERMISSIVE" } } });
    assert.deepEqual(column, {
      app: "checkout",
      callers: [
        { caller: "gateway default", decision: "closed", reason: "no route of this gateway leads to it" },
        { caller: "pods without a sidecar", ...noRule },
      ],
      others: { decision: "open", by: "apps.checkout.access[0]" },
    });
  });
});

/* What the table says of a caller, and what `--ask` answers to its requests. */

const address = "198.51.100.7";
const source = fc.oneof(
  fc.record({ app: fc.constantFrom("web", "cart") }),
  fc.constant({ gateway: "default" }),
  fc.constant({ namespace: "jobs" }),
  fc.record({ principal: fc.constantFrom("cluster.local/ns/batch/sa/report", "cluster.local/ns/shop/*", "*") }),
  fc.constant({ ip: `${address}/32` }),
);
const when = fc.constantFrom(
  { key: "request.headers[x-team]", values: ["a"] },
  { key: "source.namespace", notValues: ["jobs"] },
  { key: "source.principal", values: ["*/sa/web"] },
);
const some = <T>(each: fc.Arbitrary<T>) => fc.array(each, { minLength: 1, maxLength: 2 });
const accessRule = fc.record(
  {
    action: fc.constantFrom("ALLOW", "ALLOW", "DENY"),
    from: some(source),
    methods: some(fc.constantFrom("GET", "POST", "*")),
    paths: some(fc.constantFrom("/pay", "/metrics")),
    token: fc.constant(false),
    when: fc.tuple(when),
  },
  { requiredKeys: ["action"] },
);
const app = fc.record(
  { access: fc.array(accessRule, { minLength: 1, maxLength: 3 }), jwt: fc.constant(jwt) },
  { requiredKeys: [] },
);
const stack = fc.record({
  web: app,
  cart: app,
  byDefault: fc.constantFrom("allow", "deny", "dryRun"),
});
const request = fc.record({
  caller: fc.constantFrom(
    "gateway default",
    "web",
    "cart",
    "report",
    "namespace jobs",
    "principal cluster.local/ns/batch/sa/report",
    "anyone else in the mesh",
  ),
  to: fc.constantFrom("web", "cart"),
  method: fc.constantFrom("GET", "POST"),
  path: fc.constantFrom("/pay", "/metrics", "/else"),
  team: fc.constantFrom("a", "b"),
  token: fc.boolean(),
  address: fc.constantFrom(address, "203.0.113.9"),
});
type Request = typeof request extends fc.Arbitrary<infer R> ? R : never;

/** Whether a request is one of those that a way is about. */
function meets({ conditions }: AccessWay, { caller, method, path, team, token, address: from }: Request): boolean {
  const { methods, paths, addresses, when = [] } = conditions;
  return (
    (methods?.some((each) => each === "*" || each === method) ?? true) &&
    (paths?.includes(path) ?? true) &&
    (conditions.token ?? token) === token &&
    (addresses === undefined || (caller.startsWith("gateway") && from === address)) &&
    when.every(({ values }) => values?.includes(team))
  );
}

/** What a cell says of a request. */
function said({ decision, ways = [], except = [] }: AccessCell, asked: Request): string {
  if (decision !== "conditional") return decision === "open" ? "allowed" : "refused";
  if (except.some((way) => meets(way, asked))) return "refused";
  return ways.length === 0 || ways.some((way) => meets(way, asked)) ? "allowed" : "refused";
}

function answered(
  asked: ReturnType<typeof askedStack>,
  { caller, to, method, path, team, token, address: from }: Request,
) {
  const callers: Readonly<Record<string, string>> = {
    "gateway default": from,
    "anyone else in the mesh": "principal cluster.local/ns/elsewhere/sa/nobody",
  };
  const place = caller.startsWith("gateway") ? `https://${to}.example.com` : `http://${to}.shop`;
  const text = `${method} ${place}${path} from ${callers[caller] ?? caller}`;
  const { backends } = ask(asked, questionOf(text, [`x-team: ${team}`], token ? "{}" : undefined));
  return backends[0]?.access.decision;
}

describe("a cell of who may call whom", () => {
  it("agrees with what the request is answered", function () {
    this.timeout(120_000);
    let judged = 0;
    fc.assert(
      fc.property(stack, fc.array(request, { minLength: 20, maxLength: 20 }), ({ web, cart, byDefault }, requests) => {
        const keys = {
          "eks-istio:mesh": { access: { default: byDefault } },
          "eks-istio:apps": {
            web: { ...own, ...web, host: "web" },
            cart: { ...own, ...cart, host: "cart" },
            report: { namespace: "jobs", port: 8080 },
          },
        };
        fc.pre(problemsOf(keys).length === 0);
        const asked = askedStack(settingsOf(keys));
        const table = accessTable(asked);
        for (const each of requests) {
          const column = table.find(({ app: name }) => name === each.to);
          if (!column) continue;
          const cell = column.callers.find(({ caller }) => caller === each.caller) ?? column.others;
          assert.equal(said(cell, each), answered(asked, each), JSON.stringify(each));
          judged += 1;
        }
      }),
      { numRuns: Math.min(Number(process.env.PROPERTY_RUNS ?? 40), 2000) },
    );
    assert.ok(judged > 0);
  });
});
