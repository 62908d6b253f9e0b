import assert from "node:assert/strict";
import { ask } from "../../../cli/ask/ask";
import { questionOf } from "../../../cli/ask/question";
import { askedStack } from "../../../cli/ask/stack";
import { settingsOf } from "../../stack";

const stack = askedStack(
  settingsOf(`
eks-istio:apps:
  caller: {namespace: shop, port: 8080, workload: {image: "caller:1"}}
  web:
    host: web
    namespace: shop
    port: 8080
    workload: {image: "web:1"}
    access: [{paths: [/orders, /old, /moved]}]
    routes:
      - {match: [{uri: {exact: /old}}], redirect: {uri: /new}}
      - {match: [{uri: {exact: /moved}}], redirect: {port: 9090}}
      - {match: [{uri: {exact: /implied}}], redirect: {scheme: https, port: 443}}
`),
);

const answer = (text: string) => ask(stack, questionOf(text));

describe("what is asked about a path", () => {
  it("holds for the path that proxies read: without escapes that it doesn't need", () => {
    const { outcome, path } = answer("https://web.example.com/%6Frders");
    assert.deepEqual({ outcome, path }, { outcome: "application", path: "/orders" });
  });

  it("holds for escapes that stay, as they do for a slash", () => {
    assert.equal(answer("https://web.example.com/%2Forders").status, 403);
  });

  it("is the same where the gateway redirects to https", () => {
    assert.equal(answer("http://web.example.com/%6Frders?a=%6F").location, "https://web.example.com/orders?a=%6F");
  });
});

describe("a redirect inside the mesh", () => {
  it("keeps the port that was called", () => {
    assert.equal(answer("http://web.shop:8080/old from caller").location, "http://web.shop:8080/new");
  });

  it("names no port where none was written", () => {
    assert.equal(answer("http://web.shop/old from caller").location, "http://web.shop/new");
  });

  it("leads to the port that its route says", () => {
    assert.equal(answer("http://web.shop:8080/moved from caller").location, "http://web.shop:9090/moved");
  });

  it("names no port that its scheme implies, so that the one that was called stays", () => {
    assert.equal(answer("http://web.shop/implied from caller").location, "https://web.shop/implied");
    assert.equal(answer("http://web.shop:8080/implied from caller").location, "https://web.shop:8080/implied");
  });
});

describe("a redirect from outside", () => {
  it("names no port that its scheme implies", () => {
    assert.equal(answer("https://web.example.com/implied").location, "https://web.example.com/implied");
  });
});
