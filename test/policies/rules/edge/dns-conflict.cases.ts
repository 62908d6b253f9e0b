import { dnsConflict } from "../../../../policies/rules/edge/dns-conflict";
import { unknown } from "../../../../policies/engine/value";
import { cases } from "../../cases";
import type { StackDraft } from "../../stack";
import { addWaiting, urnOf } from "./objects";

function record(stack: StackDraft, name: string, type: string, more: object = {}): void {
  const zone = urnOf(stack, "aws:route53/zone:Zone");
  addWaiting(stack, "aws:route53/record:Record", `more-${type}`, { name, type, zoneId: unknown, ...more }, [zone]);
}

const twice =
  "has another A record already (eks-istio-dev-domain-example.com-wildcard-a): Route 53 refuses the second, or each deployment overwrites the other. Keep one of them.";

export default cases(dnsConflict, {
  breaks: {
    "the same record twice": {
      change: (stack) => record(stack, "*.example.com", "A"),
      finds: [`route53 Record more-A: *.example.com ${twice}`],
    },
    "the same record under a name without the zone's": {
      change: (stack) => record(stack, "*", "a"),
      finds: [`route53 Record more-a: *.example.com ${twice}`],
    },
    "a CNAME beside another record": {
      change: (stack) => record(stack, "*.example.com", "CNAME"),
      finds: [
        "route53 Record more-CNAME: *.example.com has a CNAME and other records (A): Route 53 refuses a CNAME beside anything. Make it an A record with an alias, or take the others out.",
      ],
    },
    "a CNAME for the domain itself": {
      change: (stack) => record(stack, "", "CNAME"),
      finds: [
        "route53 Record more-CNAME: example.com is the zone's own name, where no CNAME can stand beside the zone's NS and SOA records. Make it an A record with an alias.",
      ],
    },
  },
  keeps: {
    "another type": (stack) => record(stack, "*.example.com", "AAAA"),
    "weighted records": (stack) => record(stack, "*.example.com", "A", { setIdentifier: "second" }),
    "the same name in another zone": (stack) =>
      addWaiting(stack, "aws:route53/record:Record", "private", { name: "*.example.com", type: "A", zoneId: "Z1" }, []),
  },
});
