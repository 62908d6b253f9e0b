import assert from "node:assert/strict";
import { stripVTControlCharacters } from "node:util";
import { askedStack } from "../../../../cli/ask/stack";
import { accessTable, type AccessCell, type AccessColumn } from "../../../../cli/plan/access/table";
import { accessText } from "../../../../cli/plan/access/text";
import { planOf } from "../../../../cli/plan/plan";
import { planText } from "../../../../cli/plan/text";
import { settingsOf } from "../../../stack";

function textOf(columns: readonly AccessColumn[]): string[] {
  return accessText(columns).map(stripVTControlCharacters);
}

const closed: AccessCell = { decision: "closed", by: "apps.x.access", reason: "no rule lets it in" };

/** An application that lets in another by its own first rule. */
function column(app: string, ...callers: readonly string[]): AccessColumn {
  return {
    app,
    callers: callers.map((caller) => ({ caller, decision: "open", by: `apps.${app}.access[0]` })),
    others: closed,
  };
}

const numbered = (count: number, name: string) => Array.from({ length: count }, (_, index) => `${name}-${index}`);

describe("who may call whom, for people", () => {
  it("has callers beside five applications on a terminal, and their rules below", () => {
    const own = { namespace: "shop", port: 8080 };
    const settings = settingsOf({
      "eks-istio:mesh": {
        access: { default: "deny" },
        providers: { opa: { envoyExtAuthzGrpc: { service: "opa.opa.svc.cluster.local", port: 9191 } } },
      },
      "eks-istio:apps": {
        web: {
          ...own,
          host: "web",
          access: [{ from: [{ gateway: "default" }] }, { action: "DENY", from: [{ ip: "198.51.100.0/24" }] }],
        },
        checkout: {
          ...own,
          jwt: [{ issuer: "https://id.example.org", jwksUri: "https://id.example.org/keys" }],
          access: [
            { from: [{ app: "web" }], methods: ["POST"], paths: ["/pay"], claims: { scope: ["pay"] } },
            { from: [{ namespace: "jobs" }], paths: ["/metrics"], token: false },
          ],
        },
        stock: {
          ...own,
          access: [
            { from: [{ app: "web" }, { app: "checkout" }] },
            { from: [{ principal: "cluster.local/ns/batch/*" }], methods: ["GET"] },
          ],
        },
        ratings: own,
        admin: {
          ...own,
          host: "admin",
          access: [{ from: [{ gateway: "default" }] }, { action: "CUSTOM", provider: "opa", paths: ["/api/*"] }],
        },
      },
    });
    assert.deepEqual(textOf(accessTable(askedStack(settings))), [
      "                         web            checkout  stock   admin",
      "gateway default          open 1, not 2  closed    closed  open 3, asks 4",
      "web                      closed         if 5      open 6  closed",
      "checkout                 closed         closed    open 6  closed",
      "namespace jobs           closed         if 7      closed  closed",
      "principal ns/batch/*     closed         closed    if 8    closed",
      "anyone else in the mesh  closed         closed    closed  closed",
      "  1  apps.web.access[0]",
      "  2  apps.web.access[1]: from 198.51.100.0/24",
      "  3  apps.admin.access[0]",
      "  4  apps.admin.access[1]: /api/*, if opa agrees",
      "  5  apps.checkout.access[0]: POST /pay, with a token, claim scope pay",
      "  6  apps.stock.access[0]",
      "  7  apps.checkout.access[1]: /metrics",
      "  8  apps.stock.access[1]: GET",
      "closed to all (by mesh.access.default): ratings",
    ]);
  });

  it("has as many applications beside each other as there is room for", () => {
    const names = numbered(3, "an-application-with-a-rather-long-name");
    assert.deepEqual(textOf(names.map((name) => column(name, "web"))), [
      "                         an-application-with-a-rather-long-name-0",
      "web                      open 1",
      "anyone else in the mesh  closed",
      "  1  apps.an-application-with-a-rather-long-name-0.access[0]",
      "",
      "                         an-application-with-a-rather-long-name-1",
      "web                      open 2",
      "anyone else in the mesh  closed",
      "  2  apps.an-application-with-a-rather-long-name-1.access[0]",
      "",
      "                         an-application-with-a-rather-long-name-2",
      "web                      open 3",
      "anyone else in the mesh  closed",
      "  3  apps.an-application-with-a-rather-long-name-2.access[0]",
    ]);
  });

  it("has callers with the same cells in one row", () => {
    assert.deepEqual(textOf([column("stock", ...numbered(9, "caller"))]), [
      "                                         stock",
      "caller-0, caller-1, caller-2 and 6 more  open 1",
      "anyone else in the mesh                  closed",
      "  1  apps.stock.access[0]",
    ]);
  });

  it("is cut at twenty applications and twenty callers, and says how many it left out", () => {
    const lines = textOf([
      {
        ...column("first"),
        callers: numbered(30, "by").map((caller) => ({
          caller,
          decision: "open",
          by: `apps.first.access[${caller.slice(3)}]`,
        })),
      },
      ...numbered(29, "app").map((name) => column(name, "web")),
    ]);
    assert.deepEqual(
      lines.filter((line) => line.startsWith("and ")),
      [
        "and 12 more callers; npm start --silent -- --json has them all",
        "and 10 more applications; npm start --silent -- --json has them all",
      ],
    );
  });

  it("has applications that treat all alike in a line", () => {
    const all: AccessCell = { decision: "closed", by: "mesh.access.default", reason: "none" };
    const columns = numbered(40, "app").map((app): AccessColumn => ({ app, callers: [], others: all }));
    const token: AccessCell = {
      decision: "conditional",
      except: [{ rule: "apps.pay.jwt", conditions: { token: false } }],
    };
    assert.deepEqual(textOf([...columns, { app: "pay", callers: [], others: token }]), [
      "closed to all (by mesh.access.default): app-0, app-1, app-2, app-3, app-4, app-5 and 34 more",
      "open to all, but not apps.pay.jwt: without a token: pay",
    ]);
  });

  it("says that a dry run refuses nothing", () => {
    assert.deepEqual(
      textOf([{ app: "web", callers: [], others: { ...closed, by: "mesh.access.default", counted: true } }]),
      [
        "closed to all (by mesh.access.default): web",
        "A dry run: what is not open here is let in as well, and counted.",
      ],
    );
  });

  it("stands in a plan that has it, and in no other", () => {
    const plan = planOf("shop", "dev", "eu-west-1", []);
    assert.ok(!planText(plan).includes("Who may call whom"));
    const text = stripVTControlCharacters(planText({ ...plan, access: [column("stock", "web")] }));
    assert.ok(
      text.includes("\n\nWho may call whom\n                           stock\n  web                      open 1\n"),
    );
  });
});
