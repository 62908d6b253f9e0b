import assert from "node:assert/strict";
import { stripVTControlCharacters } from "node:util";
import type { Answer } from "../../../cli/ask/answer";
import { answerText } from "../../../cli/ask/text";

function lines(answer: Partial<Answer>): string[] {
  const whole: Answer = { question: "GET /", outcome: "application", backends: [], notes: [], ...answer };
  return stripVTControlCharacters(answerText(whole)).split("\n");
}

const backend = { host: "web.shop.svc.cluster.local", port: 8080, weight: 100 };

describe("an answer for people", () => {
  it("has the question, what it met, where it ends and why", () => {
    assert.deepEqual(
      lines({
        gateway: { name: "default", object: "istio-ingress/wildcard", certificates: [] },
        route: { app: "web", key: "apps.web.routes[1]", name: "api" },
        path: "/cart",
        backends: [
          {
            ...backend,
            version: "v1",
            weight: 90,
            access: { decision: "allowed", reasons: [], rule: "apps.web.access[0]" },
          },
        ],
        timeout: "2s",
        retries: { attempts: 3 },
        notes: ["Something was taken for granted."],
      }),
      [
        "GET /",
        "  gateway       default (istio-ingress/wildcard)",
        "  certificates  given, so that its names are not known",
        "  route         apps.web.routes[1] (api)",
        "  path          /cart",
        "  goes to       web.shop.svc.cluster.local:8080  v1  90 %",
        "  access        let in by apps.web.access[0]",
        "  timeout       2s",
        '  retries       {"attempts":3}',
        "  reaches the application",
        "  Something was taken for granted.",
        "",
      ],
    );
  });

  it("says where a redirect leads", () => {
    assert.deepEqual(lines({ outcome: "redirect", status: 301, location: "https://a.example" }), [
      "GET /",
      "  location  https://a.example",
      "  redirected, 301",
      "",
    ]);
  });

  const accesses: readonly (readonly [Answer["backends"][number]["access"], string])[] = [
    [
      { decision: "refused", status: 401, reasons: ["its token is old"] },
      "  access   refused with 401 (its token is old)",
    ],
    [{ decision: "undecided", reasons: ["opa is asked"] }, "  access   not known (opa is asked)"],
    [
      { decision: "refused", status: 403, reasons: ["no rule"], counted: true },
      "  access   let in; counted as refused (no rule)",
    ],
    [{ decision: "undecided", reasons: [], counted: true }, "  access   let in; counted as not known"],
  ];
  for (const [access, line] of accesses)
    it(`says what access makes of it:${line.slice(9)}`, () => {
      assert.equal(lines({ backends: [{ ...backend, access }] })[2], line);
    });

  const ends: readonly (readonly [Answer["outcome"], string])[] = [
    ["refused", "  refused"],
    ["notFound", "  not found"],
    ["unreachable", "  no answer"],
    ["undecided", "  not known"],
  ];
  for (const [outcome, line] of ends)
    it(`calls ${outcome}${line.slice(1)}`, () => {
      assert.deepEqual(lines({ outcome }), ["GET /", line, ""]);
    });
});
