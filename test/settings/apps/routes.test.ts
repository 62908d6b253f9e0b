import { accepts, apps, checkout, refuses } from "../verdicts";

const versions = { v1: { weight: 100 }, v2: { weight: 0 } };
const path = (prefix: string) => [{ uri: { prefix } }];

describe("where a route goes", () => {
  accepts("a version by name", checkout({ versions, routes: [{ match: path("/beta"), to: "v2" }] }));
  accepts(
    "another service",
    checkout({ routes: [{ match: path("/api"), to: { service: "api", namespace: "backend", port: 9090 } }] }),
  );
  accepts(
    "two versions by weight",
    checkout({
      versions,
      routes: [
        {
          match: path("/beta"),
          to: [
            { version: "v1", weight: 50 },
            { version: "v2", weight: 50 },
          ],
        },
      ],
    }),
  );
  accepts(
    "a version of another application",
    apps({ cart: { routes: [{ to: { service: "orders", version: "v2" } }] }, orders: { versions } }),
  );

  refuses(
    "a version that is nearly one of the application's",
    checkout({ versions: { stable: { weight: 100 }, canary: {} }, routes: [{ to: "cannary" }] }),
    {
      key: "eks-istio:apps.checkout.routes[0].to",
      value: "cannary",
      rule: "is not a version of this application (stable, canary)",
      fix: 'Did you mean "canary"? If not, add "cannary" to versions.',
    },
  );

  refuses("a version by another number, which is no typo", checkout({ versions, routes: [{ to: "v3" }] }), {
    key: "eks-istio:apps.checkout.routes[0].to",
    value: "v3",
    rule: "is not a version of this application (v1, v2)",
    fix: 'Add "v3" to versions, with weight: 0 if only routes should reach it.',
  });

  refuses(
    "a version that the application doesn't have",
    checkout({ versions, routes: [{ to: { version: "canary" } }] }),
    {
      key: "eks-istio:apps.checkout.routes[0].to.version",
      value: "canary",
      rule: "is not a version of this application (v1, v2)",
      fix: 'Add "canary" to versions, with weight: 0 if only routes should reach it.',
    },
  );

  refuses("a version of an application that has none", checkout({ routes: [{ to: "v1" }] }), {
    key: "eks-istio:apps.checkout.routes[0].to",
    value: "v1",
    rule: "is a version of this application, which has no versions in this stack",
    fix: "Add it to versions: {v1: {weight: …}}.",
  });

  refuses(
    "a version that another application doesn't have",
    apps({ cart: { routes: [{ to: [{ service: "orders", version: "canary" }] }] }, orders: { versions } }),
    {
      key: "eks-istio:apps.cart.routes[0].to[0].version",
      value: "canary",
      rule: "is not a version of service orders (v1, v2)",
      fix: 'Add "canary" to versions, with weight: 0 if only routes should reach it.',
    },
  );

  refuses(
    "a version of a service that isn't this stack's",
    checkout({ routes: [{ to: { service: "orders", version: "v2" } }] }),
    {
      key: "eks-istio:apps.checkout.routes[0].to.version",
      value: "v2",
      rule: "is a version of service orders, which has no versions in this stack",
      fix: 'Remove "version", or make that service an application with versions.',
    },
  );

  refuses(
    "a version of the same service in another namespace",
    apps({
      cart: { routes: [{ to: { service: "orders", version: "v2" } }] },
      "orders-elsewhere": { service: "orders", namespace: "orders", versions },
    }),
    {
      key: "eks-istio:apps.cart.routes[0].to.version",
      value: "v2",
      rule: "is a version of service orders, which has no versions in this stack",
      fix: 'Remove "version", or make that service an application with versions.',
    },
  );

  refuses("a namespace without a service", checkout({ routes: [{ to: { namespace: "backend" } }] }), {
    key: "eks-istio:apps.checkout.routes[0].to.namespace",
    value: "backend",
    rule: "has no effect without service",
    fix: 'Set "service", or remove "namespace".',
  });

  const to = [
    { version: "v1", weight: 90 },
    { version: "v2", weight: 20 },
  ];
  refuses("weights of 110", checkout({ versions, routes: [{ to }] }), {
    key: "eks-istio:apps.checkout.routes[0].to",
    value: to,
    rule: "must have weights that add up to 100, and theirs are 90 + 20 = 110",
    fix: "Change the weights.",
  });

  refuses(
    "a weight for a single destination",
    checkout({ versions, routes: [{ to: { version: "v2", weight: 10 } }] }),
    {
      key: "eks-istio:apps.checkout.routes[0].to.weight",
      value: 10,
      rule: "has no effect on a single destination",
      fix: 'Remove "weight", or make "to" a list.',
    },
  );

  refuses("no destination at all", checkout({ routes: [{ to: [] }] }), {
    key: "eks-istio:apps.checkout.routes[0].to",
    value: [],
    rule: "must have at least 1 entry",
    fix: "Write 1 entry or more.",
  });

  refuses("what is neither a name nor a destination", checkout({ routes: [{ to: true }] }), {
    key: "eks-istio:apps.checkout.routes[0].to",
    value: true,
    rule: "must be a version's name, a destination, or a list of destinations with weights",
    fix: "Write one of these forms.",
  });
});

