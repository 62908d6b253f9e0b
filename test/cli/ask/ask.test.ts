import assert from "node:assert/strict";
import { ask } from "../../../cli/ask/ask";
import type { Answer } from "../../../cli/ask/answer";
import { QuestionError, questionOf } from "../../../cli/ask/question";
import { askedStack } from "../../../cli/ask/stack";
import { settingsOf } from "../../stack";

const own = { namespace: "shop", port: 8080 };
const jwt = [{ issuer: "https://id.example.org", audiences: ["shop"], jwksUri: "https://id.example.org/keys" }];

const apps = {
  web: {
    ...own,
    host: "web",
    access: [{ from: [{ gateway: "default" }] }, { action: "DENY", from: [{ ip: "198.51.100.0/24" }] }],
    routes: [
      { match: [{ uri: { exact: "/old" } }], redirect: { uri: "/new", redirectCode: 308 } },
      {
        name: "api",
        match: [{ uri: { prefix: "/api/" } }],
        rewrite: { uri: "/" },
        to: { service: "legacy" },
        timeout: "2s",
      },
    ],
  },
  checkout: {
    ...own,
    versions: { v1: { weight: 90 }, v2: { weight: 10 } },
    jwt,
    access: [
      { from: [{ app: "web" }], methods: ["POST"], claims: { scope: ["pay"] } },
      { from: [{ namespace: "jobs" }], paths: ["/metrics"], token: false },
    ],
  },
  stock: { ...own, calls: [{ external: "bank" }] },
  loner: { ...own, workload: { image: "registry.example.com/loner:1.0.0", inject: false } },
};

const bank = { hosts: ["bank.example.org"], port: 443, protocol: "tls" };

/** What a stack answers, without the question itself. */
function answer(question: string, sections: object = {}, claims?: string, headers?: readonly string[]) {
  const settings = settingsOf({
    "eks-istio:apps": apps,
    "eks-istio:external": { bank },
    ...Object.fromEntries(Object.entries(sections).map(([name, section]) => [`eks-istio:${name}`, section as unknown])),
  });
  const { question: asked, ...rest } = ask(askedStack(settings), questionOf(question, headers, claims));
  assert.equal(asked, question);
  return rest;
}

/** Where it ends, and why. */
function end({ outcome, status, notes }: Omit<Answer, "question">) {
  return [outcome, status, ...notes];
}

const gateway = { name: "default", object: "istio-ingress/wildcard", certificates: ["*.example.com", "example.com"] };
const registryOnly = { mesh: { outboundTrafficPolicy: "REGISTRY_ONLY" } };

describe("a request to a route that does more than send it on", () => {
  const asked = (route: object) =>
    answer("https://web.example.com/", { apps: { web: { ...own, host: "web", routes: [route] }, audit: own } });

  it("is answered by the proxy", () => {
    const { outcome, status, backends } = asked({ directResponse: { status: 410 } });
    assert.deepEqual([outcome, status, backends], ["response", 410, []]);
  });

  it("is answered with a fault, if all are", () => {
    assert.deepEqual(end(asked({ fault: { abort: { httpStatus: 503 } } })), [
      "response",
      503,
      "A fault on purpose answers all requests with 503.",
    ]);
  });

  it("reaches the application beside faults of some, and copies", () => {
    const route = {
      fault: { delay: { fixedDelay: "5s" }, abort: { grpcStatus: "UNAVAILABLE", percentage: 10 } },
      mirror: [{ service: "audit", percentage: 50 }],
    };
    assert.deepEqual(end(asked(route)), [
      "application",
      undefined,
      "A fault on purpose holds all requests for 5s.",
      "A fault on purpose answers 10 % of requests with the gRPC status UNAVAILABLE.",
      "Copies of 50 % of requests go to audit.shop.svc.cluster.local:8080, whose answers are dropped.",
    ]);
  });

  it("isn't known, where others' routes decide", () => {
    assert.deepEqual(end(asked({ delegate: { name: "team" } })), [
      "undecided",
      undefined,
      "The routes of VirtualService shop/team decide, which aren't the stack file's.",
    ]);
  });
});

