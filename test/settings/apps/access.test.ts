import assert from "node:assert/strict";
import { problemsOf } from "../../stack";
import { apps, checkout, accepts, mesh, refuses } from "../verdicts";

const image = "registry.example.com/web:1.4.2";
const jwt = [{ issuer: "https://id.example.org", jwksUri: "https://id.example.org/keys" }];
const key = (path: string) => `eks-istio:apps.checkout.access[0].${path}`;

const authorizers = mesh({
  providers: {
    opa: { envoyExtAuthzGrpc: { service: "opa.shop.svc.cluster.local", port: 9191 } },
    login: { envoyExtAuthzHttp: { service: "login.auth.svc.cluster.local", port: 80 } },
  },
});

/** A stack with one rule of who may call `checkout`, and `web` and `legacy` beside it. */
function rule(own: object, app: object = {}) {
  return apps({
    checkout: { ...app, access: [own] },
    web: { workload: { image } },
    legacy: { workload: { image, inject: false } },
  });
}

describe("rules of who may call an application", () => {
  accepts("callers of every kind", {
    ...rule({
      from: [
        { app: "web" },
        { gateway: "default" },
        { namespace: "jobs" },
        { principal: "cluster.local/ns/jobs/sa/*" },
        { ip: "203.0.113.0/24" },
        { ip: ["198.51.100.0/24", "203.0.113.0/24"], gateway: "default" },
      ],
    }),
  });
  accepts("what a request may be, whole, by a beginning, an end and a template", {
    ...rule({
      methods: ["GET", "*"],
      paths: ["/", "/api/*", "*/health", "/users/{*}/cart", "/files/{**}"],
      ports: [8080],
    }),
  });
  accepts("claims beside jwt, and a rule without a token", {
    ...apps({
      checkout: { jwt, access: [{ claims: { scope: ["pay"], realm_access: { roles: ["a"] } } }, { token: false }] },
    }),
  });
  accepts("an authorizer of the mesh", {
    ...mesh({ providers: { opa: { envoyExtAuthzGrpc: { service: "opa.opa.svc.cluster.local", port: 9191 } } } }),
    ...rule({ action: "CUSTOM", provider: "opa", paths: ["/admin/*"] }),
  });
  accepts("conditions in Istio's words", {
    ...rule({
      when: [
        { key: "request.headers[end-user]", values: ["tester"] },
        { key: "source.ip", notValues: ["10.0.0.0/8"] },
        { key: "destination.ip", values: ["203.0.113.9", "2001:db8::/32"] },
      ],
    }),
  });

  refuses("a condition on addresses that are none", rule({ when: [{ key: "remote.ip", values: ["10.0.0.0/33"] }] }), {
    key: key("when[0]"),
    value: { key: "remote.ip", values: ["10.0.0.0/33"] },
    rule: "compares an address with what is none",
    fix: 'Write addresses, or ranges such as "203.0.113.0/24".',
  });
  refuses("an entry that names nobody", rule({ from: [{}] }), {
    key: key("from[0]"),
    value: {},
    rule: "names no caller",
    fix: "Write one of app, gateway, namespace, principal and ip; several in one entry must all hold.",
  });
  refuses("an application that isn't there", rule({ from: [{ app: "wbe" }] }), {
    key: key("from[0].app"),
    value: "wbe",
    rule: "is no application of this stack",
    fix: 'Did you mean "web"?',
  });
  refuses("an application whose pods have no identity", rule({ from: [{ app: "legacy" }] }), {
    key: key("from[0].app"),
    value: "legacy",
    rule: "can't be recognized: workload.inject is false there, so its pods have no identity to show",
    fix: "Let its pods into the mesh, or remove the entry.",
  });
  refuses("a gateway that isn't there", rule({ from: [{ gateway: "internal" }] }), {
    key: key("from[0].gateway"),
    value: "internal",
    rule: "is not a gateway of this stack (default)",
    fix: "Write default.",
  });
  refuses("two identities of one caller", rule({ from: [{ app: "web", gateway: "default" }] }), {
    key: key("from[0]"),
    value: { app: "web", gateway: "default" },
    rule: "can't hold: nobody is both app and gateway",
    fix: "Make an entry of each: of several entries, one must fit.",
  });
  refuses("an address that a caller inside the mesh could claim", rule({ from: [{ app: "web", ip: "10.0.0.0/8" }] }), {
    key: key("from[0].ip"),
    value: "10.0.0.0/8",
    rule: "proves nothing beside app: a caller inside the mesh can claim any address",
    fix: "Remove one of them. Addresses are for what comes through a gateway.",
  });
  refuses(
    "an address that the gateway doesn't see",
    { ...rule({ from: [{ ip: "203.0.113.0/24" }] }), "eks-istio:gateways": { default: { preserveClientIp: false } } },
    {
      key: key("from[0].ip"),
      value: "203.0.113.0/24",
      rule: "can't be compared: gateways.default.preserveClientIp is false, so that gateway sees the load balancer's address",
      fix: "Turn preserveClientIp on, or name another gateway in the entry.",
    },
  );
  refuses("an address with host bits", rule({ from: [{ ip: "203.0.113.7/24" }] }), {
    key: key("from[0].ip"),
    value: "203.0.113.7/24",
    rule: "is not the first address of its range",
    fix: 'Write "203.0.113.0/24", or "203.0.113.7/32" for that address alone.',
  });
  refuses(
    "identities without mutual TLS",
    { ...mesh({ mtls: { mode: "DISABLE" } }), ...rule({ from: [{ app: "web" }] }) },
    {
      key: key("from[0].app"),
      value: "web",
      rule: "never fits: mesh.mtls.mode is DISABLE, and without mutual TLS no caller shows who it is",
      fix: "Write PERMISSIVE or STRICT there.",
    },
  );
  refuses("a path that is none", rule({ paths: ["pay"] }), {
    key: key("paths[0]"),
    value: "pay",
    rule: 'must begin with "/", as every path does, or with "*"',
    fix: 'Write "/pay".',
  });
  refuses("a path with a query", rule({ paths: ["/pay?now=1"] }), {
    key: key("paths[0]"),
    value: "/pay?now=1",
    rule: "is compared with the path alone, which has no query",
    fix: 'Write "/pay".',
  });
  refuses("a star in the middle of a path", rule({ paths: ["/users/*/cart"] }), {
    key: key("paths[0]"),
    value: "/users/*/cart",
    rule: 'may have "*" at its beginning or at its end only',
    fix: 'Write "{*}" for one part in the middle.',
  });
  refuses("a method that a gRPC call never has", rule({ methods: ["GET"] }, { protocol: "grpc" }), {
    key: key("methods[0]"),
    value: "GET",
    rule: "can't match: every gRPC call is a POST",
    fix: 'Remove it, and write the call itself as a path, e.g. "/shop.Checkout/Pay".',
  });
  refuses(
    "the Service's port where the container's counts",
    rule({ ports: [80] }, { port: 80, workload: { image, containerPort: 8080 } }),
    {
      key: key("ports[0]"),
      value: 80,
      rule: "is the Service's port, and rules hold for ports of the containers: no request fits",
      fix: "Write 8080, the container's port.",
    },
  );
  refuses("claims without jwt", rule({ claims: { scope: ["pay"] } }), {
    key: key("claims"),
    value: { scope: ["pay"] },
    rule: "can't hold: the application has no jwt, so nobody reads a token",
    fix: 'Add "jwt" with the issuer of the tokens.',
  });
  refuses("claims of no token", rule({ claims: { scope: ["pay"] }, token: false }, { jwt }), {
    key: key("token"),
    value: false,
    rule: "contradicts claims: only a token has claims",
    fix: "Remove one of them.",
  });
  refuses("token: false without jwt", rule({ token: false }), {
    key: key("token"),
    value: false,
    rule: "has no effect: the application has no jwt, so nobody reads a token",
    fix: 'Remove "token".',
  });
  refuses("an authorizer that nobody defines", rule({ action: "CUSTOM", provider: "opa" }), {
    key: key("provider"),
    value: "opa",
    rule: "is not there: the stack has no mesh.providers",
    fix: "Add it: mesh: {providers: {opa: {envoyExtAuthzGrpc: {service: …, port: …}}}}.",
  });
  refuses("CUSTOM without an authorizer", rule({ action: "CUSTOM" }), {
    key: "eks-istio:apps.checkout.access[0]",
    value: { action: "CUSTOM" },
    rule: "has action CUSTOM and names nobody to ask",
    fix: 'Set "provider" to one of mesh.providers.',
  });
  refuses("a condition that Istio doesn't know", rule({ when: [{ key: "request.header[x]", values: ["a"] }] }), {
    key: key("when[0].key"),
    value: "request.header[x]",
    rule: "must be an attribute that Istio knows, e.g. request.headers[end-user]",
    fix: 'Write it like "request.headers[end-user]".',
  });
  const trustDomain = rule({ when: [{ key: "source.trustDomain", values: ["partner.example.org"] }] });
  accepts("a trust domain, with an Istio that knows it", trustDomain);
  accepts("one with a release of 1.30 that may know it", { ...trustDomain, "eks-istio:mesh": { version: "1.30.2" } });
  for (const version of ["1.29.3", "1.30.0"])
    refuses(
      `a trust domain with Istio ${version}`,
      { ...trustDomain, "eks-istio:mesh": { version } },
      {
        key: key("when[0].key"),
        value: "source.trustDomain",
        rule: `is nothing that Istio ${version} knows: istiod refuses the whole policy`,
        fix: "Write from: [{principal: TRUST-DOMAIN/*}] instead, or raise mesh.version.",
      },
    );
  refuses("rules of pods outside of the mesh", checkout({ access: [{}], workload: { image, inject: false } }), {
    key: "eks-istio:apps.checkout.access",
    value: [{}],
    rule: "changes nothing: workload.inject is false, so its pods have no sidecar that would hold to it",
    fix: "Remove it, or let its pods into the mesh.",
  });
  refuses(
    "labels of pods beside a workload, which has its own",
    checkout({ selector: { app: "pay" }, workload: { image } }),
    {
      key: "eks-istio:apps.checkout.selector",
      value: { app: "pay" },
      rule: "has no effect beside workload, which has its own labels",
      fix: 'Remove "selector".',
    },
  );

  refuses(
    "stars that Istio reads as letters",
    rule({ paths: ["*/admin*"], when: [{ key: "request.headers[x]", values: ["a*b"] }] }),
    {
      key: key("paths[0]"),
      value: "*/admin*",
      rule: 'may have "*" at its beginning or at its end only',
      fix: 'Write "{*}" for one part in the middle.',
    },
    {
      key: key("when[0].values[0]"),
      value: "a*b",
      rule: 'has "*" in a place where Istio reads it as a letter: it stands for more at the beginning or at the end, not at both',
      fix: "Write several values instead.",
    },
  );
  refuses("an identity with stars at both ends", rule({ from: [{ principal: "*web*" }] }), {
    key: key("from[0].principal"),
    value: "*web*",
    rule: 'must be an identity such as cluster.local/ns/shop/sa/web, with "*" at its beginning or its end only',
    fix: 'Write it like "cluster.local/ns/shop/sa/web".',
  });
  for (const path of ["/a{*}b", "/{**}/x/{**}", "/{**}/{*}", "/a b/{*}"])
    it(`refuses the template ${path}, as istiod does`, () => {
      assert.deepEqual(
        problemsOf(rule({ paths: [path] })).map((problem) => problem.key),
        [key("paths[0]")],
      );
    });
  refuses(
    "an address in a condition, which anybody inside the mesh can claim",
    rule({ when: [{ key: "remote.ip", values: ["203.0.113.0/24"] }] }),
    {
      key: key("when[0].key"),
      value: "remote.ip",
      rule: "lets in whoever claims such an address: a caller inside the mesh can write it into a header",
      fix: "Write from: [{ip: …}], which holds for what comes through a gateway, or name gateways in every entry of from.",
    },
  );
  accepts(
    "an address in a condition of what comes through a gateway",
    rule({ from: [{ gateway: "default" }], when: [{ key: "remote.ip", values: ["203.0.113.0/24"] }] }),
  );
  refuses(
    "callers in a rule that asks an authorizer",
    { ...authorizers, ...rule({ action: "CUSTOM", provider: "opa", from: [{ app: "web" }] }) },
    {
      key: key("from[0].app"),
      value: "web",
      rule: "can't decide whether the authorizer is asked: Istio knows no callers there, but their addresses",
      fix: "Remove it, or write {ip: …}: the authorizer sees who calls, too.",
    },
  );
  refuses(
    "two authorizers of one application",
    {
      ...authorizers,
      ...checkout({
        access: [
          { action: "CUSTOM", provider: "opa" },
          { action: "CUSTOM", provider: "login", paths: ["/x"] },
        ],
      }),
    },
    {
      key: "eks-istio:apps.checkout.access[1].provider",
      value: "login",
      rule: "is another authorizer than opa before it: Istio asks one for an application, and with two it refuses what either is asked for",
      fix: "Ask one of them.",
    },
  );
  refuses(
    "an authorizer that lets nobody in",
    {
      "eks-istio:mesh": { access: { default: "deny" }, ...(authorizers["eks-istio:mesh"] as object) },
      ...apps({ checkout: { access: [{ action: "CUSTOM", provider: "opa" }, {}] }, opa: { port: 9191 } }),
    },
    {
      key: "eks-istio:apps.checkout.access[0].provider",
      value: "opa",
      rule: "is apps.opa, whose access lets checkout in nowhere: it never answers, and every request is refused",
      fix: "Add {from: [{app: checkout}]} to apps.opa.access.",
    },
  );
  refuses(
    "a caller whose ServiceAccount another application has",
    apps({
      checkout: { access: [{ from: [{ app: "web" }] }] },
      web: {},
      jobs: { serviceAccount: "web" },
    }),
    {
      key: key("from[0].app"),
      value: "web",
      rule: "has the ServiceAccount of apps.jobs, shop/web: nobody can tell the two apart, and the rule would let in both",
      fix: "Give each a ServiceAccount of its own, or list both.",
    },
  );
  refuses(
    "rules for pods that are another application's, too",
    apps({
      checkout: { access: [{}], selector: { tier: "web" } },
      web: { selector: { tier: "web" } },
    }),
    {
      key: "eks-istio:apps.web.selector",
      value: { tier: "web" },
      rule: "is for the same pods as apps.checkout, and rules of who may call hold for pods: those of each would hold for both",
      fix: "Give their pods labels that tell them apart, or make one application of the two.",
    },
  );
});

