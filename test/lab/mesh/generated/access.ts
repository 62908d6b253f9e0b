import fc from "fast-check";
import { keySet } from "../access/tokens";
import { blocks, issuers, maybe, one, several, some } from "./words";

const gateways = ["default", "internal"] as const;

/** A caller; an address stands for itself, or with a gateway. */
function source(callers: readonly string[]): fc.Arbitrary<object> {
  return fc.oneof(
    one(...callers).map((app) => ({ app })),
    one(...gateways).map((gateway) => ({ gateway })),
    one("shop", "tools", "istio-ingress").map((namespace) => ({ namespace })),
    one("cluster.local/ns/shop/sa/caller", "cluster.local/ns/tools/*", "*/sa/stranger", "*").map((principal) => ({
      principal,
    })),
    several(blocks, 1, 2).map((ip) => ({ ip })),
    fc.tuple(one(...gateways), one(...blocks)).map(([gateway, ip]) => ({ gateway, ip })),
  );
}

const operation = some(
  {
    methods: one(["GET", "HEAD"], ["POST"], ["*"], ["GET", "PUT", "DELETE"]),
    paths: several(
      ["/a*", "/shop/cart", "/api/*", "*/health", "/users/{*}/orders", "/users/{**}/orders", "/pay", "*"],
      1,
      3,
    ),
    ports: one([8080], [3000], [9000, 8080]),
  },
  0,
  2,
);

const when = one(
  [{ key: "request.headers[x-purpose]", values: ["order*"] }],
  [{ key: "request.headers[x-purpose]", notValues: ["other"] }],
  [{ key: "source.namespace", values: ["shop"] }],
  [{ key: "source.serviceAccount", values: ["tools/tool", "caller"] }],
  [{ key: "source.principal", notValues: ["cluster.local/ns/shop/sa/stranger"] }],
  [{ key: "destination.port", values: ["8080"] }],
  [{ key: "request.auth.claims[scope]", values: ["admin"] }],
  [{ key: "request.auth.audiences", values: ["others"] }],
);

const claims = one(
  { scope: ["admin"] },
  { scope: ["read", "write*"] },
  { address: { city: ["Busan"] } },
  { scope: ["read"], address: { city: ["*"] } },
);

function rule(callers: readonly string[], tokens: boolean): fc.Arbitrary<object> {
  return fc
    .record({
      action: one("ALLOW", "ALLOW", "ALLOW", "DENY", "AUDIT"),
      from: maybe(fc.array(source(callers), { minLength: 1, maxLength: 2 }), 7),
      operation,
      when: maybe(when, 3),
      claims: maybe(claims, 4),
      open: fc.boolean(),
    })
    .filter(
      ({ action, from, operation: { ...asked }, when: conditions }) =>
        // One that refuses all leaves nothing to ask about.
        action !== "DENY" || from !== undefined || Object.keys(asked).length > 0 || conditions !== undefined,
    )
    .map(({ from, operation: asked, when: conditions, claims: said, open, action }) => ({
      action,
      ...(from && { from }),
      ...asked,
      ...(conditions && { when: conditions }),
      ...(tokens && said && { claims: said }),
      ...(tokens && !said && open && action === "ALLOW" && { token: false }),
    }));
}

/** Issuers whose tokens an application takes. */
export const jwt = maybe(
  several(issuers, 1, 2).chain((chosen) =>
    fc.tuple(
      ...chosen.map((issuer) =>
        maybe(one(["members"], ["members", "others"]), 6).map((audiences) => ({
          issuer,
          ...(audiences && { audiences }),
          jwks: keySet,
        })),
      ),
    ),
  ),
  3,
);

/** Lets in what comes through the gateways: without it, an application of a closed mesh has no public names. */
const throughGateways = fc
  .tuple(operation, fc.boolean())
  .map(([asked, whole]) => ({ from: gateways.map((gateway) => ({ gateway })), ...(whole ? {} : asked) }));

/**
 * Rules of an application.
 *
 * @param callers names of applications whose pods show who they are
 * @param tokens whether it takes tokens
 */
export function access(callers: readonly string[], tokens: boolean): fc.Arbitrary<object[] | undefined> {
  const rules = fc.array(rule(callers, tokens), { minLength: 1, maxLength: 4 });
  return maybe(
    fc.tuple(maybe(throughGateways, 6), rules).map(([wide, own]) => [...(wide ? [wide] : []), ...own]),
    8,
  );
}
