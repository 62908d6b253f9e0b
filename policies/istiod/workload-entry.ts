import { isAddress, isDomain } from "../facts/istio/domains";
import { eachOf, guarded, type Refusals } from "./refuse";
import { refuseLabels, refusePort, refusePortName } from "./values";

export const refuseWorkloadEntry: Refusals = (entry, refuse, check) => {
  const spec = entry.get("spec");
  guarded(check, () => {
    const address = spec.get("address");
    const text = address.text() ?? "";
    if (text === "" && !spec.get("network").text()) refuse(address, "has no address", "Add address, or network.");
    if (text !== "" && !text.startsWith("unix://") && !isAddress(text) && !isDomain(text))
      refuse(address, `has the address "${text}"`, "Write an IP address or a name.");
    if (text.startsWith("unix://") && spec.get("ports").entries().length > 0)
      refuse(spec.get("ports"), "has ports and the address of a socket", "Take them out.");
  });
  eachOf(check, spec.get("ports"), ([name, port]) => {
    refusePort(port, refuse);
    refusePortName(port, name, refuse);
  });
  check.each([spec.get("labels")], (labels) => refuseLabels(labels, refuse));
};
