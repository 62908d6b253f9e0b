import { warned } from "../../../../../../policies/rules/istio/configuration/warned";
import { cases } from "../../../../cases";
import type { Loose } from "../../../../stack";
import { breaks, keeps } from "./drafts";

const route = [{ destination: { host: "details" } }];
const http = (rule: Loose): Loose => ({ hosts: ["details"], http: [rule] });
const body = (bytes: number) => ({ string: "x".repeat(bytes) });

export default cases(warned, {
  breaks: {
    "an address that clients should send as a name": breaks(
      "VirtualService",
      {
        hosts: ["details", "192.0.2.1"],
        tls: [{ match: [{ sniHosts: ["details", "192.0.2.1"] }], route }],
      },
      "matches the address 192.0.2.1 in sniHosts, which clients don't send: TLS knows names there alone. Write the name that clients connect to.",
    ),
    "an answer of many bytes": breaks(
      "VirtualService",
      http({ directResponse: { status: 200, body: body(100 * 1024 + 1) } }),
      "answers with 100 KB in the route #1: istiod sends them to each proxy with each change. Serve them from an application, or redirect to where they are.",
    ),
    "an answer of many bytes in base64": breaks(
      "VirtualService",
      http({
        name: "own",
        directResponse: { status: 200, body: { bytes: Buffer.alloc(300 * 1024).toString("base64") } },
      }),
      'answers with 300 KB in the route "own": istiod sends them to each proxy with each change. Serve them from an application, or redirect to where they are.',
    ),
    "an abort that isn't one": breaks(
      "VirtualService",
      http({ fault: { abort: { percentage: { value: 10 } } }, route }),
      "has fault.abort without a status in the route #1: nothing is aborted. Add httpStatus or grpcStatus.",
    ),
  },
  keeps: {
    "an answer of some bytes": keeps(
      "VirtualService",
      http({ directResponse: { status: 200, body: body(100 * 1024) } }),
    ),
    "an abort with a status": keeps(
      "VirtualService",
      http({ fault: { abort: { grpcStatus: "UNAVAILABLE", percentage: { value: 10 } } }, route }),
    ),
    "names that clients send": keeps("VirtualService", {
      hosts: ["*.example.org"],
      tls: [{ match: [{ sniHosts: ["a.example.org"] }], route }],
    }),
  },
});
