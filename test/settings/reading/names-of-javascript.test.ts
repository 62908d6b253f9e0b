import assert from "node:assert/strict";
import { problemsOf } from "../../stack";

describe("a name that every object of JavaScript has already", () => {
  const rule = "is a name that every object of JavaScript has already, and is lost on the way to the engine";

  it("is refused for an application, which would be lost silently", () => {
    const apps = JSON.parse('{"__proto__": {"namespace": "shop", "port": 80}}') as unknown;
    assert.deepEqual(problemsOf({ "eks-istio:apps": apps }), [
      { key: "eks-istio:apps.__proto__", value: "__proto__", rule, fix: "Use another name." },
    ]);
  });

  it("is refused for a tag, which Pulumi would trip over", () => {
    assert.deepEqual(problemsOf({ "eks-istio:tags": { toString: "x" } }), [
      { key: "eks-istio:tags.toString", value: "toString", rule, fix: "Use another name." },
    ]);
  });

  it("is refused for the provider's own tags, too", () => {
    assert.deepEqual(problemsOf({ "aws:defaultTags": { tags: { constructor: "x" } } }), [
      { key: "aws:defaultTags.tags.constructor", value: "constructor", rule, fix: "Use another name." },
    ]);
  });
});
