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
    "a slip, and a wildcard in the middle": {
      change: (stack) => {
        add(stack, { rules: [{ to: [{ operation: { methods: ["DELTE", "P*T", "*ETT"] } }] }] });
      },
      severity: "advisory",
      finds: [
        'AuthorizationPolicy bookinfo/own: "DELTE" is no known method of HTTP: unless an application has made it up, the rule never matches. Did you mean DELETE? Write methods such as GET and POST; a wildcard is the first or the last character.',
        'AuthorizationPolicy bookinfo/own: "P*T" is no known method of HTTP: unless an application has made it up, the rule never matches. Did you mean PUT? Write methods such as GET and POST; a wildcard is the first or the last character.',
        'AuthorizationPolicy bookinfo/own: "*ETT" is no known method of HTTP: unless an application has made it up, the rule never matches. Write methods such as GET and POST; a wildcard is the first or the last character.',
      ],
    },
    "small letters before a wildcard": {
      change: (stack) => {
        add(stack, { rules: [{ to: [{ operation: { methods: ["p*"] } }] }] });
      },
      finds: [
        'AuthorizationPolicy bookinfo/own: no request has the method "p*", since capitals count: the rule never matches. Write "P*".',
      ],
    },
  },
  keeps: {
    "capitals and wildcards": (stack) => {
      add(stack, { rules: [{ to: [{ operation: { methods: ["GET", "P*", "*ET", "*", "PROPFIND"] } }] }] });
    },
    "another condition": (stack) => {
      add(stack, { rules: [{ when: [{ key: "request.headers[x]", values: ["get"] }] }] });
    },
  },
});