describe("the order of routes", () => {
  accepts(
    "a catch-all that comes last",
    checkout({ versions, routes: [{ match: path("/beta"), to: "v2" }, { to: "v1" }] }),
  );
  accepts(
    "the same path under other conditions",
    checkout({
      versions,
      routes: [
        { match: [{ uri: { prefix: "/" }, method: { exact: "GET" } }], to: "v2" },
        { match: path("/"), to: "v1" },
      ],
    }),
  );

  refuses(
    "routes behind one that matches everything",
    checkout({ versions, routes: [{ to: "v1" }, { match: path("/beta"), to: "v2" }] }),
    {
      key: "eks-istio:apps.checkout.routes[1]",
      value: { match: path("/beta"), to: "v2" },
      rule: "is never reached: routes[0] before it matches every request",
      fix: "Move it before routes[0].",
    },
  );

  const everything = [
    ["an empty condition", [{}]],
    ["the beginning of every path", path("/")],
    ["the beginning of every path as an alternative", [...path("/v1"), ...path("/")]],
  ] as const;
  for (const [what, match] of everything) {
    refuses(
      `routes behind ${what}`,
      checkout({
        versions,
        routes: [
          { match, to: "v1" },
          { match: path("/beta"), to: "v2" },
        ],
      }),
      {
        key: "eks-istio:apps.checkout.routes[1]",
        value: { match: path("/beta"), to: "v2" },
        rule: "is never reached: routes[0] before it matches every request",
        fix: "Move it before routes[0].",
      },
    );
  }

  refuses(
    "the same conditions twice",
    checkout({
      versions,
      routes: [
        { match: path("/beta"), to: "v2" },
        { match: path("/v1"), to: "v1" },
        { match: path("/beta"), to: "v1" },
      ],
    }),
    {
      key: "eks-istio:apps.checkout.routes[2].match",
      value: path("/beta"),
      rule: "is never reached: routes[0] has the same conditions",
      fix: "Remove one of them.",
    },
  );
});

