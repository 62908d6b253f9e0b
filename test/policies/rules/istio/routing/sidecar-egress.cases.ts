import { sidecarEgress } from "../../../../../policies/rules/istio/routing/sidecar-egress";
import { cases } from "../../../cases";
import type { StackDraft } from "../../../stack";
import { adding } from "../drafts";

const add = adding("Sidecar");
const entry = adding("ServiceEntry");

function exported(stack: StackDraft, to: string): void {
  stack.object("Service", "bookinfo", "details").metadata.annotations = { "networking.istio.io/exportTo": to };
}

const details = { egress: [{ hosts: ["bookinfo/details.bookinfo.svc.cluster.local"] }] };

export default cases(sidecarEgress, {
  breaks: {
    "a Service that nobody makes": {
      change: (stack) => {
        add(stack, { egress: [{ hosts: ["./detail.bookinfo.svc.cluster.local"] }] });
      },
      finds: [
        'Sidecar bookinfo/own: "./detail.bookinfo.svc.cluster.local" imports nothing: no Service detail exists in the namespace bookinfo. Take it out. If somebody else deploys it, name "Service bookinfo/detail" under outside in the policies\' configuration.',
      ],
    },
    "a Service of another namespace": {
      change: (stack) => {
        add(stack, { egress: [{ hosts: ["membership/details.bookinfo.svc.cluster.local"] }] });
      },
      finds: [
        'Sidecar bookinfo/own: "membership/details.bookinfo.svc.cluster.local" imports nothing: that Service is in the namespace bookinfo, not in membership. Write "bookinfo/details.bookinfo.svc.cluster.local".',
      ],
    },
    "a Service that is exported elsewhere only": {
      change: (stack) => {
        exported(stack, "., loyalty");
        add(stack, details, { namespace: "membership" });
      },
      finds: [
        'Sidecar membership/own: "bookinfo/details.bookinfo.svc.cluster.local" imports nothing: Service bookinfo/details is exported to bookinfo and loyalty only. Take it out, or add "membership" to the annotation networking.istio.io/exportTo of Service bookinfo/details.',
      ],
    },
    "a Service that is exported nowhere": {
      change: (stack) => {
        exported(stack, "~");
        add(stack, details);
      },
      finds: [
        'Sidecar bookinfo/own: "bookinfo/details.bookinfo.svc.cluster.local" imports nothing: Service bookinfo/details is exported nowhere. Take it out, or add "bookinfo" to the annotation networking.istio.io/exportTo of Service bookinfo/details.',
      ],
    },
    "a ServiceEntry that is exported elsewhere only": {
      change: (stack) => {
        entry(stack, { hosts: ["api.example.org"], ports: [{ number: 443, name: "tls" }], exportTo: ["."] });
        add(stack, { egress: [{ hosts: ["*/api.example.org"] }] }, { namespace: "membership" });
      },
      finds: [
        'Sidecar membership/own: "*/api.example.org" imports nothing: ServiceEntry bookinfo/own is exported to bookinfo only. Take it out, or add "membership" to exportTo of ServiceEntry bookinfo/own.',
      ],
    },
  },
  keeps: {
    "a Service that is exported here": (stack) => {
      exported(stack, "membership");
      add(stack, details, { namespace: "membership" });
    },
    "the mesh's own Sidecar, which is for all namespaces": (stack) => {
      exported(stack, "membership");
      add(stack, details, { namespace: "istio-system" });
    },
    "one of two ServiceEntries that is exported here": (stack) => {
      const spec = { hosts: ["api.example.org"], ports: [{ number: 443, name: "tls" }] };
      entry(stack, { ...spec, exportTo: ["."] });
      entry(stack, { ...spec, exportTo: ["membership"] }, { name: "other" });
      add(stack, { egress: [{ hosts: ["*/api.example.org"] }] }, { namespace: "membership" });
    },
    "Services and wildcards": (stack) => {
      add(stack, {
        egress: [
          {
            hosts: [
              "./details.bookinfo.svc.cluster.local",
              "istio-system/*",
              "*/api.example.org",
              "~/*",
              "*/details.bookinfo.svc.cluster.local",
            ],
          },
        ],
      });
    },
    "a short name, which IST-REFUSED tells of": (stack) => {
      add(stack, { egress: [{ hosts: ["./details"] }] });
    },
    "a Service of others": (stack) => {
      add(stack, { egress: [{ hosts: ["loyalty/points.loyalty.svc.cluster.local"] }] });
    },
  },
});
