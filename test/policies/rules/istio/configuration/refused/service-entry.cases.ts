import { refused } from "../../../../../../policies/rules/istio/configuration/refused";
import { cases } from "../../../../cases";
import type { Loose } from "../../../../stack";
import { breaks, keeps } from "./drafts";

const entryPort = { number: 80, name: "http", protocol: "HTTP" };

const entry = (own: Loose): Loose => ({ hosts: ["api.example.org"], ports: [entryPort], resolution: "DNS", ...own });

export default cases(refused, {
  breaks: {
    "a ServiceEntry for every host": breaks(
      "ServiceEntry",
      entry({ hosts: ["*"], resolution: "NONE" }),
      'has the host "*"',
      'Write a name, or "*." before one.',
    ),
    "a name among addresses": breaks(
      "ServiceEntry",
      entry({ addresses: ["api.example.org"] }),
      'has the address "api.example.org", which is none',
      "Write e.g. 10.0.0.1 or 10.0.0.0/8.",
    ),
    "endpoints and a selector": breaks(
      "ServiceEntry",
      entry({
        resolution: "STATIC",
        endpoints: [{ address: "10.0.0.1" }],
        workloadSelector: { labels: { app: "details" } },
      }),
      "has endpoints and a workloadSelector",
      "Keep one of them.",
    ),
    "two ports of one number": breaks(
      "ServiceEntry",
      entry({ ports: [entryPort, { ...entryPort, name: "other" }] }),
      "has two ports 80",
      "Give each a name and a number of its own.",
    ),
    "a port's name with an underscore": breaks(
      "ServiceEntry",
      entry({ ports: [{ ...entryPort, name: "http_api" }] }),
      'has the port name "http_api"',
      "Use up to 63 letters, digits and hyphens, no hyphen at either end.",
    ),
    "endpoints that nobody resolves": breaks(
      "ServiceEntry",
      entry({ resolution: "NONE", endpoints: [{ address: "10.0.0.1" }] }),
      "has endpoints and the resolution NONE",
      "Set resolution: STATIC, or DNS.",
    ),
    "a wildcard to look up": breaks(
      "ServiceEntry",
      entry({ hosts: ["*.example.org"] }),
      'has the host "*.example.org", which no name server can look up (resolution DNS)',
      "Name each host, add endpoints, or set resolution: NONE.",
    ),
    "two endpoints where one is asked for": breaks(
      "ServiceEntry",
      entry({
        resolution: "DNS_ROUND_ROBIN",
        endpoints: [{ address: "a.example.org" }, { address: "b.example.org" }],
      }),
      "has 2 endpoints and the resolution DNS_ROUND_ROBIN",
      "Keep one, or set resolution: DNS.",
    ),
    "a range of addresses to look up": breaks(
      "ServiceEntry",
      entry({ addresses: ["10.0.0.0/8"] }),
      "has a range of addresses and the resolution DNS",
      "Set resolution: NONE.",
    ),
    "two hosts on a TCP port": breaks(
      "ServiceEntry",
      entry({
        hosts: ["a.example.org", "b.example.org"],
        addresses: ["10.0.0.1"],
        ports: [{ number: 5432, name: "tcp", protocol: "TCP" }],
      }),
      "has several hosts and a port of protocol TCP, where nothing tells them apart",
      "Write a ServiceEntry for each, or set resolution: NONE.",
    ),
    "a static endpoint with a name": breaks(
      "ServiceEntry",
      entry({ resolution: "STATIC", endpoints: [{ address: "a.example.org" }] }),
      'has the endpoint "a.example.org" and the resolution STATIC',
      "Set resolution: DNS.",
    ),
    "an endpoint for a URL": breaks(
      "ServiceEntry",
      entry({ endpoints: [{ address: "http://a.example.org" }] }),
      'has the endpoint "http://a.example.org"',
      "Write a name or an IP address.",
    ),
    "an endpoint's port of another name": breaks(
      "ServiceEntry",
      entry({ endpoints: [{ address: "a.example.org", ports: { https: 443 } }] }),
      'has an endpoint\'s port "https", which none of its ports is',
      "Use a port's name.",
    ),
    "an entry's protocol that is none": breaks(
      "ServiceEntry",
      entry({ ports: [{ ...entryPort, protocol: "HTTP3" }] }),
      'has the protocol "HTTP3"',
      "Write one of HTTP, HTTPS, HTTP2, GRPC, GRPC-WEB, TLS, TCP, UDP, MONGO, REDIS, MYSQL.",
    ),
    "an endpoint's port that is none": breaks(
      "ServiceEntry",
      entry({ endpoints: [{ address: "a.example.org", ports: { http: 0 } }] }),
      "has the port 0",
      "Write a number from 1 to 65535.",
    ),
  },
  keeps: {
    "a ServiceEntry for a name": keeps("ServiceEntry", entry({ exportTo: ["~"] })),
    "a ServiceEntry for a wildcard": keeps("ServiceEntry", entry({ hosts: ["*.example.org"], resolution: "NONE" })),
    "a ServiceEntry with endpoints": keeps(
      "ServiceEntry",
      entry({ endpoints: [{ address: "a.example.org", ports: { http: 8080 } }, { address: "10.0.0.1" }] }),
    ),
    "a ServiceEntry for a range": keeps("ServiceEntry", entry({ addresses: ["10.0.0.0/8"], resolution: "NONE" })),
  },
});
