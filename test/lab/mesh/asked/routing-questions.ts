import fc from "fast-check";
import { headers, paths, type Wording } from "./questions";

const methods = fc.constantFrom("GET", "GET", "GET", "POST", "PUT", "PATCH", "DELETE");

/** Names of the applications' Services. */
const services = {
  web: "web.web",
  members: "members.web",
  points: "points.web",
  reviews: "reviews.bookinfo",
  flaky: "flaky.web",
};

const hosts = ["web", "web", "web", "reviews", "reviews", "flaky", "members", "web.eu", "nobody"];

const path = paths(
  [
    "/",
    "/api/members/7?sort=name",
    "/api/members",
    "/api/points",
    "/api/reviews/1",
    "/exact",
    "/item/42",
    "/item/42b",
    "/cASE/x",
    "/API/members",
    "/first/narrow",
    "/second/narrow",
    "/old",
    "/old?a=b",
    "/moved",
    "/moved/a?b=c",
    "/plain",
    "/shop/cart?item=1",
    "/shop/",
    "/shop",
    "/users/anna/orders?from=1",
    "/users/anna/orders/7",
    "/users//orders",
    "/renamed",
    "/way",
    "/port",
    "/export",
    "/guests",
    "/namespace",
    "/labels",
    "/gateway",
    "/closed",
    "/copied",
    "/aborted",
    "/present",
    "/absent",
    "/scheme",
    "/?version=3",
    "/?version=33",
    "/?a=b&version=3",
    "/?version=1&version=3",
    "/?flag=",
    "/?flag",
    "/?flag=x",
    "/?build=1234",
    "/?build=12b",
    "/?ver%73ion=3",
    "/?version=%33",
  ],
  [
    "api",
    "members",
    "item",
    "7",
    "old",
    "moved",
    "shop",
    "users",
    "orders",
    "Case",
    "a;b",
    "%6Fld",
    "exact",
    "..%2Fold",
    "",
  ],
);

const known = headers([
  "end-user: tester",
  "end-user: tester2",
  "End-User: tester",
  "x-prefix: best",
  "x-regex: 42",
  "x-regex: 42b",
  "cookie: beta=1",
  "cookie: beta=1; other=2",
  "cookie: one=0;beta=1",
  "cookie: one=0 ; beta=1",
  "cookie: beta=2; beta=1",
  "cookie: xbeta=1",
  "cookie: beta = 1",
  'cookie: beta="1"',
  "cookie: group=early-birds; c=d",
  "cookie: ring=3; beta=0",
  "cookie: ring=2",
  "authorization: Bearer x",
  "authorization: Basic x",
  "x-token: 1",
  "x-forwarded-proto: https",
]);

/** Questions about routing.yaml. */
export const routingQuestions: fc.Arbitrary<Wording> = fc.oneof(
  fc.record<Wording>({
    method: methods,
    address: fc
      .tuple(fc.constantFrom("https", "https", "https", "https", "http"), fc.constantFrom(...hosts), path)
      .map(([scheme, host, rest]) => `${scheme}://${host}.example.com${rest}`),
    from: fc.constant("198.51.100.9"),
    headers: known,
  }),
  fc.record<Wording>({
    method: methods,
    address: fc
      .tuple(
        fc.constantFrom(...Object.values(services)),
        fc.constantFrom("", ".svc", ".svc.cluster.local"),
        fc.boolean(),
        path,
      )
      .map(([service, end, ported, rest]) => {
        const port = service === services.reviews ? 9080 : service === services.points ? 9090 : 8080;
        return `http://${service}${end}${ported ? `:${port}` : ""}${rest}`;
      }),
    from: fc.constantFrom("caller", "web"),
    headers: known,
  }),
);
