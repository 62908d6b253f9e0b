import { refused } from "../../../../../../policies/rules/istio/configuration/refused";
import { cases } from "../../../../cases";
import { breaks, keeps } from "./drafts";

const port = { number: 80, name: "http", protocol: "HTTP" };

export default cases(refused, {
  breaks: {
    "a Sidecar that says nothing": breaks(
      "Sidecar",
      {},
      "says nothing",
      "Add egress, ingress or outboundTrafficPolicy, or delete it.",
    ),
    "an import without a namespace": breaks(
      "Sidecar",
      { egress: [{ hosts: ["details.bookinfo.svc.cluster.local"] }] },
      'imports "details.bookinfo.svc.cluster.local"',
      'Write NAMESPACE/HOST, "./HOST" for its own, "*/HOST" for any.',
    ),
    "an import by a short name": breaks(
      "Sidecar",
      { egress: [{ hosts: ["./details"] }] },
      'imports "./details"',
      'Write the full name: "./details.bookinfo.svc.cluster.local".',
    ),
    "a listener for all ports before another": breaks(
      "Sidecar",
      { egress: [{ hosts: ["./*"] }, { port, hosts: ["istio-system/*"] }] },
      "has an egress listener without a port before others",
      "Write it last, and only one.",
    ),
    "two listeners for one port": breaks(
      "Sidecar",
      {
        egress: [
          { port, hosts: ["./*"] },
          { port: { ...port, name: "other" }, hosts: ["istio-system/*"] },
        ],
      },
      "has two listeners for the port 80",
      "Make them one.",
    ),
    "a listener without hosts": breaks(
      "Sidecar",
      { egress: [{ hosts: [] }] },
      "has an egress listener without hosts",
      'Name one, e.g. "./*".',
    ),
    "a listener's name with a dot": breaks(
      "Sidecar",
      { egress: [{ port: { number: 80, protocol: "HTTP", name: "http.web" }, hosts: ["./*"] }] },
      'has the port name "http.web"',
      "Use up to 63 letters, digits and hyphens, no hyphen at either end.",
    ),
    "a listener's port without a number": breaks(
      "Sidecar",
      { egress: [{ port: { protocol: "HTTP" }, hosts: ["./*"] }] },
      "has a listener's port without a number",
      "Add number.",
    ),
  },
  keeps: {
    "a proxy's protocol": keeps("Sidecar", {
      egress: [{ port: { number: 80, protocol: "HTTP_PROXY" }, hosts: ["./*"] }],
    }),
    "a Sidecar that imports in many ways": keeps("Sidecar", {
      egress: [{ port, hosts: ["istio-system/*"] }, { hosts: ["./*", "*/api.example.org", "~shop/*"] }],
    }),
    "a Sidecar's mode alone": keeps("Sidecar", { outboundTrafficPolicy: { mode: "REGISTRY_ONLY" } }),
  },
});
