import assert from "node:assert/strict";
import { decide } from "../../components/access/evaluate";
import type { AccessRule, AccessSource } from "../../components/access/model";
import type { AccessRequest } from "../../components/access/request";
import { openAccess as open } from "../manifests/app";

const web = "cluster.local/ns/shop/sa/web";
const get: AccessRequest = { method: "GET", path: "/", headers: {} };
const issuers = [{ issuer: "https://id.example.org", audiences: ["shop", "games"] }];
const token = { iss: "https://id.example.org", aud: "shop", sub: "somebody" };

function rule(own: Partial<AccessRule> = {}): AccessRule {
  return { action: "ALLOW", sources: [], operation: {}, conditions: [], ...own };
}

/** Whether one rule that lets in does so: everything else is refused. */
function fits(own: Partial<AccessRule>, request: Partial<AccessRequest> = {}) {
  return decide({ ...open, rules: [rule({ place: ["access", 0], ...own })] }, { ...get, ...request }).decision;
}

function source(own: AccessSource, request: Partial<AccessRequest>) {
  return fits({ sources: [own] }, request);
}

/** A condition on one attribute. */
function when(key: string, values: readonly string[], request: Partial<AccessRequest>) {
  return fits({ conditions: [{ key, values }] }, request);
}

const yes = "allowed";
const no = "refused";
const unsure = "undecided";

