import assert from "node:assert/strict";
import { headersAfter, rewritten, routeOf, type RoutedRequest } from "../../components/routing/evaluate";
import type { Match as PlacedMatch, Route } from "../../components/routing/model";

type Match = Omit<PlacedMatch, "place">;

/** Where a match stands decides nothing. */
const placed = (match: Match): PlacedMatch => ({ ...match, place: [] });

const request: RoutedRequest = {
  method: "GET",
  scheme: "http",
  authority: "shop.example.com",
  path: "/api/cart",
  query: "debug=1&empty=&debug=2",
  headers: { "end-user": "tester", cookie: "a=1; session=x=y; session=z" },
  port: 8080,
  source: { namespace: "shop", labels: { app: "web", version: "v1" } },
};

function route(...matches: readonly Match[]): Route {
  return { matches: matches.map(placed), action: { kind: "forward", backends: [] } };
}

function holds(match: Match, own: Partial<RoutedRequest> = {}): boolean {
  return routeOf([route(match)], { ...request, ...own }) !== undefined;
}

describe("the route of a request", () => {
  it("depends on whether a header is there, and on the scheme that the proxy sees", () => {
    const headers = { "x-empty": "" };
    assert.deepEqual(
      [
        holds({ headers: { "x-empty": {} } }, { headers }),
        holds({ headers: { "x-none": {} } }, { headers }),
        holds({ withoutHeaders: { "x-empty": {} } }, { headers }),
        holds({ withoutHeaders: { "x-none": {} } }, { headers }),
        holds({ withoutHeaders: { "x-none": { regex: ".*" } } }),
        holds({ scheme: { exact: "http" } }),
        holds({ scheme: { exact: "https" } }),
      ],
      [true, false, false, true, false, true, false],
    );
  });

  it("is the first one that takes it, and the alternative that holds", () => {
    const other = { uri: { exact: "/" } };
    const fitting = { uri: { prefix: "/api" } };
    const routes = [route(other), route(other, fitting), route()];
    assert.deepEqual(routeOf(routes, request), { route: routes[1], match: placed(fitting) });
  });

  it("is one without conditions, and without an alternative", () => {
    const routes = [route({ uri: { exact: "/" } }), route()];
    assert.deepEqual(routeOf(routes, request), { route: routes[1] });
  });

  it("is none where none takes it", () => {
    assert.equal(routeOf([route({ uri: { exact: "/" } })], request), undefined);
  });

  const cases: readonly (readonly [string, Match, boolean, Partial<RoutedRequest>?])[] = [
    ["a whole path", { uri: { exact: "/api/cart" } }, true],
    ["a whole path, in its case", { uri: { exact: "/API/cart" } }, false],
    ["a whole path, in any case", { uri: { exact: "/API/cart" }, ignoreUriCase: true }, true],
    ["a path's beginning, in any case", { uri: { prefix: "/API" }, ignoreUriCase: true }, true],
    ["a path's beginning", { uri: { prefix: "/apiary" } }, false],
    ["a pattern of the whole path", { uri: { regex: "/api/.*" } }, true],
    ["a pattern of a part of the path", { uri: { regex: "/api" } }, false],
    ["the method", { method: { exact: "GET" } }, true],
    ["another method", { method: { regex: "PUT|POST" } }, false],
    [
      "the host, with the port that was written",
      { authority: { exact: "shop.example.com" } },
      false,
      { authority: "shop.example.com:80" },
    ],
    ["a header", { headers: { "end-user": { exact: "tester" } } }, true],
    ["a header that isn't there", { headers: { "x-beta": { prefix: "" } } }, false],
    ["no such header", { withoutHeaders: { "x-beta": { prefix: "b" } } }, true],
    ["no such header, with another value", { withoutHeaders: { "end-user": { exact: "guest" } } }, true],
    ["no such header, which is there", { withoutHeaders: { "end-user": { exact: "tester" } } }, false],
    ["a cookie, with all behind its first equals sign", { cookies: { session: { exact: "x=y" } } }, true],
    ["a cookie's second value", { cookies: { session: { exact: "z" } } }, true],
    ["a cookie whose name ends so", { cookies: { ession: { prefix: "" } } }, false],
    ["a cookie without cookies", { cookies: { a: { exact: "1" } } }, false, { headers: {} }],
    ["a parameter's first value", { queryParams: { debug: { exact: "1" } } }, true],
    ["a parameter's second value", { queryParams: { debug: { exact: "2" } } }, false],
    ["an empty parameter", { queryParams: { empty: { exact: "" } } }, true],
    ["a parameter that isn't there", { queryParams: { other: { regex: ".*" } } }, false],
    ["the port", { port: 8080 }, true],
    ["another port", { port: 9090 }, false],
    ["the caller's labels", { sourceLabels: { app: "web", version: "v1" } }, true],
    ["other labels", { sourceLabels: { app: "web", version: "v2" } }, false],
    ["labels of nobody", { sourceLabels: { app: "web" } }, false, { source: undefined }],
    ["the caller's namespace", { sourceNamespace: "shop" }, true],
    ["a namespace of nobody", { sourceNamespace: "shop" }, false, { source: undefined }],
    ["all of its conditions", { method: { exact: "GET" }, uri: { exact: "/" } }, false],
  ];
  for (const [what, match, expected, own] of cases)
    it(`${expected ? "has" : "hasn't"} ${what}`, () => assert.equal(holds(match, own), expected));
});

