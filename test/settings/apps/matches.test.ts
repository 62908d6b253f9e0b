import { accepts, checkout, refuses } from "../verdicts";

/** A stack with an application that has a host, and one route with this condition. */
const matching = (condition: object) => checkout({ host: "checkout", routes: [{ match: [condition] }] });

describe("the conditions of a route", () => {
  accepts(
    "path, method and header together",
    matching({
      uri: { prefix: "/api" },
      ignoreUriCase: true,
      method: { exact: "GET" },
      headers: { "end-user": { exact: "tester" } },
    }),
  );
  accepts("a header that must be missing", matching({ withoutHeaders: { cookie: { regex: ".*" } } }));
  accepts("a query parameter", matching({ queryParams: { beta: { exact: "" } } }));
  accepts("one cookie", matching({ cookies: { group: { exact: "b" } } }));
  accepts(
    "callers inside the mesh",
    matching({ gateways: ["mesh"], sourceNamespace: "backend", sourceLabels: { app: "cart" } }),
  );

  const matches = [
    ["no way to match a path", {}],
    ["two ways to match a path", { exact: "/api", prefix: "/api" }],
  ] as const;
  for (const [what, uri] of matches) {
    refuses(what, matching({ uri }), {
      key: "eks-istio:apps.checkout.routes[0].match[0].uri",
      value: uri,
      rule: "must have exactly one of exact, prefix and regex",
      fix: "Write {exact: …}, {prefix: …} or {regex: …}.",
    });
  }

  for (const uri of [{ exact: "api" }, { prefix: "api" }]) {
    refuses(`a path without its slash, ${Object.keys(uri).join()}`, matching({ uri }), {
      key: "eks-istio:apps.checkout.routes[0].match[0].uri",
      value: uri,
      rule: 'must begin with "/", as every path does',
      fix: "Write it like {prefix: /api}.",
    });
  }

  for (const key of ["headers", "withoutHeaders"]) {
    refuses(
      `${key} with a name in upper case, which Istio never finds`,
      matching({ [key]: { "X-User": { exact: "tester" } } }),
      {
        key: `eks-istio:apps.checkout.routes[0].match[0].${key}.X-User`,
        value: "X-User",
        rule: "is a name, and must be a header name in lowercase, as Istio requires",
        fix: 'Rename it, e.g. to "x-user".',
      },
    );
  }

  const cookies = { group: { exact: "b" }, session: { regex: ".+" } };
  refuses("two cookies", matching({ cookies }), {
    key: "eks-istio:apps.checkout.routes[0].match[0].cookies",
    value: cookies,
    rule: "must name exactly one cookie: Envoy sees one Cookie header, and RE2 can't ask for two parts of it in any order",
    fix: "Name one cookie; for alternatives, add another entry to match.",
  });

  for (const parameter of [{}, { exact: "1", regex: "1|2" }]) {
    refuses(
      `a query parameter with ${Object.keys(parameter).length} conditions`,
      matching({ queryParams: { page: parameter } }),
      {
        key: "eks-istio:apps.checkout.routes[0].match[0].queryParams.page",
        value: parameter,
        rule: "must have exactly one of exact and regex",
        fix: "Write {exact: …} or {regex: …}.",
      },
    );
  }

  refuses("a route with an empty list of conditions", checkout({ routes: [{ match: [] }] }), {
    key: "eks-istio:apps.checkout.routes[0].match",
    value: [],
    rule: "must have at least 1 entry",
    fix: "Write 1 entry or more.",
  });
});

describe("the expressions of a route", () => {
  for (const regex of ["/v[0-9]+/.*", "(?i)/api/.*", "/(?P<version>v[0-9]+)/.*", "/(?:a|b)"]) {
    accepts(`RE2's ${regex}`, matching({ uri: { regex } }));
  }

  const foreign = [
    ["a lookahead", "/(?!admin).*", "invalid or unsupported Perl syntax: `(?!`"],
    ["a positive lookahead", "/(?=api).*", "invalid or unsupported Perl syntax: `(?=`"],
    ["a lookbehind", ".*(?<!admin)", "invalid named capture: `(?<!admin)`"],
    ["an atomic group", "/(?>a+)b", "invalid or unsupported Perl syntax: `(?>`"],
    ["a back-reference", "/(a|b)/\\1", "invalid escape sequence: `\\1`"],
    ["a bracket that is never closed", "/(api", "missing closing ): `/(api`"],
    ["a possessive quantifier", "/a++", "invalid nested repetition operator: `++`"],
    ["more repetitions than RE2 counts", "/a{1001}", "invalid repeat count: `{1001}`"],
  ] as const;
  for (const [what, regex, reason] of foreign) {
    refuses(what, matching({ uri: { regex } }), {
      key: "eks-istio:apps.checkout.routes[0].match[0].uri.regex",
      value: regex,
      rule: `must be an RE2 regular expression: ${reason}`,
      fix: "See https://github.com/google/re2/wiki/Syntax for what it can say.",
    });
  }

  accepts("an expression of 1024 characters", matching({ uri: { regex: "/".repeat(1024) } }));
  refuses(
    "an expression of 1025 characters, which Istio's webhook refuses",
    matching({ uri: { regex: "/".repeat(1025) } }),
    {
      key: "eks-istio:apps.checkout.routes[0].match[0].uri.regex",
      value: "/".repeat(1025),
      rule: "must have at most 1024 characters",
      fix: "Write 1024 characters or fewer.",
    },
  );

  refuses("an empty expression", matching({ headers: { cookie: { regex: "" } } }), {
    key: "eks-istio:apps.checkout.routes[0].match[0].headers.cookie.regex",
    value: "",
    rule: "must not be empty",
    fix: "Write 1 character or more.",
  });
});