describe("what a route does beside sending requests on", () => {
  accepts("a redirect", checkout({ routes: [{ match: path("/old"), redirect: { uri: "/new", redirectCode: 308 } }] }));
  accepts("a rewrite of a prefix", checkout({ routes: [{ match: path("/old"), rewrite: { uri: "/new" } }] }));
  accepts(
    "a rewrite by expression",
    checkout({ routes: [{ rewrite: { uriRegexRewrite: { match: "^/v(\\d+)/(.*)", rewrite: "/\\2" } } }] }),
  );
  accepts(
    "CORS",
    checkout({
      routes: [
        {
          corsPolicy: {
            allowOrigins: [{ regex: "https://.*[.]example[.]com" }],
            allowMethods: ["GET", "POST"],
            maxAge: "24h",
          },
        },
      ],
    }),
  );
  accepts(
    "headers to change",
    checkout({ routes: [{ headers: { request: { set: { "x-team": "shop" } }, response: { remove: ["server"] } } }] }),
  );

  const beside = [
    ["to", "v1"],
    ["rewrite", { uri: "/new" }],
    ["timeout", "5s"],
    ["retries", { attempts: 1 }],
  ] as const;
  for (const [key, value] of beside) {
    refuses(`${key} beside a redirect`, checkout({ versions, routes: [{ redirect: { uri: "/new" }, [key]: value }] }), {
      key: `eks-istio:apps.checkout.routes[0].${key}`,
      value,
      rule: "has no meaning beside redirect: a redirected request goes nowhere",
      fix: `Remove "${key}" or "redirect".`,
    });
  }

  refuses("a redirect with a code that isn't one", checkout({ routes: [{ redirect: { redirectCode: 200 } }] }), {
    key: "eks-istio:apps.checkout.routes[0].redirect.redirectCode",
    value: 200,
    rule: "must be one of 301, 302, 303, 307, 308",
    fix: "Write one of 301, 302, 303, 307, 308.",
  });

  for (const key of ["redirect", "rewrite"]) {
    refuses(`a ${key} to a path without its slash`, checkout({ routes: [{ [key]: { uri: "new" } }] }), {
      key: `eks-istio:apps.checkout.routes[0].${key}.uri`,
      value: "new",
      rule: 'must begin with "/"',
      fix: 'Write it like "/health".',
    });
  }

  const both = { uri: "/new", uriRegexRewrite: { match: "/old", rewrite: "/new" } };
  refuses("two rewrites of the path", checkout({ routes: [{ rewrite: both }] }), {
    key: "eks-istio:apps.checkout.routes[0].rewrite",
    value: both,
    rule: "must not have both uri and uriRegexRewrite",
    fix: "Remove one of them.",
  });

  refuses("a rewrite of nothing", checkout({ routes: [{ rewrite: {} }] }), {
    key: "eks-istio:apps.checkout.routes[0].rewrite",
    value: {},
    rule: "must have uri, authority or uriRegexRewrite",
    fix: "Say what to rewrite, e.g. {uri: /}.",
  });
  accepts("a rewrite of the host", checkout({ routes: [{ rewrite: { authority: "legacy.example.com" } }] }));

  for (const redirect of [{}, { scheme: "https" }, { redirectCode: 308 }]) {
    refuses(`a redirect to nowhere else, ${JSON.stringify(redirect)}`, checkout({ routes: [{ redirect }] }), {
      key: "eks-istio:apps.checkout.routes[0].redirect",
      value: redirect,
      rule: "must have uri, authority or port, or it would lead back to itself",
      fix: "Say where to, e.g. {uri: /new}.",
    });
  }
  refuses(
    "a redirect to two ports",
    checkout({ routes: [{ redirect: { authority: "new.example.com:8443", port: 9443 } }] }),
    {
      key: "eks-istio:apps.checkout.routes[0].redirect",
      value: { authority: "new.example.com:8443", port: 9443 },
      rule: "must not have a port in authority and another as port: Envoy writes both",
      fix: "Remove one of them.",
    },
  );
  for (const redirect of [
    { authority: "new.example.com" },
    { port: 8443 },
    { authority: "new.example.com:8443" },
    { authority: "new.example.com", port: 8443 },
  ])
    accepts(`a redirect to ${JSON.stringify(redirect)}`, checkout({ routes: [{ redirect }] }));

  refuses(
    "an age of CORS in parts of a second",
    checkout({ routes: [{ corsPolicy: { allowOrigins: [{ exact: "https://example.com" }], maxAge: "1500ms" } }] }),
    {
      key: "eks-istio:apps.checkout.routes[0].corsPolicy.maxAge",
      value: "1500ms",
      rule: "must be whole seconds, as browsers count them",
      fix: 'Write it like "24h".',
    },
  );

  refuses("CORS for no origin", checkout({ routes: [{ corsPolicy: { allowOrigins: [] } }] }), {
    key: "eks-istio:apps.checkout.routes[0].corsPolicy.allowOrigins",
    value: [],
    rule: "must have at least 1 entry",
    fix: "Write 1 entry or more.",
  });
});
