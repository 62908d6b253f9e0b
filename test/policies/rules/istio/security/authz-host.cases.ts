import { authzHost } from "../../../../../policies/rules/istio/security/authz-host";
import { cases } from "../../../cases";
import { adding } from "../drafts";

const add = adding("AuthorizationPolicy");

export default cases(authzHost, {
  breaks: {
    "a Service that nobody makes": {
      change: (stack) => {
        add(stack, { rules: [{ to: [{ operation: { hosts: ["detail.bookinfo.svc.cluster.local:9080"] } }] }] });
      },
      finds: [
        'AuthorizationPolicy bookinfo/own: no Service detail exists in the namespace bookinfo, so no request is for "detail.bookinfo.svc.cluster.local". Did you mean details? Write the host as clients call it. If somebody else deploys it, name "Service bookinfo/detail" under outside in the policies\' configuration.',
      ],
    },
    "a slip in a short name": {
      change: (stack) => {
        add(stack, { rules: [{ to: [{ operation: { hosts: ["details", "detail:9080"] } }] }] });
      },
      severity: "advisory",
      finds: [
        'AuthorizationPolicy bookinfo/own: no Service detail exists in the namespace bookinfo, so no request is for "detail". Did you mean details? Write the host as clients call it. If somebody else deploys it, name "Service bookinfo/detail" under outside in the policies\' configuration.',
      ],
    },
    "a slip in half a name": {
      change: (stack) => {
        add(stack, { rules: [{ to: [{ operation: { hosts: ["details.bookinfo", "detail.bookinfo"] } }] }] });
      },
      severity: "advisory",
      finds: [
        'AuthorizationPolicy bookinfo/own: no Service detail exists in the namespace bookinfo, so no request is for "detail.bookinfo". Did you mean details? Write the host as clients call it. If somebody else deploys it, name "Service bookinfo/detail" under outside in the policies\' configuration.',
      ],
    },
  },
  keeps: {
    "a name that a VirtualService gives, this machine, an address and a domain called like a namespace": (stack) => {
      stack.object("VirtualService", "bookinfo", "reviews").spec.hosts.push("critics");
      add(stack, {
        rules: [{ to: [{ operation: { hosts: ["critics", "localhost", "192.0.2.1", "shop.bookinfo"] } }] }],
      });
    },
    "a Service, a wildcard and a public host": (stack) => {
      add(stack, {
        rules: [
          {
            to: [
              {
                operation: {
                  hosts: ["details.bookinfo.svc.cluster.local", "*.example.com", "shop.example.com", "shop"],
                },
              },
            ],
          },
        ],
      });
    },
    "a Service of others": (stack) => {
      add(stack, { rules: [{ to: [{ operation: { notHosts: ["points.loyalty.svc.cluster.local"] } }] }] });
    },
  },
});
