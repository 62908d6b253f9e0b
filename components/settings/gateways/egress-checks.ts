import type { Check } from "../check";
import { checkPods } from "../pods-checks";
import { defaultGateway } from "./names";
import { checkPlace } from "./place-checks";

/** Each egress gateway's place and pods, and that something leaves by it. */
export const checkEgressGateways: Check = (draft, report) => {
  const { settledGateways = [], settledEgressGateways = [], external, guessed } = draft;
  const keys = settledEgressGateways.map(({ key }) => key);
  const used = external && Object.values(external).flatMap(({ via }) => via ?? []);
  // A slip in a name is told where it stands.
  const isKnown = used?.every((via) => keys.includes(via)) && !guessed("external", []);
  for (const gateway of settledEgressGateways) {
    const { key, namespace } = gateway;
    if (key === defaultGateway)
      report(
        "gateways",
        [key],
        `is the name of the ingress gateway that there is where none is named`,
        'Rename it, e.g. to "egress".',
      );
    checkPlace(draft, gateway, report, "istio-egress");
    checkPods("gateways", [key], gateway, report);
    const other = [...settledGateways, ...settledEgressGateways].find(
      (each) => each.key !== key && each.namespace === namespace,
    );
    if (other)
      report(
        "gateways",
        [key, "namespace"],
        `is where gateways.${other.key} is, and an egress gateway has a namespace for itself: who may leave the mesh must not depend on who runs beside it`,
        'Use one of its own, e.g. "istio-egress".',
      );
    if (isKnown && !used?.includes(key))
      report(
        "gateways",
        [key],
        "is an egress gateway that nothing leaves by",
        `Write via: ${key} in an entry of external, or remove it.`,
      );
  }
};