describe("where the requests of a route come from", () => {
  const at = "eks-istio:apps.checkout.routes[0].match[0].gateways[0]";
  const two = {
    "eks-istio:domain": {
      name: "example.com",
      gateway: "public",
      additional: [{ name: "example.org", gateway: "internal" }],
    },
    "eks-istio:gateways": { public: {}, internal: { scheme: "internal" } },
  };
  accepts("the gateway and the mesh", matching({ gateways: ["default", "mesh"] }));
  accepts("the one of several gateways that has the host", { ...two, ...matching({ gateways: ["public"] }) });

  refuses("a gateway by its Kubernetes name", matching({ gateways: ["istio-ingress"] }), {
    key: at,
    value: "istio-ingress",
    rule: "is no gateway of this stack (default)",
    fix: "Write one of default, mesh.",
  });
  refuses(
    "a gateway's name with a slip",
    { ...two, ...matching({ gateways: ["publc"] }) },
    {
      key: at,
      value: "publc",
      rule: "is no gateway of this stack (public, internal)",
      fix: 'Did you mean "public"?',
    },
  );
  refuses(
    "the word for all gateways",
    { ...two, ...matching({ gateways: ["ingress"] }) },
    {
      key: at,
      value: "ingress",
      rule: "was replaced by the names of the gateways",
      fix: "Write public, internal.",
    },
  );
  refuses(
    "a gateway that no host of the application is on",
    { ...two, ...matching({ gateways: ["internal"] }) },
    {
      key: at,
      value: "internal",
      rule: "serves no host of this application: its requests come through public",
      fix: "Write public, or remove it.",
    },
  );
  refuses(
    "the gateway for an application without a host",
    checkout({ routes: [{ match: [{ gateways: ["default"] }] }] }),
    {
      key: at,
      value: "default",
      rule: "is a gateway, and this application has no host: no request comes through it",
      fix: 'Set "host", or remove it.',
    },
  );

  const sources = [
    ["sourceLabels", { app: "cart" }],
    ["sourceNamespace", "backend"],
  ] as const;
  for (const [key, value] of sources) {
    refuses(`${key} for requests through the gateway only`, matching({ gateways: ["default"], [key]: value }), {
      key: `eks-istio:apps.checkout.routes[0].match[0].${key}`,
      value,
      rule: "holds for calls from inside the mesh only: from outside, the source is the gateway",
      fix: 'Add "mesh" to gateways, or remove it.',
    });
  }
});

describe("the scheme of a route's requests", () => {
  accepts("what a caller inside the mesh says", matching({ gateways: ["mesh"], scheme: { exact: "https" } }));
  accepts("that of an application without a host", checkout({ routes: [{ match: [{ scheme: { exact: "https" } }] }] }));
  for (const gateways of [undefined, ["default"], ["default", "mesh"]])
    refuses(
      `one at the gateway, where TLS has ended: ${String(gateways)}`,
      matching({ ...(gateways && { gateways }), scheme: { exact: "https" } }),
      {
        key: "eks-istio:apps.checkout.routes[0].match[0].scheme",
        value: { exact: "https" },
        rule: "says nothing at a gateway: TLS has ended before it, and there HTTP/1.1 is http, and HTTP/2 what its client calls it",
        fix: "Add gateways: [mesh] to the condition, or remove it: all that a gateway gets on 443 was https.",
      },
    );
});

describe("whether a header is there", () => {
  accepts("one that must be", matching({ headers: { authorization: {} } }));
  accepts("one that must not be", matching({ withoutHeaders: { authorization: {} } }));
  refuses("two comparisons at once", matching({ headers: { a: { exact: "1", prefix: "1" } } }), {
    key: "eks-istio:apps.checkout.routes[0].match[0].headers.a",
    value: { exact: "1", prefix: "1" },
    rule: "must have at most one of exact, prefix and regex",
    fix: "Write {exact: …}, {prefix: …} or {regex: …}, or {} for a header that is there, whatever it says.",
  });
});
