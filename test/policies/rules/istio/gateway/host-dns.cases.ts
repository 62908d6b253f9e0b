import { hostDns } from "../../../../../policies/rules/istio/gateway/host-dns";
import { unknown } from "../../../../../policies/engine/value";
import { cases } from "../../../cases";
import type { StackDraft } from "../../../stack";
import { productpage, service, urnOf } from "../../edge/objects";

const here = "VirtualService bookinfo/productpage.ingress:";

/** Adds a record to the zone. */
function record(stack: StackDraft, name: string, type = "A", zone = "eks-istio-dev-domain-example.com-zone"): void {
  stack.addResource("aws:route53/record:Record", `${name}-${type}`, { name, type, zoneId: unknown, records: ["x"] });
  const own = stack.resources.pop()!;
  stack.resources.push({ ...own, dependencies: [urnOf(stack, "aws:route53/zone:Zone", zone)] });
}

function removeRecord(stack: StackDraft, name: string): void {
  stack.resources = stack.resources.filter(
    ({ type, properties }) => type !== "aws:route53/record:Record" || properties.name !== name,
  );
}

function shadowed(host: string, by: string, what: string): string {
  const fix = by === host ? "" : ` or for "*.${by}"`;
  return `${here} host "${host}" doesn't resolve: *.example.com would cover it, but ${what}, which ends the wildcard there. Add a record for "${host}"${fix}, an alias of the load balancer.`;
}

export default cases(hostDns, {
  breaks: {
    "no record": {
      change: (stack) => {
        stack.remove("VirtualService", "membership.ingress");
        removeRecord(stack, "*.example.com");
      },
      finds: [
        `${here} host "bookinfo.example.com" doesn't resolve: no record here is for it, and browsers don't find it. Add a record for "bookinfo.example.com", an alias of the load balancer.`,
      ],
    },
    "the domain itself, which a wildcard doesn't stand for": {
      change: (stack) => {
        removeRecord(stack, "example.com");
        productpage(stack).hosts = ["example.com"];
      },
      finds: [
        `${here} host "example.com" doesn't resolve: no record here is for it (*.example.com stands for names below it, never for itself), and browsers don't find it. Add a record for "example.com", an alias of the load balancer.`,
      ],
    },
    "a wildcard that a record further down shadows": {
      change: (stack) => {
        record(stack, "b.example.com", "TXT");
        productpage(stack).hosts = ["a.b.example.com"];
      },
      finds: [shadowed("a.b.example.com", "b.example.com", "the closer name b.example.com exists")],
    },
    "a wildcard that a name in between shadows, which has no record of its own": {
      change: (stack) => {
        record(stack, "x.b", "A");
        productpage(stack).hosts = ["a.b.example.com"];
      },
      finds: [shadowed("a.b.example.com", "b.example.com", "the closer name b.example.com exists")],
    },
    "a host that has other records": {
      change: (stack) => record(stack, "Bookinfo.example.com.", "TXT"),
      finds: [shadowed("bookinfo.example.com", "bookinfo.example.com", "that very name has other records")],
    },
    "a zone of its own without a record": {
      change: (stack) => {
        stack.addResource("aws:route53/zone:Zone", "b", { name: "b.example.com" });
        productpage(stack).hosts = ["a.b.example.com"];
      },
      finds: [shadowed("a.b.example.com", "b.example.com", "b.example.com is a zone of its own")],
    },
    "a record that leads to another load balancer": {
      change: (stack) => {
        const other = {
          ...service(stack),
          metadata: { ...service(stack).metadata, name: "other", namespace: "other" },
        };
        stack.add({ ...other, spec: { ...other.spec, selector: { app: "other" } } });
        const urn = urnOf(stack, "kubernetes:core/v1:Service", "other");
        record(stack, "bookinfo.example.com");
        const own = stack.resources.pop()!;
        stack.resources.push({ ...own, dependencies: [...own.dependencies, urn] });
      },
      finds: [
        `${here} host "bookinfo.example.com" leads to Service other/other (by the record bookinfo.example.com), whose pods don't serve its Gateway: they answer 404. Point the record at the load balancer of the Gateway's pods.`,
      ],
    },
  },
  keeps: {
    "a host of two labels, as a DNS wildcard spans any depth": (stack) =>
      (productpage(stack).hosts = ["a.b.example.com", "*.b.example.com"]),
    "a closer wildcard": (stack) => {
      record(stack, "b.example.com", "TXT");
      record(stack, "*.b.example.com", "CNAME");
      productpage(stack).hosts = ["a.b.example.com"];
    },
    "a zone of its own with a record": (stack) => {
      stack.addResource("aws:route53/zone:Zone", "b", { name: "b.example.com" });
      record(stack, "*", "A", "b");
      productpage(stack).hosts = ["a.b.example.com"];
    },
    "a domain that is delegated elsewhere": (stack) => {
      record(stack, "b.example.com", "NS");
      productpage(stack).hosts = ["a.b.example.com"];
    },
    "a domain whose records others make": (stack) => (productpage(stack).hosts = ["shop.example.org"]),
    "no records at all": (stack) => stack.remove("aws:route53/record:Record"),
    "a host inside the mesh": (stack) => {
      productpage(stack).gateways = ["mesh"];
      removeRecord(stack, "*.example.com");
      stack.remove("VirtualService", "membership.ingress");
    },
  },
});
