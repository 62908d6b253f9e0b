import fc from "fast-check";
import { one, several, some } from "./words";

/** An application whose pods are there, as generated stacks may route to it. */
export interface Target {
  readonly name: string;
  readonly namespace: string;
  readonly versions: readonly string[];
}

const text = (exact: readonly string[], prefixes: readonly string[], regexes: readonly string[]) =>
  fc.oneof(
    { weight: 3, arbitrary: one(...exact).map((value) => ({ exact: value })) },
    { weight: 2, arbitrary: one(...prefixes).map((value) => ({ prefix: value })) },
    { weight: 1, arbitrary: one(...regexes).map((value) => ({ regex: value })) },
  );

const uri = text(
  ["/", "/a", "/a/b", "/shop", "/shop/cart", "/api/items", "/pay", "/old", "/item/7"],
  ["/a", "/a/", "/shop", "/shop/", "/api", "/item", "/users/"],
  ["/item/[0-9]+", "/a.*", "/(shop|api)/.+", "/users/[^/]+/orders"],
);

const headerTexts = {
  "x-version": text(["v1", "v2"], ["v"], ["v[0-9]"]),
  "end-user": text(["tester"], ["test"], ["[a-z]+"]),
};

/** One or two conditions, and often a path; what holds for one way in only is rare. */
function match(callers: readonly string[]): fc.Arbitrary<object> {
  const others = {
    method: text(["POST", "DELETE"], ["P"], ["PUT|PATCH"]),
    authority: text(
      ["orders.shop", "tool.tools.svc.cluster.local", "orders.example.com"],
      ["orders", "office"],
      [".*[.]example[.]com", "stock.*"],
    ),
    headers: some(headerTexts, 1, 2),
    withoutHeaders: some(
      { ...headerTexts, authorization: one({ exact: "Basic x" }, { prefix: "Basic" }, { prefix: "Bearer" }) },
      1,
      1,
    ),
    cookies: some({ beta: text(["1"], ["1"], ["[0-9]"]) }, 1, 1),
    queryParams: some(
      { q: one({ exact: "1" }, { exact: "" }, { regex: "[0-9]+" }), kind: one({ exact: "new" }) },
      1,
      2,
    ),
    port: one(443, 8080, 9090),
    sourceLabels: one(...callers).map((app) => ({ app })),
    sourceNamespace: one("shop", "tools"),
    gateways: one(["ingress"], ["mesh"], ["ingress", "mesh"]),
  };
  const withPath = fc
    .record({ uri, ignoreUriCase: fc.boolean(), more: some(others, 0, 2) })
    .map(({ uri: path, ignoreUriCase, more }) => ({
      uri: path,
      ...(ignoreUriCase && !("regex" in path) && { ignoreUriCase }),
      ...more,
    }));
  return fc.oneof({ weight: 4, arbitrary: withPath }, { weight: 1, arbitrary: some(others, 1, 2) });
}

/** Shares of so many destinations. */
function weights(count: number): fc.Arbitrary<readonly number[]> {
  return fc
    .array(fc.integer({ min: 0, max: 10 }), { minLength: count - 1, maxLength: count - 1 })
    .map((tens) => tens.map((ten) => Math.floor((ten * 10) / (count - 1))))
    .map((first) => [...first, 100 - first.reduce((sum, each) => sum + each, 0)]);
}

function destinations(own: Target, others: readonly Target[]): fc.Arbitrary<unknown> {
  const away = others.flatMap(({ name, namespace, versions }) => [
    { service: name, namespace },
    ...versions.map((version) => ({ service: name, namespace, version })),
  ]);
  const all = [...own.versions.map((version) => ({ version })), ...away];
  const shared = several(all, 2, 3).chain((chosen) =>
    weights(chosen.length).map((shares) => chosen.map((each, index) => ({ ...each, weight: shares[index] ?? 0 }))),
  );
  return fc.oneof(one<unknown>(...own.versions, ...away), one<unknown>(...away), shared);
}

const redirect = some(
  { uri: one("/new", "/a"), authority: one("shop.example.com", "new.example.com:8443"), port: one(8443, 443) },
  1,
  2,
).chain((to) =>
  some({ scheme: one("http", "https"), redirectCode: one(302, 303, 307, 308) }, 0, 2).map((more) => ({
    ...to,
    ...more,
  })),
);

const rewrite = fc.oneof(
  one("/", "/to", "/to/").map((path) => ({ uri: path })),
  one("inside.example.net").map((authority) => ({ authority })),
  fc.constant({ uriRegexRewrite: { match: "^/users/([^/]+)/orders", rewrite: "/orders/\\1" } }),
  fc.constant({ uriRegexRewrite: { match: "[0-9]", rewrite: "n" } }),
);

/** What changes conditions of the application's rules. */
export const headerChanges = one(
  { request: { set: { "x-purpose": "order-1" } } },
  { request: { add: { "x-purpose": "other" } } },
  { request: { remove: ["x-purpose"] }, response: { set: { "x-served": "yes" } } },
);

function action(own: Target, others: readonly Target[]): fc.Arbitrary<object> {
  const forward = some(
    {
      to: destinations(own, others),
      rewrite,
      headers: headerChanges,
      timeout: one("10s"),
      retries: one({ attempts: 0 }, { attempts: 2, retryOn: ["connect-failure"] }),
    },
    0,
    2,
  );
  return fc.oneof(
    { weight: 4, arbitrary: forward },
    { weight: 1, arbitrary: redirect.map((to) => ({ redirect: to })) },
  );
}

/** Routes of an application, each with a name by which a proxy's dump is read. */
export function routes(own: Target, others: readonly Target[], callers: readonly string[]): fc.Arbitrary<object[]> {
  const route = fc
    .record({ match: fc.array(match(callers), { minLength: 1, maxLength: 2 }), action: action(own, others) })
    .map(({ match: alternatives, action: does }) => ({ match: alternatives, ...does }));
  return fc
    .array(route, { maxLength: 5 })
    .map((list) => list.map((each, index) => ({ name: `${own.name}-${index}`, ...each })));
}

/** Versions with weights that add up to 100. */
export function versions(names: readonly string[]): fc.Arbitrary<Record<string, { weight: number }>> {
  return weights(names.length).map((shares) =>
    Object.fromEntries(names.map((name, index) => [name, { weight: shares[index] ?? 0 }])),
  );
}
