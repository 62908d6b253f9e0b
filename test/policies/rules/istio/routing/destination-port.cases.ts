import { destinationPort } from "../../../../../policies/rules/istio/routing/destination-port";
import { cases } from "../../../cases";
import type { Loose, StackDraft } from "../../../stack";
import { adding } from "../drafts";

const rule = adding("DestinationRule");
const entry = adding("ServiceEntry");

function portLevel(number: number): Loose {
  return { portLevelSettings: [{ port: { number }, connectionPool: { tcp: { maxConnections: 9 } } }] };
}

function on80(stack: StackDraft): void {
  stack.object("Service", "bookinfo", "details").spec.ports[0].port = 80;
}

export default cases(destinationPort, {
  breaks: {
    "the container's port": {
      change: (stack) => {
        on80(stack);
        rule(stack, { host: "details", trafficPolicy: portLevel(9080) });
      },
      finds: [
        "DestinationRule bookinfo/own: Service bookinfo/details has no port 9080, only 80: these settings do nothing. Write 80, the Service's port instead of the container's.",
      ],
    },
    "a port of a subset that nothing has": {
      change: (stack) => {
        const subsets = [{ name: "v1", labels: { version: "v1" }, trafficPolicy: portLevel(8080) }];
        rule(stack, { host: "details.bookinfo.svc.cluster.local", subsets });
      },
      finds: [
        "DestinationRule bookinfo/own: Service bookinfo/details has no port 8080, only 9080: these settings do nothing. Write 9080.",
      ],
    },
    "a port that two ServiceEntries lack": {
      change: (stack) => {
        for (const [name, number] of [
          ["a", 80],
          ["b", 443],
        ] as const)
          entry(stack, { hosts: ["api.example.org"], ports: [{ number, name: "http" }] }, { name });
        rule(stack, { host: "api.example.org", trafficPolicy: portLevel(8443) });
      },
      finds: [
        "DestinationRule bookinfo/own: ServiceEntry bookinfo/a and ServiceEntry bookinfo/b have no port 8443, only 80 and 443: these settings do nothing. Write 80.",
      ],
    },
  },
  keeps: {
    "the Service's port": (stack) => {
      on80(stack);
      rule(stack, { host: "details", trafficPolicy: portLevel(80) });
    },
    "a port of the second ServiceEntry": (stack) => {
      entry(stack, { hosts: ["api.example.org"], ports: [{ number: 80, name: "http" }] });
      entry(stack, { hosts: ["api.example.org"], ports: [{ number: 443, name: "tls" }] }, { name: "more" });
      rule(stack, { host: "api.example.org", trafficPolicy: portLevel(443) });
    },
    "many Services, and others' ones": (stack) => {
      rule(stack, { host: "*.bookinfo.svc.cluster.local", trafficPolicy: portLevel(8080) });
      rule(stack, { host: "points.loyalty.svc.cluster.local", trafficPolicy: portLevel(8080) }, { name: "other" });
    },
  },
});
