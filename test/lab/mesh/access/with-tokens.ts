import assert from "node:assert/strict";
import { headerOf, hasStatus } from "../routing/expect";
import type { Access } from "./access";
import { bearer, foreignKey, member } from "./tokens";

type Headers = Readonly<Record<string, string>>;

const outside = "GET https://members.example.com/members";
const admin = "GET https://members.example.com/admin";

/** What becomes of a request with a token, or without one. */
const table: readonly (readonly [what: string, request: string, headers: () => Headers, status: number])[] = [
  ["no token", outside, () => ({}), 403],
  ["a valid token", outside, () => bearer(member), 200],
  ["a token of another issuer", outside, () => bearer({ ...member, iss: "https://other.example.org" }), 401],
  ["a token that has expired", outside, () => bearer({ ...member, exp: 1_700_000_000 }), 401],
  ["a token that isn't valid yet", outside, () => bearer({ ...member, nbf: 4_000_000_000 }), 401],
  ["a token that somebody else signed", outside, () => bearer(member, foreignKey), 401],
  ["what is no token", outside, () => ({ authorization: "Bearer x.y.z" }), 401],
  ["a token for somebody else", outside, () => bearer({ ...member, aud: "others" }), 403],
  ["a token for several", outside, () => bearer({ ...member, aud: ["others", "members"] }), 200],
  ["a token of nobody", outside, () => bearer({ ...member, sub: undefined }), 403],
  ["the right caller, and a token", "GET http://members.shop/members from caller", () => bearer(member), 200],
  ["the right caller, and no token", "GET http://members.shop/members from caller", () => ({}), 403],
  ["the wrong caller, and a token", "GET http://members.shop/members from stranger", () => bearer(member), 403],
  ["a path for which none is needed, and none", "GET https://members.example.com/public", () => ({}), 200],
  [
    "a path for which none is needed, and an invalid one",
    "GET https://members.example.com/public",
    () => bearer(member, foreignKey),
    401,
  ],
  [
    "the claims that a rule asks for",
    admin,
    () => bearer({ ...member, scope: "read admin", address: { city: ["Busan"] } }),
    200,
  ],
  ["one of two claims", admin, () => bearer({ ...member, scope: "read admin" }), 403],
  [
    "another value of a claim",
    admin,
    () => bearer({ ...member, scope: "administrator", address: { city: "Busan" } }),
    403,
  ],
];

export function withTokens(access: () => Access): void {
  describe("an application that takes tokens", () => {
    for (const [what, request, headers, status] of table)
      it(`answers ${what} with ${status}`, async () => hasStatus(await access().send(request, headers()), status));

    it("is told a claim in a header, whatever the client writes there", async () => {
      const answer = await access().send(outside, { ...bearer(member), "x-user": "admin" });
      assert.equal(headerOf(answer, "x-user"), "somebody");
    });

    it("isn't given the token itself", async () => {
      assert.equal(headerOf(await access().send(outside, bearer(member)), "authorization"), undefined);
    });

    it("is told no claim without a token, whatever the client writes there", async () => {
      const answer = await access().send("GET https://members.example.com/public", { "x-user": "admin" });
      assert.equal(headerOf(answer, "x-user"), undefined);
    });
  });
}
