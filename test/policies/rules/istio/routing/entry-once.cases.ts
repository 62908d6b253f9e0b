import { entryOnce } from "../../../../../policies/rules/istio/routing/entry-once";
import { cases } from "../../../cases";
import { adding } from "../drafts";

const add = adding("ServiceEntry");

export default cases(entryOnce, {
  breaks: {
    "two protocols": {
      change: (stack) => {
        add(stack, { hosts: ["db.example.org"], ports: [{ number: 443, name: "a", protocol: "HTTP" }] });
        add(
          stack,
          { hosts: ["db.example.org"], ports: [{ number: 443, name: "a", protocol: "TLS" }] },
          { name: "second", namespace: "membership" },
        );
      },
      finds: [
        "ServiceEntry bookinfo/own: db.example.org:443 is HTTP here and TLS in ServiceEntry membership/second: proxies take one of them for both. Keep one of them, or narrow exportTo so that no namespace sees both.",
        "ServiceEntry membership/second: db.example.org:443 is TLS here and HTTP in ServiceEntry bookinfo/own: proxies take one of them for both. Keep one of them, or narrow exportTo so that no namespace sees both.",
      ],
    },
    "the same twice": {
      change: (stack) => {
        add(stack, { hosts: ["db.example.org"], ports: [{ number: 443, name: "a", protocol: "TLS" }] });
        add(
          stack,
          { hosts: ["db.example.org"], ports: [{ number: 443, name: "b", protocol: "tls" }] },
          { name: "second" },
        );
      },
      finds: [
        "ServiceEntry bookinfo/own: db.example.org:443 is in ServiceEntry bookinfo/second too: its endpoints come from both. Keep one of them, or narrow exportTo so that no namespace sees both.",
        "ServiceEntry bookinfo/second: db.example.org:443 is in ServiceEntry bookinfo/own too: its endpoints come from both. Keep one of them, or narrow exportTo so that no namespace sees both.",
      ],
    },
  },
  keeps: {
    "one that is written twice, of which another rule tells": (stack) => {
      add(stack, { hosts: ["db.example.org"], ports: [{ number: 443, name: "a", protocol: "HTTP" }] });
      add(stack, { hosts: ["db.example.org"], ports: [{ number: 443, name: "a", protocol: "TLS" }] });
    },
    "two ports": (stack) => {
      add(stack, { hosts: ["db.example.org"], ports: [{ number: 443, name: "a", protocol: "TLS" }] });
      add(
        stack,
        { hosts: ["db.example.org"], ports: [{ number: 8443, name: "a", protocol: "HTTP" }] },
        { name: "second" },
      );
    },
    "two that no namespace sees both of": (stack) => {
      add(stack, { hosts: ["db.example.org"], ports: [{ number: 443, name: "a", protocol: "HTTP" }], exportTo: ["."] });
      add(
        stack,
        { hosts: ["db.example.org"], ports: [{ number: 443, name: "a", protocol: "TLS" }], exportTo: ["."] },
        { namespace: "membership" },
      );
    },
  },
});
