import { authzDenyTcp } from "../../../../../policies/rules/istio/security/authz-deny-tcp";
import { cases } from "../../../cases";
import { adding } from "../drafts";

const add = adding("AuthorizationPolicy");

export default cases(authzDenyTcp, {
  breaks: {
    "methods, and a TCP port": {
      change: (stack) => {
        stack.object("Service", "bookinfo", "details").spec.ports.push({ name: "tcp-admin", port: 9000 });
        add(stack, { action: "DENY", rules: [{ to: [{ operation: { methods: ["DELETE"] } }] }] });
      },
      finds: [
        "AuthorizationPolicy bookinfo/own: denies by what only HTTP has and names no ports, so it denies every connection to port 9000 of Service bookinfo/details, which isn't HTTP. Add the HTTP ports' numbers, as the containers have them, to the operation's ports.",
      ],
    },
    "tokens, and a TCP port": {
      change: (stack) => {
        stack.object("Service", "bookinfo", "details").spec.ports.push({ name: "tcp-admin", port: 9000 });
        add(stack, {
          action: "DENY",
          selector: { matchLabels: { app: "details" } },
          rules: [{ from: [{ source: { notRequestPrincipals: ["*"] } }] }],
        });
      },
      finds: [
        "AuthorizationPolicy bookinfo/own: denies by what only HTTP has and names no ports, so it denies every connection to port 9000 of Service bookinfo/details, which isn't HTTP. Add the HTTP ports' numbers, as the containers have them, to the operation's ports.",
      ],
    },
    "a port that says so otherwise": {
      change: (stack) => {
        stack
          .object("Service", "bookinfo", "details")
          .spec.ports.push({ name: "db", port: 3306, appProtocol: "mysql" });
        add(stack, { action: "DENY", rules: [{ to: [{ operation: { paths: ["/admin"] } }] }] });
      },
      finds: [
        "AuthorizationPolicy bookinfo/own: denies by what only HTTP has and names no ports, so it denies every connection to port 3306 of Service bookinfo/details, which isn't HTTP. Add the HTTP ports' numbers, as the containers have them, to the operation's ports.",
      ],
    },
  },
  keeps: {
    ports: (stack) => {
      stack.object("Service", "bookinfo", "details").spec.ports.push({ name: "tcp-admin", port: 9000 });
      add(stack, {
        action: "DENY",
        rules: [
          { to: [{ operation: { methods: ["DELETE"], ports: ["9080"] } }] },
          { to: [{ operation: { paths: ["/a"] } }], when: [{ key: "destination.port", values: ["9080"] }] },
        ],
      });
    },
    "who calls": (stack) => {
      stack.object("Service", "bookinfo", "details").spec.ports.push({ name: "tcp-admin", port: 9000 });
      add(stack, { action: "DENY", rules: [{ from: [{ source: { namespaces: ["a"] } }] }] });
    },
    "HTTP ports only": (stack) => {
      add(stack, { action: "DENY", rules: [{ to: [{ operation: { methods: ["DELETE"] } }] }] });
    },
    "an ALLOW": (stack) => {
      stack.object("Service", "bookinfo", "details").spec.ports.push({ name: "tcp-admin", port: 9000 });
      add(stack, { rules: [{ to: [{ operation: { methods: ["GET"] } }] }] });
    },
  },
});
