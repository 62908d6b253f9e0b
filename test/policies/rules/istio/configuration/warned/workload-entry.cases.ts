import { warned } from "../../../../../../policies/rules/istio/configuration/warned";
import { cases } from "../../../../cases";
import { breaks, keeps } from "./drafts";

export default cases(warned, {
  breaks: {
    "a workload in a network alone": breaks(
      "WorkloadEntry",
      { network: "other" },
      'has the network "other" and no address: it is reached through that network\'s gateway alone. Add address, if its proxies can be reached directly.',
    ),
  },
  keeps: {
    "a workload with an address": keeps("WorkloadEntry", { network: "other", address: "192.0.2.1" }),
  },
});
