import { authzPrincipal } from "../../../../../policies/rules/istio/security/authz-principal";
import { cases } from "../../../cases";
import type { Loose } from "../../../stack";
import { adding } from "../drafts";

const add = adding("AuthorizationPolicy");

export default cases(authzPrincipal, {
  breaks: {
    "a ServiceAccount that nobody makes": {
      change: (stack) => {
        add(stack, { rules: [{ from: [{ source: { principals: ["cluster.local/ns/bookinfo/sa/product"] } }] }] });
      },
      finds: [
        'AuthorizationPolicy bookinfo/own: no ServiceAccount product exists in the namespace bookinfo, so no caller is "cluster.local/ns/bookinfo/sa/product". Did you mean productpage? If somebody else makes it, name "ServiceAccount bookinfo/product" under outside in the policies\' configuration.',
      ],
    },
    "spiffe:// before it": {
      change: (stack) => {
        add(stack, {
          rules: [{ from: [{ source: { notPrincipals: ["spiffe://cluster.local/ns/bookinfo/sa/productpage"] } }] }],
        });
      },
      finds: [
        'AuthorizationPolicy bookinfo/own: principal "spiffe://cluster.local/ns/bookinfo/sa/productpage" has not the form that callers have: the rule never matches. Write "cluster.local/ns/bookinfo/sa/productpage", without spiffe://.',
      ],
    },
    "a name alone": {
      change: (stack) => {
        add(stack, { rules: [{ when: [{ key: "source.principal", values: ["productpage"] }] }] });
      },
      finds: [
        'AuthorizationPolicy bookinfo/own: principal "productpage" has not the form that callers have: the rule never matches. Write it as "cluster.local/ns/NAMESPACE/sa/NAME".',
      ],
    },
  },
  keeps: {
    "a ServiceAccount of the stack": (stack) => {
      add(stack, {
        rules: [
          {
            from: [
              {
                source: {
                  principals: ["cluster.local/ns/bookinfo/sa/productpage", "cluster.local/ns/bookinfo/sa/default"],
                },
              },
            ],
          },
        ],
      });
    },
    wildcards: (stack) => {
      add(stack, { rules: [{ from: [{ source: { principals: ["cluster.local/ns/bookinfo/*", "*"] } }] }] });
    },
    "a namespace that others fill": (stack) => {
      add(stack, { rules: [{ from: [{ source: { principals: ["cluster.local/ns/loyalty/sa/points"] } }] }] });
    },
    "the gateway's, which its chart makes": (stack) => {
      stack.add({
        apiVersion: "v1",
        kind: "ServiceAccount",
        metadata: { name: "other", namespace: "istio-ingress" },
      } as Loose);
      add(stack, {
        rules: [{ from: [{ source: { principals: ["cluster.local/ns/istio-ingress/sa/istio-ingress"] } }] }],
      });
    },
  },
});
