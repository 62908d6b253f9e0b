import { routeRewrite } from "../../../../../policies/rules/istio/routing/route-rewrite";
import { cases } from "../../../cases";
import type { StackDraft } from "../../../stack";

function rewrite(stack: StackDraft, uri: object, to: string): void {
  const [route] = stack.object("VirtualService", "bookinfo", "reviews").spec.http;
  Object.assign(route, { match: [{ uri }], rewrite: { uri: to } });
}

export default cases(routeRewrite, {
  breaks: {
    "a prefix without a slash that is rewritten to /": {
      change: (stack) => {
        rewrite(stack, { prefix: "/api" }, "/");
      },
      finds: [
        'VirtualService bookinfo/reviews: prefix "/api" is rewritten to "/" as text: /api/users arrives as //users, and /apiusers as /users. Match [{uri: {exact: /api}}, {uri: {prefix: /api/}}] instead.',
      ],
    },
    "a prefix with a slash that is rewritten to a path without": {
      change: (stack) => {
        rewrite(stack, { prefix: "/api/" }, "/v2");
      },
      finds: [
        'VirtualService bookinfo/reviews: prefix "/api/" is rewritten to "/v2" as text: /api/users arrives as /v2users. Rewrite to "/v2/".',
      ],
    },
  },
  keeps: {
    "both with a slash": (stack) => {
      rewrite(stack, { prefix: "/api/" }, "/");
    },
    "both without": (stack) => {
      rewrite(stack, { prefix: "/api" }, "/v2");
    },
    "an exact path": (stack) => {
      rewrite(stack, { exact: "/api" }, "/");
    },
    "every path": (stack) => {
      rewrite(stack, { prefix: "/" }, "/v2");
    },
    "a mesh that makes one slash of two": (stack) => {
      stack.values("istiod").meshConfig.pathNormalization = { normalization: "MERGE_SLASHES" };
      rewrite(stack, { prefix: "/api" }, "/");
    },
  },
});