describe("public names that no rule lets in", () => {
  const hosted = (own: object) => checkout({ host: "checkout", ...own });

  accepts("rules that name the gateway", hosted({ access: [{ from: [{ gateway: "default" }] }] }));
  accepts("rules for everybody", hosted({ access: [{ paths: ["/pay"] }] }));
  accepts("the gateway's namespace", hosted({ access: [{ from: [{ namespace: "istio-ingress" }] }] }));
  accepts("the gateway's identity", hosted({ access: [{ from: [{ principal: "*/sa/istio-ingress" }] }] }));
  accepts("addresses, which gateways pass on", hosted({ access: [{ from: [{ ip: "203.0.113.0/24" }] }] }));
  accepts("rules that only refuse", hosted({ access: [{ action: "DENY", paths: ["/admin"] }] }));
  accepts("a public application of a mesh that only counts", {
    ...mesh({ access: { default: "dryRun" } }),
    ...hosted({}),
  });

  refuses("rules for callers inside the mesh alone", hosted({ access: [{ from: [{ namespace: "jobs" }] }] }), {
    key: "eks-istio:apps.checkout.access",
    value: [{ from: [{ namespace: "jobs" }] }],
    rule: "lets nothing in that comes through the gateway default, which serves its hosts: every request would be answered with 403",
    fix: "Add a rule: access: [{from: [{gateway: default}]}]. Or remove its hosts there.",
  });
  refuses(
    "no rules in a mesh that is closed by default",
    { ...mesh({ access: { default: "deny" } }), ...hosted({}) },
    {
      key: "eks-istio:apps.checkout",
      value: { namespace: "shop", port: 8080, host: "checkout" },
      rule: "lets nothing in that comes through the gateway default, which serves its hosts: every request would be answered with 403, as mesh.access.default is deny",
      fix: "Add a rule: access: [{from: [{gateway: default}]}]. Or remove its hosts there.",
    },
  );
});
