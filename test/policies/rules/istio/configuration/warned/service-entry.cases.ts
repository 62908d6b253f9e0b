import { warned } from "../../../../../../policies/rules/istio/configuration/warned";
import { cases } from "../../../../cases";
import { breaks, keeps } from "./drafts";

const tls = { number: 443, name: "tls", protocol: "TLS" };
const http = { number: 80, name: "http", protocol: "HTTP" };
const host = { hosts: ["api.example.org"], ports: [tls] };

export default cases(warned, {
  breaks: {
    "a wildcard for part of a name": breaks(
      "ServiceEntry",
      { hosts: ["*-api.example.org"], ports: [tls] },
      'has the host "*-api.example.org", whose wildcard is for part of a label: nothing matches it. Write "*." before a name, or name each host.',
    ),
    "workloads that requests are never sent to": breaks(
      "ServiceEntry",
      { ...host, workloadSelector: { labels: { app: "api" } } },
      "selects workloads and has the resolution NONE, which sends requests to the address that they are for, not to these. Write resolution: STATIC, or take workloadSelector out.",
    ),
    "hosts that share an address": breaks(
      "ServiceEntry",
      { hosts: ["a.example.org", "b.example.org"], ports: [http, tls], addresses: ["192.0.2.1"], resolution: "DNS" },
      "has addresses, 2 hosts and a port of protocol TLS: by the address alone, nothing tells the hosts apart. Write a ServiceEntry for each host, or take addresses out.",
    ),
    "an endpoint in a network alone": breaks(
      "ServiceEntry",
      { ...host, resolution: "STATIC", endpoints: [{ address: "192.0.2.1" }, { network: "other" }] },
      'has the network "other" and no address: it is reached through that network\'s gateway alone. Add address, if its proxies can be reached directly.',
    ),
  },
  keeps: {
    "a wildcard that is looked up for each request": keeps("ServiceEntry", {
      hosts: ["*-api.example.org"],
      ports: [tls],
      resolution: "DYNAMIC_DNS",
    }),
    "workloads that requests are sent to": keeps("ServiceEntry", {
      ...host,
      resolution: "STATIC",
      workloadSelector: { labels: { app: "api" } },
    }),
    "hosts of HTTP that share an address": keeps("ServiceEntry", {
      hosts: ["a.example.org", "b.example.org"],
      ports: [http],
      addresses: ["192.0.2.1"],
      resolution: "DNS",
    }),
    "a host with an address": keeps("ServiceEntry", { ...host, addresses: ["192.0.2.1"], resolution: "DNS" }),
  },
});