describe("what rules make of a request", () => {
  it("is let in where there is no rule, and the mesh is open", () => {
    assert.deepEqual(decide(open, get), { decision: "allowed", reasons: [] });
  });

  it("is refused where there is no rule, and the mesh is closed", () => {
    assert.deepEqual(decide({ ...open, closed: true }, get), {
      decision: "refused",
      status: 403,
      reasons: ["the application has no rule, and the mesh is closed by default"],
    });
  });

  it("says which rule let in, of several", () => {
    const rules = [
      rule({ place: ["access", 0], operation: { methods: ["POST"] } }),
      rule({ place: ["access", 1], operation: { methods: ["GET"] } }),
    ];
    assert.deepEqual(decide({ ...open, rules }, get), { decision: "allowed", rule: ["access", 1], reasons: [] });
  });

  it("is refused where an application has rules and none fits", () => {
    const rules = [rule({ place: ["access", 0], operation: { methods: ["POST"] } })];
    assert.deepEqual(decide({ ...open, rules }, get), {
      decision: "refused",
      status: 403,
      reasons: ["no rule lets it in"],
    });
  });

  describe("in order", () => {
    const allow = rule({ place: ["access", 0] });
    const deny = rule({ place: ["access", 1], action: "DENY" });
    const custom = rule({ place: ["access", 2], action: "CUSTOM", provider: "opa" });

    it("is for the authorizer where nothing else refuses", () => {
      assert.deepEqual(decide({ ...open, rules: [allow, custom] }, get), {
        decision: "undecided",
        rule: ["access", 2],
        reasons: ["opa is asked"],
      });
    });

    it("refuses by a DENY whatever the authorizer says", () => {
      assert.equal(decide({ ...open, rules: [allow, deny, custom] }, get).decision, "refused");
    });

    it("asks no authorizer for what doesn't fit its rule", () => {
      const rules = [allow, { ...custom, operation: { paths: ["/admin"] } }];
      assert.equal(decide({ ...open, rules }, get).decision, "allowed");
    });

    it("refuses by a DENY whatever lets in", () => {
      assert.deepEqual(decide({ ...open, rules: [allow, deny] }, get), {
        decision: "refused",
        status: 403,
        rule: ["access", 1],
        reasons: ["a rule refuses it"],
      });
    });

    it("lets in what no DENY fits, where there is no ALLOW and the mesh is open", () => {
      const rules = [{ ...deny, operation: { paths: ["/admin"] } }];
      assert.equal(decide({ ...open, rules }, get).decision, "allowed");
    });

    it("refuses nothing by AUDIT", () => {
      assert.equal(decide({ ...open, rules: [rule({ action: "AUDIT" })] }, get).decision, "allowed");
    });

    it("is undecided where a DENY may fit", () => {
      const unsure = { ...deny, sources: [{ remoteIpBlocks: ["198.51.100.0/24"] }] };
      assert.deepEqual(decide({ ...open, rules: [allow, unsure] }, get), {
        decision: "undecided",
        rule: ["access", 0],
        reasons: ["access[1] asks for an address, which the question doesn't say"],
      });
    });

    it("is let in by a rule that fits, though another only may", () => {
      const unsure = rule({ operation: { ports: [8080] } });
      assert.equal(decide({ ...open, rules: [unsure, allow] }, get).decision, "allowed");
    });

    it("is refused where none lets in, whatever a DENY may do", () => {
      const sources = [{ remoteIpBlocks: ["198.51.100.0/24"] }];
      const rules = [
        { ...deny, sources },
        { ...allow, operation: { methods: ["POST"] } },
      ];
      assert.equal(decide({ ...open, rules }, get).decision, "refused");
      assert.equal(decide({ ...open, closed: true, rules: [{ ...deny, sources }] }, get).decision, "refused");
      assert.equal(decide({ ...open, rules: [{ ...deny, sources }] }, get).decision, "undecided");
    });

    it("is undecided where only a rule that may fit lets in", () => {
      assert.deepEqual(
        decide({ ...open, rules: [rule({ place: ["access", 0], operation: { ports: [8080] } })] }, get),
        {
          decision: "undecided",
          reasons: ["access[0] asks for a port, which the question doesn't say"],
        },
      );
    });

    it("asks for a token where nothing but jwt is said", () => {
      const rules = [rule({ action: "DENY", sources: [{ notRequestPrincipals: ["*"] }] })];
      assert.deepEqual(decide({ ...open, issuers, rules }, get), {
        decision: "refused",
        status: 403,
        rule: undefined,
        reasons: ["it has no token, and the application requires one"],
      });
      assert.equal(decide({ ...open, issuers, rules }, { ...get, claims: token }).decision, "allowed");
    });
  });

  describe("in a dry run", () => {
    const dryRun = { ...open, enforcement: "dryRun" } as const;

    it("counts what would be refused", () => {
      assert.deepEqual(decide({ ...dryRun, closed: true }, get), {
        decision: "refused",
        status: 403,
        reasons: ["the application has no rule, and the mesh is closed by default"],
        counted: true,
      });
    });

    it("counts nothing that is let in", () => {
      assert.deepEqual(decide({ ...dryRun, rules: [rule()] }, get), {
        decision: "allowed",
        rule: undefined,
        reasons: [],
      });
    });

    it("asks no authorizer, as Istio counts none", () => {
      const rules = [rule({ action: "CUSTOM", provider: "opa" })];
      assert.equal(decide({ ...dryRun, rules }, get).decision, "allowed");
    });

    it("refuses a token that the application doesn't take", () => {
      assert.deepEqual(decide({ ...dryRun, issuers }, { ...get, claims: { iss: "https://evil.example" } }), {
        decision: "refused",
        status: 401,
        reasons: ["its token's issuer is https://evil.example, which the application doesn't take"],
      });
    });
  });

  describe("of its token", () => {
    const cases: readonly (readonly [string, Record<string, unknown>, number | undefined])[] = [
      ["takes one of an issuer, for one of the audiences", token, undefined],
      ["takes one for several audiences", { ...token, aud: ["else", "games"] }, undefined],
      ["takes no other issuer's", { ...token, iss: "https://evil.example" }, 401],
      ["takes none that says no issuer", { aud: "shop" }, 401],
      ["takes none for others", { ...token, aud: "else" }, 403],
      ["takes none for nobody", { iss: token.iss }, 403],
    ];
    for (const [what, claims, status] of cases)
      it(what, () => assert.equal(decide({ ...open, issuers }, { ...get, claims }).status, status));

    it("takes no notice of it where an application has no issuer", () => {
      assert.equal(decide(open, { ...get, claims: { iss: "https://evil.example" } }).decision, "allowed");
    });
  });

  describe("of its caller", () => {
    const holder = { requestPrincipals: ["https://id.example.org/*"] };
    const cases: readonly (readonly [string, AccessSource, Partial<AccessRequest>, string])[] = [
      ["the whole identity", { principals: [web] }, { principal: web }, yes],
      ["another identity", { principals: [web] }, { principal: `${web}2` }, no],
      ["an identity's beginning", { principals: ["cluster.local/ns/shop/*"] }, { principal: web }, yes],
      ["an identity's end", { principals: ["*/sa/web"] }, { principal: web }, yes],
      ["any identity", { principals: ["*"] }, { principal: web }, yes],
      ["any identity, where there is none", { principals: ["*"] }, {}, no],
      ["a namespace", { namespaces: ["shop"] }, { principal: web }, yes],
      ["another namespace", { namespaces: ["sho"] }, { principal: web }, no],
      ["a namespace, without an identity", { namespaces: ["shop"] }, {}, no],
      ["a token's holder", holder, { claims: token }, yes],
      ["a holder without a subject", holder, { claims: { iss: token.iss } }, no],
      ["a holder with an empty subject", holder, { claims: { ...token, sub: "" } }, no],
      ["a holder of another issuer", holder, { claims: { ...token, iss: "https://id.example.org.evil" } }, no],
      ["a holder without a token", holder, {}, no],
      ["an address in a range", { remoteIpBlocks: ["203.0.113.0/24"] }, { remoteIp: "203.0.113.9" }, yes],
      ["an address beside a range", { remoteIpBlocks: ["203.0.113.0/24"] }, { remoteIp: "203.0.114.9" }, no],
      ["an address that nobody knows", { remoteIpBlocks: ["203.0.113.0/24"] }, {}, unsure],
      ["a range inside of one", { remoteIpBlocks: ["10.0.0.0/8"] }, { remoteIp: "10.1.0.0/16" }, yes],
      ["a range around one", { remoteIpBlocks: ["10.1.2.0/24"] }, { remoteIp: "10.1.0.0/16" }, unsure],
      ["a range beside one", { remoteIpBlocks: ["10.2.0.0/16"] }, { remoteIp: "10.1.0.0/16" }, no],
      ["an IPv6 address and IPv4 ranges", { remoteIpBlocks: ["0.0.0.0/0"] }, { remoteIp: "2001:db8::1" }, no],
      [
        "an identity and an address, of which one fits",
        { principals: [web], remoteIpBlocks: ["10.0.0.0/8"] },
        { principal: web, remoteIp: "192.0.2.1" },
        no,
      ],
    ];
    for (const [what, own, request, decision] of cases)
      it(`compares ${what}`, () => assert.equal(source(own, request), decision));

    it("needs one of several to fit", () => {
      assert.equal(fits({ sources: [{ namespaces: ["jobs"] }, { principals: [web] }] }, { principal: web }), yes);
    });

    it("is certainly nobody's where one part fails, though another is unknown", () => {
      assert.equal(source({ principals: ["*"], remoteIpBlocks: ["10.0.0.0/8"] }, {}), no);
    });
  });

  describe("of what is asked for", () => {
    const cases: readonly (readonly [string, string, string])[] = [
      ["/pay", "/pay", yes],
      ["/pay", "/pay/", no],
      ["/api/*", "/api/a/b", yes],
      ["/api/*", "/api", no],
      ["*/health", "/a/health", yes],
      ["*", "/any", yes],
      ["/users/{*}/cart", "/users/1/cart", yes],
      ["/users/{*}/cart", "/users/1/2/cart", no],
      ["/users/{*}/cart", "/users//cart", no],
      ["/a.b/{*}", "/axb/c", no],
      ["/files/{**}", "/files/a/b", yes],
      ["/files/{**}/raw", "/files/a/b/raw", yes],
      ["/files/{**}/raw", "/files/a/b", no],
    ];
    for (const [path, asked, decision] of cases)
      it(`finds ${asked} ${decision} by the path ${path}`, () =>
        assert.equal(fits({ operation: { paths: [path] } }, { path: asked }), decision));

    it("compares methods, and needs one of them", () => {
      assert.equal(fits({ operation: { methods: ["PUT", "GET"] } }), yes);
      assert.equal(fits({ operation: { methods: ["PUT"] } }), no);
    });

    it("compares ports, where they are known", () => {
      assert.equal(fits({ operation: { ports: [8080] } }, { port: 8080 }), yes);
      assert.equal(fits({ operation: { ports: [8080] } }, { port: 9090 }), no);
      assert.equal(fits({ operation: { ports: [8080] } }), unsure);
    });
  });

  describe("of attributes", () => {
    const scope = "request.auth.claims[scope]";
    const roles = "request.auth.claims[realm_access][roles]";
    const cases: readonly (readonly [string, string, readonly string[], Partial<AccessRequest>, string])[] = [
      ["a header, whatever its case", "request.headers[X-Tier]", ["gold"], { headers: { "x-tier": "gold" } }, yes],
      ["a header that isn't there", "request.headers[x-tier]", ["*"], {}, no],
      ["words of a scope", scope, ["pay"], { claims: { scope: "read pay" } }, yes],
      ["a list of scopes", scope, ["pay"], { claims: { scope: ["read", "pay"] } }, yes],
      ["a part of a word", scope, ["pay"], { claims: { scope: "payment" } }, no],
      ["words of another claim, which are one", "request.auth.claims[group]", ["a"], { claims: { group: "a b" } }, no],
      ["an inner claim", roles, ["admin"], { claims: { realm_access: { roles: ["user", "admin"] } } }, yes],
      ["an inner claim of a text", roles, ["admin"], { claims: { realm_access: "admin" } }, no],
      ["a claim that isn't there", scope, ["*"], { claims: {} }, no],
      ["a claim without a token", scope, ["*"], {}, no],
      ["a claim that every object has", "request.auth.claims[constructor]", ["*"], { claims: {} }, no],
      ["a number, which Istio doesn't read", "request.auth.claims[level]", ["3"], { claims: { level: 3 } }, no],
      ["the token's holder", "request.auth.principal", ["https://id.example.org/somebody"], { claims: token }, yes],
      ["audiences", "request.auth.audiences", ["shop"], { claims: { aud: ["games", "shop"] } }, yes],
      ["the presenter", "request.auth.presenter", ["cli"], { claims: { azp: "cli" } }, yes],
      ["the identity", "source.principal", [web], { principal: web }, yes],
      ["the namespace", "source.namespace", ["shop"], { principal: web }, yes],
      ["the namespace of nobody", "source.namespace", ["*"], {}, no],
      ["the client's address", "remote.ip", ["203.0.113.0/24"], { remoteIp: "203.0.113.9" }, yes],
      ["an address that nobody knows", "remote.ip", ["203.0.113.0/24"], {}, unsure],
      ["the port", "destination.port", ["8080"], { port: 8080 }, yes],
      ["a port that nobody knows", "destination.port", ["8080"], {}, unsure],
      ["what no question says", "connection.sni", ["a"], {}, unsure],
    ];
    for (const [what, key, values, request, decision] of cases)
      it(`compares ${what}`, () => assert.equal(when(key, values, request), decision));

    it("takes none of the values that must not be", () => {
      const conditions = [{ key: "request.headers[x-tier]", notValues: ["free"] }];
      assert.equal(fits({ conditions }, { headers: { "x-tier": "free" } }), no);
      assert.equal(fits({ conditions }, { headers: { "x-tier": "gold" } }), yes);
      assert.equal(fits({ conditions }), yes);
    });

    it("says what it would have to know", () => {
      const rules = [rule({ place: ["access", 0], conditions: [{ key: "connection.sni", values: ["a"] }] })];
      assert.deepEqual(decide({ ...open, rules }, get).reasons, [
        "access[0] asks for connection.sni, which the question doesn't say",
      ]);
    });
  });
});
