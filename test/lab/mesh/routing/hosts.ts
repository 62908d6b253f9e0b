import assert from "node:assert/strict";
import { appOf, hasStatus } from "./expect";
import type { Routing } from "./routing";

/** Who is reached at which host. */
export function hosts(routing: () => Routing): void {
  describe("a host, through the gateway", () => {
    for (const [what, host, app] of [
      ["an application's own", "web.example.com", "web-v1"],
      ["another application's", "pair.example.com", "pair-v1"],
      ["the domain itself", "example.com", "web-v1"],
      ["one of two labels that the certificate names", "web.eu.example.com", "web-v1"],
      ["one below a further domain", "web.example.org", "web-v1"],
      ["one with the port in it", "web.example.com:443", "web-v1"],
    ] as const)
      it(`${what} leads to the application`, async () => assert.equal(appOf(await routing().outside(host)), app));

    for (const [what, host] of [
      ["that no application has", "nope.example.com"],
      ["of an application with none", "members.example.com"],
      ["of another domain", "web.example.net"],
      ["that is a service's name", "web.web.svc.cluster.local"],
    ] as const)
      it(`one ${what} gets 404`, async () => hasStatus(await routing().outside(host), 404));
  });

  describe("a service, from inside the mesh", () => {
    it("is reached without a host of its own", async () => {
      assert.equal(appOf(await routing().inside("members")), "members-v1");
      assert.equal(appOf(await routing().inside("points")), "points-v1");
    });

    it("is reached by its short name, too", async () => {
      assert.equal(appOf(await routing().inside("members.web")), "members-v1");
    });
  });
}
