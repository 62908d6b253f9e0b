import { warned } from "../../../../../../policies/rules/istio/configuration/warned";
import { cases } from "../../../../cases";
import { breaks, keeps } from "./drafts";

const port = (protocol?: string) => ({ number: 9000, name: "own", protocol });
const pool = { http: { http1MaxPendingRequests: 1 } };

export default cases(warned, {
  breaks: {
    "a host that is imported twice": breaks(
      "Sidecar",
      { egress: [{ hosts: ["./a.example.org", "./a.example.org"] }] },
      'imports "./a.example.org", which a host before it takes in. Keep the wider one.',
    ),
    "a host beside all of its namespace": breaks(
      "Sidecar",
      { egress: [{ hosts: ["shop/*", "shop/a.example.org"] }] },
      'imports "shop/a.example.org", which a host before it takes in. Keep the wider one.',
    ),
    "all of a namespace beside a host of it": breaks(
      "Sidecar",
      { egress: [{ hosts: ["bookinfo/a.example.org", "./*"] }] },
      'imports "./*", which takes in a host before it. Keep the wider one.',
    ),
    "more beside everything": breaks(
      "Sidecar",
      { egress: [{ hosts: ["*/*", "./*"] }] },
      'imports "*/*", which is all there is, and more beside it. Keep "*/*", or take it out.',
    ),
    "settings for HTTP on a port for TCP": breaks(
      "Sidecar",
      { ingress: [{ port: port("TCP"), connectionPool: pool }] },
      "has connectionPool.http for the port 9000, whose protocol is TCP: only tcp settings count there. Write protocol: HTTP, HTTP2 or GRPC, or take http out of connectionPool.",
    ),
    "settings for HTTP on a port for anything": breaks(
      "Sidecar",
      { ingress: [{ port: port(), connectionPool: pool }] },
      "has connectionPool.http for the port 9000, which names no protocol: only tcp settings count there. Write protocol: HTTP, HTTP2 or GRPC, or take http out of connectionPool.",
    ),
  },
  keeps: {
    "a host in two listeners": keeps("Sidecar", {
      egress: [{ port: port("HTTP"), hosts: ["./*"] }, { hosts: ["./*"] }],
    }),
    "a host of each namespace": keeps("Sidecar", { egress: [{ hosts: ["./*", "shop/*", "*/a.example.org"] }] }),
    "all but one namespace": keeps("Sidecar", { egress: [{ hosts: ["*/*", "~shop/*"] }] }),
    "settings for HTTP on its ports": keeps("Sidecar", {
      ingress: [
        { port: port("HTTP2"), connectionPool: pool },
        { port: { ...port("tcp"), number: 9001 }, connectionPool: { tcp: { maxConnections: 1 } } },
      ],
    }),
  },
});
