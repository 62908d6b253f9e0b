import assert from "node:assert/strict";
import { start } from "../support";

describe("npm start -- --ask", function () {
  this.timeout(60_000);

  const answer = {
    question: "https://bookinfo.example.com/ from 203.0.113.9",
    gateway: { name: "default", object: "istio-ingress/wildcard", certificates: ["*.example.com", "example.com"] },
    route: { app: "productpage" },
    outcome: "application",
    backends: [
      {
        host: "productpage.bookinfo.svc.cluster.local",
        port: 9080,
        weight: 100,
        app: "productpage",
        access: { decision: "allowed", reasons: [] },
      },
    ],
    notes: [],
  };

  it("answers with JSON", () => {
    const { status, stdout, stderr } = start(["--json", "--ask", answer.question]);
    assert.deepEqual([status, stderr, JSON.parse(stdout)], [0, "", answer]);
  });

  it("answers with text, and with exit status 0 whatever it says", () => {
    const { status, stdout } = start(["--ask", "https://nobody.example.com/"]);
    assert.equal(
      stdout,
      [
        "https://nobody.example.com/",
        "  gateway       default (istio-ingress/wildcard)",
        "  certificates  *.example.com, example.com",
        "  not found, 404",
        "  No application has this host on the gateway.",
        "",
      ].join("\n"),
    );
    assert.equal(status, 0);
  });

  it("takes headers and claims", () => {
    const { status, stdout } = start([
      "--ask",
      "http://reviews.bookinfo/ from productpage",
      "-H",
      "end-user: tester",
      "--claims",
      "{}",
      "--json",
    ]);
    assert.equal(status, 0);
    assert.deepEqual((JSON.parse(stdout) as { route?: unknown }).route, {
      app: "reviews",
      key: "apps.reviews.routes[0]",
      name: "tester",
    });
  });

  const bad: readonly (readonly [readonly string[], string])[] = [
    [
      ["--claims", "{}"],
      '--claims says more of a question: add --ask, e.g. --ask "POST https://shop.example.com/pay from web".\n',
    ],
    [
      ["--header", "a: b"],
      '--header says more of a question: add --ask, e.g. --ask "POST https://shop.example.com/pay from web".\n',
    ],
    [
      ["--ask", "shop"],
      '--ask shop: write a method, an address and who calls, e.g. "POST https://shop.example.com/pay from web".\n',
    ],
    [
      ["--ask", "http://reviews.bookinfo/ from nobody"],
      "--ask: the stack has no application nobody. It has membership, productpage, details, ratings, reviews; or write internet, an address, namespace NAME or principal NAME.\n",
    ],
    [
      ["--ask", "https://example.com", "--claims", "pay"],
      '--claims pay: write a JSON object, e.g. \'{"scope": "pay"}\'.\n',
    ],
  ];
  for (const [args, message] of bad)
    it(`says in words what is wrong, with exit status 1: ${message.trim()}`, () => {
      assert.deepEqual(start(args), { status: 1, stdout: "", stderr: message });
    });
});