describe("a request that is limited", () => {
  const limit = (requests: number, burst?: number) => ({
    local: { requests, per: "1s", ...(burst !== undefined && { burst }) },
  });
  const sections = {
    gateways: { default: { rateLimit: limit(1000) } },
    apps: {
      web: {
        ...own,
        host: "web",
        rateLimit: limit(100, 200),
        routes: [
          { match: [{ uri: { prefix: "/login" } }], rateLimit: limit(5) },
          { match: [{ uri: { exact: "/old" } }], redirect: { uri: "/new" } },
          { match: [{ uri: { exact: "/cash" } }], to: { service: "cash" } },
        ],
      },
      cash: { ...own, access: [{ from: [{ namespace: "bank" }] }], rateLimit: limit(1) },
    },
  };
  const gatewayNote =
    "gateways.default.rateLimit.local: each pod of the gateway lets 1000 requests in 1s through; others get 429.";
  const appNote =
    "apps.web.rateLimit.local: each pod of web lets 100 requests in 1s through, 200 at once; others get 429.";

  it("has a note for each limit on its way, with its key", () => {
    assert.deepEqual(answer("https://web.example.com/login", sections).notes, [
      gatewayNote,
      "apps.web.routes[0].rateLimit.local: each pod of the gateway lets 5 requests in 1s through; others get 429.",
      appNote,
    ]);
    assert.deepEqual(answer("https://web.example.com/", sections).notes, [gatewayNote, appNote]);
  });

  it("has none of a gateway and its routes inside of the mesh", () => {
    assert.deepEqual(answer("http://web.shop:8080/login from cash", sections).notes, [appNote]);
  });

  it("has none of an application that it doesn't reach", () => {
    for (const path of ["old", "cash"])
      assert.deepEqual(answer(`https://web.example.com/${path}`, sections).notes, [gatewayNote]);
  });

  it("is counted by a gateway where no application has its host, too", () => {
    assert.deepEqual(answer("https://nobody.example.com/", sections).notes, [
      gatewayNote,
      "No application has this host on the gateway.",
    ]);
  });
});

describe("a request to a gateway", () => {
  it("reaches an application that lets the gateway in", () => {
    assert.deepEqual(answer("https://web.example.com/basket from 203.0.113.9"), {
      gateway,
      route: { app: "web" },
      outcome: "application",
      backends: [
        {
          host: "web.shop.svc.cluster.local",
          port: 8080,
          weight: 100,
          app: "web",
          access: { decision: "allowed", reasons: [], rule: "apps.web.access[0]" },
        },
      ],
      notes: [],
    });
  });

  it("is redirected to https by the gateway, to the same path and query", () => {
    assert.deepEqual(answer("http://web.example.com/basket?a=1"), {
      gateway,
      outcome: "redirect",
      status: 301,
      location: "https://web.example.com/basket?a=1",
      backends: [],
      notes: ["The gateway redirects http to https."],
    });
  });

  it("is redirected by a route", () => {
    assert.deepEqual(answer("https://web.example.com/old?a=1"), {
      gateway,
      route: { app: "web", key: "apps.web.routes[0]" },
      outcome: "redirect",
      status: 308,
      location: "https://web.example.com/new?a=1",
      backends: [],
      notes: [],
    });
  });

  it("is refused by a DENY, whatever lets it in", () => {
    const { outcome, status, backends } = answer("https://web.example.com/ from 198.51.100.7");
    assert.deepEqual(
      { outcome, status, access: backends.map(({ access }) => access) },
      {
        outcome: "refused",
        status: 403,
        access: [{ decision: "refused", status: 403, reasons: ["a rule refuses it"], rule: "apps.web.access[1]" }],
      },
    );
  });

  it("is undecided where a rule asks for an address that the question doesn't say", () => {
    const { outcome, backends } = answer("https://web.example.com/");
    assert.deepEqual(
      [outcome, backends[0]?.access],
      [
        "undecided",
        {
          decision: "undecided",
          reasons: ["access[1] asks for an address, which the question doesn't say"],
          rule: "apps.web.access[0]",
        },
      ],
    );
  });

  it("is undecided at a Service of others, with the path that it gets and the route's timeout", () => {
    assert.deepEqual(answer("https://web.example.com/api/cart from 203.0.113.9"), {
      gateway,
      route: { app: "web", key: "apps.web.routes[1]", name: "api" },
      outcome: "undecided",
      path: "/cart",
      backends: [
        {
          host: "legacy.shop.svc.cluster.local",
          port: 8080,
          weight: 100,
          access: { decision: "undecided", reasons: ["the service is of others"] },
        },
      ],
      timeout: "2s",
      notes: [],
    });
  });

  it("is not found for a host that no application has", () => {
    assert.deepEqual(answer("https://nobody.example.com/"), {
      gateway,
      outcome: "notFound",
      status: 404,
      backends: [],
      notes: ["No application has this host on the gateway."],
    });
  });

  const nowhere: readonly (readonly [string, string, object?])[] = [
    ["https://shop.example.org/", "shop.example.org is below no domain of this stack."],
    ["https://a.web.example.com/", "No certificate covers a.web.example.com: a client gives up while it greets."],
    [
      "https://web.example.com:8443/",
      "The load balancer listens for http on port 80 and for https on 443, and nowhere else.",
    ],
    [
      "http://web.example.com:443/",
      "The load balancer listens for http on port 80 and for https on 443, and nowhere else.",
    ],
    [
      "https://web.example.com/ from 192.0.2.1",
      "gateways.default.sourceRanges doesn't let 192.0.2.1 in.",
      { gateways: { default: { sourceRanges: ["203.0.113.0/24"] } } },
    ],
    [
      "https://web.example.com/",
      "gateways.default.sourceRanges lets in 203.0.113.0/24: ask with an address, e.g. from internet 203.0.113.0.",
      { gateways: { default: { sourceRanges: ["203.0.113.0/24"] } } },
    ],
    [
      "https://web.example.com/",
      "The load balancer of default is internal: ask with an address of the network, e.g. from 10.0.0.1.",
      { gateways: { default: { scheme: "internal" } } },
    ],
  ];
  for (const [question, note, sections] of nowhere)
    it(`has no answer: ${note}`, () => {
      assert.deepEqual(end(answer(question, sections)), ["unreachable", undefined, note]);
    });
});

