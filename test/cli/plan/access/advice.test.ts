import assert from "node:assert/strict";
import { stripVTControlCharacters } from "node:util";
import { askedStack } from "../../../../cli/ask/stack";
import { accessAdvice } from "../../../../cli/plan/access/advice";
import { planOf } from "../../../../cli/plan/plan";
import { planText } from "../../../../cli/plan/text";
import { settingsOf } from "../../../stack";

const own = { namespace: "shop", port: 8080 };
const byWeb = { ...own, access: [{ from: [{ app: "web" }] }] };

function adviceOn(apps: object) {
  return accessAdvice(askedStack(settingsOf({ "eks-istio:apps": apps })));
}

const unlisted = {
  key: "apps.stock.access[0].from[0].app",
  message:
    "lets web in, and apps.web.calls doesn't list stock: its sidecars don't know where to go, or show nobody who they are.",
  fix: "Add stock to apps.web.calls, or take the caller out of the rule.",
};

describe("advice on access", () => {
  it("names a rule for a caller that doesn't list the call", () => {
    assert.deepEqual(adviceOn({ web: { ...own, calls: [] }, stock: byWeb }), [unlisted]);
  });

  for (const [name, apps] of Object.entries({
    "a caller that says nothing of its calls": { web: own, stock: byWeb },
    "a caller that lists the application": { web: { ...own, calls: ["stock"] }, stock: byWeb },
    "a caller that lists its Service": { web: { ...own, calls: [{ service: "stock" }] }, stock: byWeb },
    "a caller that lists an application with a route to it": {
      web: { ...own, calls: ["shelf"] },
      shelf: { ...own, routes: [{ match: [{ uri: { prefix: "/stock" } }], to: { service: "stock" } }] },
      stock: byWeb,
    },
    "a rule that refuses the caller": {
      web: { ...own, calls: [] },
      stock: { ...own, access: [{ action: "DENY", from: [{ app: "web" }] }] },
    },
    "a route of an application without rules": {
      web: { ...own, routes: [{ match: [{ uri: { prefix: "/old" } }], to: { service: "legacy" } }] },
    },
    "a route to another application": {
      web: { ...own, routes: [{ match: [{ uri: { prefix: "/stock" } }], to: { service: "stock" } }], access: [{}] },
      stock: own,
    },
  }))
    it(`has nothing on ${name}`, () => {
      assert.deepEqual(adviceOn(apps), []);
    });

  it("names a route that leads to where the rules don't hold, once for gateway and mesh", () => {
    const routes = [{ match: [{ uri: { prefix: "/old" } }], to: { service: "legacy", namespace: "old" } }];
    const access = [{ from: [{ gateway: "default" }] }];
    assert.deepEqual(adviceOn({ web: { ...own, host: "web", routes, access } }), [
      {
        key: "apps.web.routes[0]",
        message:
          "leads to legacy.old.svc.cluster.local, which is no application of this stack: access of web doesn't hold there.",
        fix: "Make it an application with rules of its own, or see that its owners have some.",
      },
    ]);
  });

  it("stands among the findings of a plan", () => {
    const plan = { ...planOf("shop", "dev", "eu-west-1", []), advice: [unlisted] };
    assert.ok(
      stripVTControlCharacters(planText(plan)).endsWith(
        `\nFindings\n  advisory: ${unlisted.key} ${unlisted.message} ${unlisted.fix}\n`,
      ),
    );
  });
});
