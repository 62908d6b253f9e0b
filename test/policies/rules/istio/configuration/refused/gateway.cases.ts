import { refused } from "../../../../../../policies/rules/istio/configuration/refused";
import { cases } from "../../../../cases";
import type { Loose } from "../../../../stack";
import { adding } from "../../drafts";
import { breaks, keeps } from "./drafts";

const port = { number: 80, name: "http", protocol: "HTTP" };

function gateway(...servers: Loose[]): Loose {
  return { selector: { istio: "ingress" }, servers };
}

export default cases(refused, {
  breaks: {
    "a Gateway without servers": breaks("Gateway", gateway(), "has no servers", "Add one, or delete it."),
    "a Gateway's name with a dot in it": {
      change: (stack) => {
        adding("Gateway")(stack, gateway({ port, hosts: ["a.example.com"] }), { name: "wild.card" });
      },
      finds: [
        'Gateway bookinfo/wild.card: has the name "wild.card": istiod refuses it. Use up to 63 letters, digits and hyphens, no hyphen at either end.',
      ],
    },
    "two servers with one port name": breaks(
      "Gateway",
      gateway({ port, hosts: ["a.example.com"] }, { port: { ...port, number: 8080 }, hosts: ["b.example.com"] }),
      'has two servers with the port name "http"',
      "Give each a name of its own.",
    ),
    "a server without hosts": breaks(
      "Gateway",
      gateway({ port, hosts: [] }),
      "has a server without hosts",
      'Name one, or "*".',
    ),
    "a server with a short host": breaks(
      "Gateway",
      gateway({ port, hosts: ["shop"] }),
      'has the host "shop", a short name',
      'Write the full name, e.g. "web.example.com".',
    ),
    "a server with a host in what is no namespace": breaks(
      "Gateway",
      gateway({ port, hosts: ["shop.svc/a.example.com"] }),
      'has the host "shop.svc/a.example.com", whose namespace is none',
      'Write "NAMESPACE/HOST", or the host alone.',
    ),
    "a server with a wildcard in a label": breaks(
      "Gateway",
      gateway({ port, hosts: ["*-shop.example.com"] }),
      'has the host "*-shop.example.com", which is none',
      'Write a name, or "*." before one.',
    ),
    "a server's port that is none": breaks(
      "Gateway",
      gateway({ port: { ...port, number: 0 }, hosts: ["a.example.com"] }),
      "has the port 0",
      "Write a number from 1 to 65535.",
    ),
    "a socket with a port": breaks(
      "Gateway",
      gateway({ port, bind: "unix:///run/a.sock", hosts: ["a.example.com"] }),
      "has a port and the address of a socket",
      "Write number: 0.",
    ),
    "a server's port without a protocol": breaks(
      "Gateway",
      gateway({ port: { ...port, protocol: "" }, hosts: ["a.example.com"] }),
      "has a port without a protocol",
      "Name it.",
    ),
    "a server's port without a name": breaks(
      "Gateway",
      gateway({ port: { ...port, name: "" }, hosts: ["a.example.com"] }),
      "has a port without a name",
      "Give it one.",
    ),
    "a server's protocol that is none": breaks(
      "Gateway",
      gateway({ port: { ...port, protocol: "HTTP3" }, hosts: ["a.example.com"] }),
      'has the protocol "HTTP3"',
      "Write one of HTTP, HTTPS, HTTP2, GRPC, GRPC-WEB, TLS, TCP, UDP, MONGO, REDIS, MYSQL.",
    ),
    "a server's targetPort": breaks(
      "Gateway",
      gateway({ port: { ...port, targetPort: 8080 }, hosts: ["a.example.com"] }),
      "has a targetPort, which means nothing on a Gateway",
      "Take it out.",
    ),
  },
  keeps: {
    "a Gateway on a socket": keeps(
      "Gateway",
      gateway({ port: { ...port, number: 0 }, bind: "unix:///run/a.sock", hosts: ["a.example.com"] }),
    ),
    "a Gateway with hosts in many ways": keeps(
      "Gateway",
      gateway(
        { port, hosts: ["./a.example.com", "*/b.example.com", "shop/*.example.com"] },
        { port: { ...port, number: 8080, name: "other", protocol: "grpc" }, hosts: ["*", "10.1.2.3"] },
      ),
    ),
  },
});