describe("a call inside the mesh", () => {
  const port = "The port is taken to be 8080, the Service's.";
  const taken = "The token is taken to be valid, with iss, aud, sub as the application wants them.";

  it("reaches every version that it may go to", () => {
    const backend = (version: string, weight: number) => ({
      host: "checkout.shop.svc.cluster.local",
      port: 8080,
      version,
      weight,
      app: "checkout",
      access: { decision: "allowed", reasons: [], rule: "apps.checkout.access[0]" },
    });
    assert.deepEqual(answer("POST http://checkout/pay from web", {}, '{"scope": "read pay"}'), {
      route: { app: "checkout" },
      outcome: "application",
      backends: [backend("v1", 90), backend("v2", 10)],
      notes: [port, taken],
    });
  });

  for (const name of ["checkout.shop", "checkout.shop.svc", "checkout.shop.svc.cluster.local:8080"])
    it(`finds its service by ${name}, whoever calls`, () => {
      assert.equal(answer(`http://${name}/metrics from namespace jobs`).outcome, "application");
    });

  it("says nothing of a port that it names", () => {
    assert.deepEqual(end(answer("http://checkout.shop:8080/metrics from namespace jobs")), ["application", undefined]);
  });

  const refused: readonly (readonly [string, string, number, string, string?])[] = [
    ["a caller that no rule names", "POST http://checkout.shop/pay from namespace games", 403, "no rule lets it in"],
    ["a caller without its token", "POST http://checkout.shop/pay from web", 403, "no rule lets it in"],
    ["a token without the claim", "POST http://checkout.shop/pay from web", 403, "no rule lets it in", "{}"],
    [
      "another issuer's token",
      "POST http://checkout.shop/pay from web",
      401,
      "its token's issuer is https://evil.example, which the application doesn't take",
      '{"iss": "https://evil.example"}',
    ],
    [
      "a token for another audience",
      "POST http://checkout.shop/pay from web",
      403,
      "its token is for games, not for shop",
      '{"aud": "games"}',
    ],
  ];
  for (const [what, question, status, reason, claims] of refused)
    it(`is refused for ${what}`, () => {
      const { outcome, status: told, backends } = answer(question, {}, claims);
      assert.deepEqual([outcome, told], ["refused", status]);
      assert.deepEqual(backends[0]?.access, { decision: "refused", status, reasons: [reason] });
    });

  it("is let in by a rule that wants no token, for a principal", () => {
    assert.equal(
      answer("http://checkout.shop/metrics from principal cluster.local/ns/jobs/sa/report").outcome,
      "application",
    );
  });

  it("reaches the application in a dry run, and is counted", () => {
    const { outcome, status, backends } = answer("http://checkout.shop/ from stock", {
      mesh: { access: { default: "dryRun" } },
      apps: { ...apps, stock: own },
    });
    assert.deepEqual([outcome, status], ["application", undefined]);
    assert.deepEqual(backends[0]?.access, {
      decision: "refused",
      status: 403,
      reasons: ["no rule lets it in"],
      counted: true,
    });
  });

  it("is refused where an application has no rule, and the mesh is closed", () => {
    const { backends } = answer("http://stock.shop/ from web", { mesh: { access: { default: "deny" } } });
    assert.deepEqual(backends[0]?.access, {
      decision: "refused",
      status: 403,
      reasons: ["the application has no rule, and the mesh is closed by default"],
    });
  });

  it("is let in by pods without a sidecar, which have no rules", () => {
    const { backends } = answer("http://loner.shop/ from web");
    assert.deepEqual(backends[0]?.access, {
      decision: "allowed",
      reasons: ["its pods have no sidecar, and so no rules"],
    });
  });

  it("is undecided where an authorizer is asked", () => {
    const { outcome, backends } = answer("http://stock.shop/ from web", {
      mesh: { providers: { opa: { envoyExtAuthzGrpc: { service: "opa.opa.svc.cluster.local", port: 9191 } } } },
      apps: { ...apps, stock: { ...own, access: [{ action: "CUSTOM", provider: "opa" }] } },
    });
    assert.deepEqual(
      [outcome, backends[0]?.access],
      ["undecided", { decision: "undecided", reasons: ["opa is asked"], rule: "apps.stock.access[0]" }],
    );
  });

  const ends: readonly (readonly [string, readonly unknown[], object?])[] = [
    [
      "http://checkout.shop:9090/ from web",
      ["unreachable", undefined, "checkout.shop.svc.cluster.local has no port 9090, but 8080."],
    ],
    [
      "https://checkout.shop/ from web",
      ["undecided", undefined, "It is encrypted by the application itself: no proxy reads it."],
    ],
    [
      "http://cache.shop/ from web",
      [
        "undecided",
        undefined,
        "cache.shop.svc.cluster.local is a Service of others: nothing of it stands in the stack file.",
      ],
    ],
    [
      "http://checkout.shop/ from stock",
      [
        "unreachable",
        undefined,
        "apps.stock.calls doesn't list it, so its sidecars don't know checkout.shop.svc.cluster.local and pass the connection on as it is; a mesh that is STRICT resets it.",
      ],
    ],
    [
      "http://checkout.shop/ from stock",
      [
        "unreachable",
        undefined,
        "apps.stock.calls doesn't list it, so its sidecars don't know checkout.shop.svc.cluster.local.",
      ],
      registryOnly,
    ],
    [
      "http://checkout.shop/ from stock",
      [
        "undecided",
        undefined,
        "apps.stock.calls doesn't list it, so its sidecars don't know checkout.shop.svc.cluster.local and pass the connection on as it is: without mutual TLS no rule knows the caller.",
      ],
      { mesh: { mtls: { mode: "PERMISSIVE" } } },
    ],
    [
      "http://cache.shop/ from stock",
      [
        "undecided",
        undefined,
        "cache.shop.svc.cluster.local is a Service of others: nothing of it stands in the stack file.",
      ],
    ],
    [
      "http://loner.shop/ from stock",
      [
        "application",
        undefined,
        "apps.stock.calls doesn't list it, so its sidecars don't know loner.shop.svc.cluster.local and pass the connection on as it is.",
      ],
    ],
    [
      "http://loner.shop/ from stock",
      [
        "unreachable",
        undefined,
        "apps.stock.calls doesn't list it, so its sidecars don't know loner.shop.svc.cluster.local.",
      ],
      registryOnly,
    ],
    [
      "http://loner.shop/ from hermit",
      ["application", undefined, "The caller's pods have no sidecar: no route holds for them."],
      { apps: { ...apps, hermit: apps.loner } },
    ],
    [
      "http://checkout.shop/ from loner",
      ["unreachable", undefined, "The caller's pods have no sidecar, and the mesh is STRICT: the connection is reset."],
    ],
    [
      "http://checkout.shop/ from loner",
      ["undecided", undefined, "The caller's pods have no sidecar: no route holds for them."],
      { mesh: { mtls: { mode: "PERMISSIVE" } } },
    ],
  ];
  for (const [question, expected, sections] of ends)
    it(`${question} ends so: ${String(expected.at(-1))}`, () => {
      const { outcome, status, notes } = answer(question, sections);
      assert.deepEqual([outcome, status, notes.at(-1)], expected);
    });

  it("is routed by the header that carries its token", () => {
    const routed = (condition: object) =>
      answer(
        "http://web.shop/ from stock",
        {
          apps: {
            stock: own,
            web: { ...own, routes: [{ match: [condition], redirect: { uri: "/new" } }] },
          },
        },
        '{"scope": "pay"}',
      ).outcome;
    assert.equal(routed({ headers: { authorization: { prefix: "Bearer " } } }), "redirect");
    assert.equal(routed({ withoutHeaders: { authorization: { prefix: "Bearer " } } }), "application");
  });

  it("has no token any more when rules look at its headers, unless that is passed on", () => {
    const decision = (forwardOriginalToken: boolean) =>
      answer(
        "http://web.shop/ from stock",
        {
          apps: {
            stock: own,
            web: {
              ...own,
              jwt: [{ issuer: "https://id.example.org", jwksUri: "https://id.example.org/keys", forwardOriginalToken }],
              access: [{ when: [{ key: "request.headers[authorization]", values: ["Bearer*"] }] }],
            },
          },
        },
        "{}",
      ).outcome;
    assert.deepEqual([decision(false), decision(true)], ["refused", "application"]);
  });

  it("names the pods that a connection reaches unseen by proxies", () => {
    assert.deepEqual(answer("http://loner.shop/ from stock").backends, [
      {
        host: "loner.shop.svc.cluster.local",
        port: 8080,
        weight: 100,
        app: "loner",
        access: { decision: "allowed", reasons: ["its pods have no sidecar, and so no rules"] },
      },
    ]);
  });

  const denied = {
    apps: { ...apps, checkout: { ...own, access: [{ action: "DENY", from: [{ ip: "198.51.100.0/24" }] }] } },
  };
  const claims: readonly (readonly [string, string])[] = [
    ["198.51.100.7", "refused"],
    ["198.51.100.7, 203.0.113.9", "application"],
    ["203.0.113.9,198.51.100.7", "refused"],
    ["unknown", "application"],
    ["2001:db8::1", "application"],
  ];
  for (const [address, outcome] of claims)
    it(`believes the address that a caller claims, the last one: ${address}`, () => {
      assert.equal(
        answer("http://checkout.shop/ from web", denied, undefined, [`x-forwarded-for: ${address}`]).outcome,
        outcome,
      );
    });

  it("asks for a caller that there is", () => {
    assert.throws(
      () => answer("http://checkout.shop/ from nobody"),
      (error) =>
        error instanceof QuestionError &&
        error.message ===
          "--ask: the stack has no application nobody. It has web, checkout, stock, loner; or write internet, an address, namespace NAME or principal NAME.",
    );
  });
});

