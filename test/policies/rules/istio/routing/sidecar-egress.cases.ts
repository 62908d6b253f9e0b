import { sidecarEgress } from "../../../../../policies/rules/istio/routing/sidecar-egress";
import { cases } from "../../../cases";
import { adding } from "../drafts";

const add = adding("Sidecar");

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
  },
  keeps: {
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
