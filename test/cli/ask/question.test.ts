import assert from "node:assert/strict";
import { QuestionError, questionOf } from "../../../cli/ask/question";

describe("a question", () => {
  it("has method, address and caller", () => {
    const { url, ...rest } = questionOf(" POST https://shop.example.com/pay?now=1 from web ");
    assert.deepEqual(rest, {
      text: "POST https://shop.example.com/pay?now=1 from web",
      method: "POST",
      asker: { kind: "app", name: "web" },
      headers: {},
    });
    assert.equal(url.href, "https://shop.example.com/pay?now=1");
  });

  it("is a GET of somebody on the internet where it says no more", () => {
    const { method, asker } = questionOf("https://shop.example.com");
    assert.deepEqual([method, asker], ["GET", { kind: "internet" }]);
  });

  it("writes the method in capitals", () => {
    assert.equal(questionOf("put https://shop.example.com").method, "PUT");
  });

  const callers: readonly (readonly [string, object])[] = [
    ["internet", { kind: "internet" }],
    ["internet 203.0.113.9", { kind: "internet", address: "203.0.113.9" }],
    ["203.0.113.9", { kind: "internet", address: "203.0.113.9" }],
    ["web", { kind: "app", name: "web" }],
    ["app internet", { kind: "app", name: "internet" }],
    ["namespace jobs", { kind: "namespace", name: "jobs" }],
    ["principal cluster.local/ns/jobs/sa/report", { kind: "principal", name: "cluster.local/ns/jobs/sa/report" }],
    ["cluster.local/ns/jobs/sa/report", { kind: "principal", name: "cluster.local/ns/jobs/sa/report" }],
  ];
  for (const [caller, expected] of callers)
    it(`comes from ${caller}`, () => {
      assert.deepEqual(questionOf(`https://shop.example.com from ${caller}`).asker, expected);
    });

  it("has headers by their lowercase names, and what stands behind the first colon", () => {
    assert.deepEqual(
      questionOf("https://shop.example.com", ["End-User: tester", "x-url:http://a", "x-empty:"]).headers,
      {
        "end-user": "tester",
        "x-url": "http://a",
        "x-empty": "",
      },
    );
  });

  it("has claims of a token, or no token", () => {
    assert.deepEqual(questionOf("https://shop.example.com", [], '{"scope": "pay"}').claims, { scope: "pay" });
    assert.equal("claims" in questionOf("https://shop.example.com"), false);
  });

  const bad: readonly (readonly [string, string, (readonly string[])?, string?])[] = [
    [
      "shop.example.com",
      '--ask shop.example.com: write a method, an address and who calls, e.g. "POST https://shop.example.com/pay from web".',
    ],
    [
      "https://shop.example.com to web",
      '--ask https://shop.example.com to web: write a method, an address and who calls, e.g. "POST https://shop.example.com/pay from web".',
    ],
    [
      "ftp://shop.example.com",
      "--ask: ftp://shop.example.com is no address of HTTP. Write one that begins with http:// or https://.",
    ],
    [
      "https://shop:x/",
      "--ask: https://shop:x/ is no address of HTTP. Write one that begins with http:// or https://.",
    ],
    ["https://shop.example.com from app", '--ask: "from app" needs a name behind it.'],
    [
      "https://shop.example.com from my web",
      '--ask: "from my web" is no caller. Write internet, an address, an application, namespace NAME or principal NAME.',
    ],
    ["https://shop.example.com from 203.0.113.300", "--ask: 203.0.113.300 is no IPv4 address."],
    ["https://shop.example.com from internet nearby", "--ask: nearby is no IPv4 address."],
    ["https://shop.example.com", '--header end-user=tester: write it like "end-user: tester".', ["end-user=tester"]],
    ["https://shop.example.com", '--claims scope: write a JSON object, e.g. \'{"scope": "pay"}\'.', [], "scope"],
    ["https://shop.example.com", '--claims [1]: write a JSON object, e.g. \'{"scope": "pay"}\'.', [], "[1]"],
  ];
  for (const [question, message, headers, claims] of bad)
    it(`says what to write instead: ${message}`, () => {
      assert.throws(
        () => questionOf(question, headers, claims),
        (error) => error instanceof QuestionError && error.message === message,
      );
    });
});
