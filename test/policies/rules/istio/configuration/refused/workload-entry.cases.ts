import { refused } from "../../../../../../policies/rules/istio/configuration/refused";
import { cases } from "../../../../cases";
import { breaks, keeps } from "./drafts";

export default cases(refused, {
  breaks: {
    "a machine without an address": breaks(
      "WorkloadEntry",
      { labels: { app: "details" } },
      "has no address",
      "Add address, or network.",
    ),
    "a machine's address that is none": breaks(
      "WorkloadEntry",
      { address: "http://a.example.org" },
      'has the address "http://a.example.org"',
      "Write an IP address or a name.",
    ),
    "a socket with ports": breaks(
      "WorkloadEntry",
      { address: "unix:///run/a.sock", ports: { http: 80 } },
      "has ports and the address of a socket",
      "Take them out.",
    ),
    "a machine's port name with an underscore": breaks(
      "WorkloadEntry",
      { address: "10.0.0.1", ports: { http_api: 80 } },
      'has the port name "http_api"',
      "Use up to 63 letters, digits and hyphens, no hyphen at either end.",
    ),
  },
  keeps: {
    "a machine": keeps("WorkloadEntry", {
      address: "10.0.0.1",
      ports: { http: 80 },
      labels: { app: "details" },
      serviceAccount: "details",
    }),
    "a machine of another network": keeps("WorkloadEntry", { network: "vm", labels: { app: "details" } }),
  },
});
