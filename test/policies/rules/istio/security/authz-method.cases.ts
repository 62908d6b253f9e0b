import { authzMethod } from "../../../../../policies/rules/istio/security/authz-method";
import { cases } from "../../../cases";
import { adding } from "../drafts";

const add = adding("AuthorizationPolicy");

export default cases(authzMethod, {
  breaks: {
    "small letters": {
      change: (stack) => {
        add(stack, { rules: [{ to: [{ operation: { methods: ["GET", "post"] } }] }] });
      },
      finds: [
        'AuthorizationPolicy bookinfo/own: no request has the method "post", since capitals count: the rule never matches. Write "POST".',
      ],
    },
    "a gRPC method": {
      change: (stack) => {
        add(stack, { rules: [{ to: [{ operation: { notMethods: ["/shop.Orders/List"] } }] }] });
      },
      finds: [
        'AuthorizationPolicy bookinfo/own: method "/shop.Orders/List" is none of HTTP: a gRPC request is always a POST, and the rule never matches. Write it under paths: "/shop.Orders/List".',
      ],
    },
    "a condition": {
      change: (stack) => {
        add(stack, { rules: [{ when: [{ key: "request.method", values: ["get"] }] }] });
      },
      finds: [
        'AuthorizationPolicy bookinfo/own: no request has the method "get", since capitals count: the rule never matches. Write "GET".',
      ],
    },
  },
  keeps: {
    "capitals and wildcards": (stack) => {
      add(stack, { rules: [{ to: [{ operation: { methods: ["GET", "P*", "*", "PROPFIND"] } }] }] });
    },
    "another condition": (stack) => {
      add(stack, { rules: [{ when: [{ key: "request.headers[x]", values: ["get"] }] }] });
    },
  },
});