describe("the path that an application gets", () => {
  const prefix = placed({ uri: { prefix: "/api" } });
  const cases: readonly (readonly [string, Parameters<typeof rewritten>, string])[] = [
    ["is the request's", [{}, prefix, "/api/cart"], "/api/cart"],
    ["has the rewrite in a prefix's place", [{ rewrite: { uri: "/" } }, prefix, "/api/cart"], "//cart"],
    [
      "is the rewrite, for a whole path",
      [{ rewrite: { uri: "/v2" } }, placed({ uri: { exact: "/api" } }), "/api"],
      "/v2",
    ],
    ["is the rewrite, for a pattern", [{ rewrite: { uri: "/v2" } }, placed({ uri: { regex: "/a.*" } }), "/api"], "/v2"],
    [
      "has the rewrite in the place of / where a match says nothing of the path",
      [{ rewrite: { uri: "/" } }, placed({ cookies: { beta: { exact: "1" } } }), "/shop"],
      "/shop",
    ],
    [
      "has the rewrite in the place of / where nothing is matched",
      [{ rewrite: { uri: "/v2/" } }, undefined, "/a"],
      "/v2/a",
    ],
    [
      "has groups of a pattern, and dollars as they are",
      [
        { rewrite: { uriRegexRewrite: { match: "^/api/(\\w+)/(\\w+)", rewrite: "/\\2/\\1/$1" } } },
        prefix,
        "/api/a/b/c",
      ],
      "/b/a/$1/c",
    ],
    [
      "has the whole match of a pattern",
      [{ rewrite: { uriRegexRewrite: { match: "^/api", rewrite: "/v2\\0" } } }, prefix, "/api/cart"],
      "/v2/api/cart",
    ],
    [
      "is the request's where the pattern is nowhere in it",
      [{ rewrite: { uriRegexRewrite: { match: "^/x", rewrite: "/y" } } }, prefix, "/api"],
      "/api",
    ],
  ];
  for (const [what, args, expected] of cases) it(what, () => assert.equal(rewritten(...args), expected));
});

describe("the headers that an application gets", () => {
  it("are the request's", () => {
    assert.deepEqual(headersAfter({}, { a: "1" }), { a: "1" });
  });

  it("are set, added and removed, by names of any case", () => {
    const changes = { request: { set: { "X-Set": "new" }, add: { "X-Add": "2", "X-New": "1" }, remove: ["X-Gone"] } };
    assert.deepEqual(headersAfter({ headers: changes }, { "x-set": "old", "x-add": "1", "x-gone": "1", kept: "1" }), {
      "x-set": "new",
      "x-add": "1,2",
      "x-new": "1",
      kept: "1",
    });
  });

  it("are not those of the answer", () => {
    assert.deepEqual(headersAfter({ headers: { response: { set: { a: "2" } } } }, { a: "1" }), { a: "1" });
  });

  it("have one percent sign for two", () => {
    assert.deepEqual(headersAfter({ headers: { request: { set: { a: "100%%" } } } }, {}), { a: "100%" });
  });
});
