import fc from "fast-check";
import { questionOf, type Question } from "../../../../cli/ask/question";
import { headers, paths, type Wording } from "./questions";
import { member } from "../access/tokens";

const methods = fc.constantFrom("GET", "GET", "GET", "POST", "PUT", "DELETE", "OPTIONS");

const path = paths(
  [
    "/",
    "/orders",
    "/orders/7",
    "/orders/internal",
    "/ORDERS",
    "/orders?a=/orders",
    "//orders",
    "/users/7/orders",
    "/users//orders",
    "/users/7/8/orders",
    "/files/last",
    "/files/a/b/last",
    "/stock/7",
    "/metrics",
    "/pay",
    "/members",
    "/members/7",
    "/admin",
    "/public",
    "/public/7",
    "/a/health",
    "/health",
  ],
  ["orders", "internal", "users", "7", "health", "files", "last", "%6Frders", "orders%2Finternal", "a;b", ""],
);

const claims: fc.Arbitrary<Wording["claims"]> = fc.oneof(
  { weight: 2, arbitrary: fc.constant(undefined) },
  {
    weight: 3,
    arbitrary: fc.record({
      iss: fc.constantFrom(member.iss, member.iss, member.iss, "https://other.example.org"),
      aud: fc.constantFrom<string | string[]>("members", "members", ["others", "members"], "others"),
      sub: fc.constantFrom("somebody", "nobody"),
      scope: fc.constantFrom<string | string[]>("read admin", "admin", ["admin"], "administrator", "read"),
      address: fc.constantFrom<object>({ city: "Busan" }, { city: ["Seoul", "Busan"] }, { city: "Seoul" }, {}),
    }),
  },
);

const outside = fc.record<Wording>({
  method: methods,
  address: fc
    .tuple(
      fc.constantFrom("https", "https", "https", "https", "https", "http"),
      fc.constantFrom("orders", "orders", "orders", "office", "members", "members", "members", "tool", "nobody"),
      path,
    )
    .map(([scheme, host, rest]) => `${scheme}://${host}.example.com${rest}`),
  from: fc.constantFrom("203.0.113.7", "203.0.113.66", "198.51.100.9", "internet 203.0.113.200"),
  headers: headers(["x-version: v2", "x-forwarded-for: 203.0.113.7", "x-forwarded-for: 203.0.113.66"]),
  claims,
});

/** Names of the Services that a caller of another application asks for. */
const services = [
  "orders.shop",
  "orders.shop.svc.cluster.local:8080",
  "orders.shop:8080",
  "stock.shop.svc.cluster.local",
  "stock.shop:9090",
  "office.shop",
  "members.shop.svc.cluster.local:8080",
  "members.shop",
  "tool.tools",
  "stranger.shop",
  "caller.shop",
  "outsider.bare",
];

const inside = fc
  .record<Wording>({
    method: methods,
    address: fc.tuple(fc.constantFrom(...services), path).map(([service, rest]) => `http://${service}${rest}`),
    from: fc.constantFrom("caller", "caller", "scoped", "stranger", "tool", "namespace tools", "outsider"),
    headers: headers([
      "x-version: v2",
      "x-purpose: order-1",
      "x-purpose: other",
      "x-forwarded-for: 203.0.113.7",
      "x-forwarded-for: 10.0.0.1, 203.0.113.66",
    ]),
    claims,
  })
  // A pod that calls itself doesn't pass the same way.
  .filter(({ from, address }) => !address.startsWith(`http://${from.replace(/^namespace tools$/, "tool")}.`));

/** Questions about access.yaml. */
export const accessQuestions: fc.Arbitrary<Wording> = fc.oneof(outside, inside);

/** A path with each character that may stand in one, as it is and escaped. */
export const everyCharacter: readonly Question[] = Array.from({ length: 94 }, (_, index) => 33 + index)
  .flatMap((code) => [String.fromCharCode(code), `%${code.toString(16)}`])
  // These end a path.
  .filter((text) => text !== "?" && text !== "#")
  .map((text) => questionOf(`GET https://tool.example.com/x${text}y from 203.0.113.7`));
