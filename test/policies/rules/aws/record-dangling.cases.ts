import { recordDangling } from "../../../../policies/rules/aws/record-dangling";
import { unknown } from "../../../../policies/engine/value";
import { cases } from "../../cases";
import type { StackDraft } from "../../stack";

const type = "aws:route53/record:Record";

function add(stack: StackDraft, target: string, name = "www.example.com"): void {
  stack.addResource(type, "www", { name, type: "CNAME", records: [target] });
}

/** The sample's wildcard answers for every name in the zone. */
function removeWildcard(stack: StackDraft): void {
  stack.remove(type, "eks-istio-dev-domain-example.com-wildcard-a");
}

/** Lets a record wait for the sample's zone, as one does that names it. */
function inZone(stack: StackDraft, record: string): void {
  const urn = stack.resources.find((one) => one.type === "aws:route53/zone:Zone")?.urn ?? "";
  stack.resources = stack.resources.map((one) => (one.name === record ? { ...one, dependencies: [urn] } : one));
}

const nothing = (host: string) =>
  `route53 Record www: points at "${host}", but nothing in the zone example.com is for that name: clients get no answer. Make that record, or point at one that is there.`;
const byHand = (host: string) =>
  `route53 Record www: points at "${host}", which is written by hand: when that is replaced, the name leads nowhere, or to whoever gets it next. Take the name from the resource that has it, or take the record out.`;

export default cases(recordDangling, {
  breaks: {
    "a name in the stack's own zone that nobody makes": {
      change: (stack) => {
        removeWildcard(stack);
        add(stack, "LB.example.com.");
        inZone(stack, "www");
      },
      severity: "mandatory",
      finds: [nothing("lb.example.com")],
    },
    "an alias of such a name": {
      change: (stack) => {
        removeWildcard(stack);
        const aliases = [{ name: "lb.example.com", zoneId: "Z1", evaluateTargetHealth: true }];
        stack.addResource(type, "www", { name: "www.example.com", type: "A", aliases });
      },
      finds: [nothing("lb.example.com")],
    },
    "a load balancer's name, written by hand": {
      change: (stack) => add(stack, "k8s-shop-1234.elb.ap-northeast-2.amazonaws.com"),
      severity: "advisory",
      finds: [byHand("k8s-shop-1234.elb.ap-northeast-2.amazonaws.com")],
    },
    "an alias of a distribution, written by hand": {
      change: (stack) => {
        const aliases = [{ name: "d1234.cloudfront.net", zoneId: "Z2FDTNDATAQYW2", evaluateTargetHealth: false }];
        stack.addResource(type, "www", { name: "www.example.com", type: "A", aliases });
      },
      finds: [byHand("d1234.cloudfront.net")],
    },
  },
  keeps: {
    "a name outside": (stack) => add(stack, "shop.hosting.example.net"),
    "a name that the wildcard answers for": (stack) => add(stack, "a.b.example.com"),
    "another record, whose name leaves out the zone": (stack) => {
      removeWildcard(stack);
      stack.addResource(type, "lb", { name: "lb", type: "A", ttl: 60, records: ["192.0.2.1"] });
      inZone(stack, "lb");
      add(stack, "lb.example.com");
    },
    "a name in a zone that is delegated": (stack) => {
      removeWildcard(stack);
      stack.addResource(type, "shop", { name: "shop.example.com", type: "NS", records: ["ns.example.net"] });
      add(stack, "www.shop.example.com");
    },
    "a name that a record with an unknown name may be": (stack) => {
      removeWildcard(stack);
      stack.addResource(type, "lb", { name: unknown, type: "A", records: ["192.0.2.1"] });
      add(stack, "lb.example.com");
    },
    "a zone that external-dns fills": (stack) => {
      removeWildcard(stack);
      stack.addResource("kubernetes:helm.sh/v3:Release", "external-dns", { chart: "external-dns", values: {} });
      add(stack, "lb.example.com");
    },
    "text that isn't a name": (stack) =>
      stack.addResource(type, "txt", { name: "example.com", type: "TXT", records: ["v=spf1 -all"] }),
  },
});