/** An entry that has addresses: only for a bare connection does a sidecar go by them. */
function byAddress(protocol: string) {
  return {
    external: { bank, ledger: { hosts: ["ledger.example.org"], port: 5432, protocol, addresses: ["198.51.100.10"] } },
  };
}

describe("a call to what lies outside of the mesh", () => {
  const aws = { policies: ["arn:aws:iam::123456789012:policy/web"] };
  const ends: readonly (readonly [string, string, string, object?])[] = [
    ["https://bank.example.org/ from web", "application", "It leaves the mesh by external.bank."],
    ["https://bank.example.org/ from stock", "application", "It leaves the mesh by external.bank.", registryOnly],
    ["https://else.example.org/ from web", "application", "else.example.org is outside: the call leaves the mesh."],
    [
      "https://else.example.org/ from web",
      "unreachable",
      "else.example.org is in no entry of external, and the mesh is REGISTRY_ONLY.",
      registryOnly,
    ],
    [
      "https://bank.example.org/ from web",
      "unreachable",
      "apps.web.calls doesn't list {external: bank}, and the mesh is REGISTRY_ONLY.",
      { ...registryOnly, apps: { web: { ...own, calls: [] } } },
    ],
    [
      "https://bank.example.org/ from web",
      "application",
      "It leaves the mesh unseen: calls doesn't list {external: bank}.",
      { apps: { web: { ...own, calls: [] } } },
    ],
    [
      "http://169.254.170.23/ from web",
      "application",
      "It leaves the mesh to AWS.",
      { ...registryOnly, apps: { web: { ...own, calls: [], aws } } },
    ],
    [
      "https://s3.ap-northeast-2.amazonaws.com/ from web",
      "unreachable",
      "apps.web says what it calls and has no aws, and the mesh is REGISTRY_ONLY.",
      { ...registryOnly, apps: { web: { ...own, calls: [] }, stock: { ...own, aws } } },
    ],
    [
      "http://198.51.100.10:5432/ from web",
      "application",
      "It leaves the mesh by external.ledger.",
      { ...registryOnly, ...byAddress("tcp") },
    ],
    [
      "http://198.51.100.10:5432/ from web",
      "unreachable",
      "198.51.100.10 is in no entry of external, and the mesh is REGISTRY_ONLY.",
      { ...registryOnly, ...byAddress("http") },
    ],
  ];
  for (const [question, outcome, note, sections] of ends)
    it(`ends so: ${note}`, () => {
      assert.deepEqual(answer(question, sections), { outcome, backends: [], notes: [note] });
    });

  describe("that leaves by an egress gateway", () => {
    const api = { hosts: ["api.example.org"], port: 80, protocol: "http", via: "egress" };
    const leaving = (byDefault: string) => ({
      gateways: { egress: { type: "egress" } },
      external: { bank: { ...bank, via: "egress" }, api },
      mesh: { access: { default: byDefault } },
    });
    const through = (host: string) => ({ gateway: { name: "egress", object: `istio-egress/${host}` }, backends: [] });
    const out = "It leaves the mesh by external.bank, through the egress gateway egress.";

    for (const [caller, byDefault] of [
      ["web", "allow"],
      ["stock", "deny"],
      ["stock", "dryRun"],
    ] as const)
      it(`is let out, from ${caller} where the mesh says ${byDefault}`, () => {
        assert.deepEqual(answer(`https://bank.example.org/v1 from ${caller}`, leaving(byDefault)), {
          ...through("bank-example-org"),
          outcome: "application",
          notes: [out],
        });
      });

    it("is counted in a dry run, if its caller doesn't list it", () => {
      assert.deepEqual(answer("https://bank.example.org/ from web", leaving("dryRun")), {
        ...through("bank-example-org"),
        outcome: "application",
        notes: [out, "The caller doesn't list {external: bank} in calls: it is let out, and counted as refused."],
      });
    });

    it("is reset in a closed mesh, if its caller doesn't list it", () => {
      assert.deepEqual(answer("https://bank.example.org/ from web", leaving("deny")), {
        ...through("bank-example-org"),
        outcome: "unreachable",
        notes: [
          "The caller doesn't list {external: bank} in calls, and the mesh is closed: the egress gateway egress doesn't let it out and resets the connection.",
        ],
      });
    });

    it("is refused in a closed mesh where the gateway reads requests", () => {
      assert.deepEqual(answer("http://api.example.org/ from web", leaving("deny")), {
        ...through("api-example-org"),
        outcome: "refused",
        status: 403,
        notes: [
          "The caller doesn't list {external: api} in calls, and the mesh is closed: the egress gateway egress doesn't let it out.",
        ],
      });
    });

    it("isn't known to who lists another name that leaves by the same gateway", () => {
      assert.deepEqual(
        answer("http://api.example.org/ from stock", {
          ...leaving("allow"),
          mesh: { outboundTrafficPolicy: "REGISTRY_ONLY" },
        }),
        {
          outcome: "unreachable",
          backends: [],
          notes: ["apps.stock.calls doesn't list {external: api}, and the mesh is REGISTRY_ONLY."],
        },
      );
    });
  });

  it("comes in again by the gateway where it asks for a public name", () => {
    const { gateway: through, outcome, notes } = answer("http://web.example.com/ from stock");
    assert.deepEqual(
      [through, outcome, notes[0]],
      [gateway, "redirect", "It leaves the mesh, and comes in again as somebody on the internet."],
    );
  });
});
