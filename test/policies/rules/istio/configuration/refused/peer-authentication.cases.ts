import { refused } from "../../../../../../policies/rules/istio/configuration/refused";
import { cases } from "../../../../cases";
import { breaks, keeps } from "./drafts";

export default cases(refused, {
  breaks: {
    "workloads by a wildcard": breaks(
      "PeerAuthentication",
      { selector: { matchLabels: { app: "details-*" } }, mtls: { mode: "STRICT" } },
      'selects workloads by "app: details-*"',
      "Write the whole label, or take it out for all workloads.",
    ),
  },
  keeps: {
    "modes for ports": keeps("PeerAuthentication", {
      selector: { matchLabels: { app: "details" } },
      mtls: { mode: "STRICT" },
      portLevelMtls: { "9080": { mode: "PERMISSIVE" } },
    }),
  },
});
