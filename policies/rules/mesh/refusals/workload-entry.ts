import { isAddress, isDomain, isLabel } from "../support/domains";
import { eachOf, guarded, type Refusals } from "./refuse";
import { labelFix, refuseLabels, refusePort } from "./values";

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
    if (!isLabel(name)) refuse(port, `has the port name "${name}"`, labelFix);
  });
  check.each([spec.get("labels")], (labels) => refuseLabels(labels, refuse));
};
