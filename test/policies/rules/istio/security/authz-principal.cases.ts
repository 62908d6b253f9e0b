import { authzPrincipal } from "../../../../../policies/rules/istio/security/authz-principal";
import { cases } from "../../../cases";
import type { Loose, StackDraft } from "../../../stack";
import { addGateway } from "../../gateway-api/drafts";
import { adding } from "../drafts";

const add = adding("AuthorizationPolicy");

function from(stack: StackDraft, source: Loose): void {
  add(stack, { rules: [{ from: [{ source }] }] });
}

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
    "the beginning of a name that no ServiceAccount has, and a name in any trust domain": {
      change: (stack) => {
        from(stack, { principals: ["cluster.local/ns/bookinfo/sa/prodct*", "*/ns/bookinfo/sa/review"] });
      },
      finds: [
        'AuthorizationPolicy bookinfo/own: no ServiceAccount prodct* exists in the namespace bookinfo, so no caller is "cluster.local/ns/bookinfo/sa/prodct*". If somebody else makes it, name "ServiceAccount bookinfo/prodct*" under outside in the policies\' configuration.',
        'AuthorizationPolicy bookinfo/own: no ServiceAccount review exists in the namespace bookinfo, so no caller is "*/ns/bookinfo/sa/review". Did you mean reviews? If somebody else makes it, name "ServiceAccount bookinfo/review" under outside in the policies\' configuration.',
      ],
    },
    "a wildcard in the middle": {
      change: (stack) => {
        from(stack, { principals: ["cluster.local/ns/*/sa/productpage"] });
      },
      finds: [
        'AuthorizationPolicy bookinfo/own: "*" within the principal "cluster.local/ns/*/sa/productpage" stands for itself, and only the first or the last character can be a wildcard: the rule never matches. Write each principal, or end it with the wildcard: "cluster.local/ns/NAMESPACE/*".',
      ],
    },
    "serviceAccounts that nobody makes": {
      change: (stack) => {
        from(stack, { serviceAccounts: ["bookinfo/review"], notServiceAccounts: ["detail"] });
      },
      finds: [
        'AuthorizationPolicy bookinfo/own: no ServiceAccount review exists in the namespace bookinfo, so no caller is "bookinfo/review". Did you mean reviews? If somebody else makes it, name "ServiceAccount bookinfo/review" under outside in the policies\' configuration.',
        'AuthorizationPolicy bookinfo/own: no ServiceAccount detail exists in the namespace bookinfo, so no caller is "detail". Did you mean details? If somebody else makes it, name "ServiceAccount bookinfo/detail" under outside in the policies\' configuration.',
      ],
    },
    "a name in the mesh's own trust domain": {
      change: (stack) => {
        stack.values("istiod").meshConfig.trustDomain = "shop.example";
        from(stack, { principals: ["shop.example/ns/bookinfo/sa/review"] });
      },
      finds: [
        'AuthorizationPolicy bookinfo/own: no ServiceAccount review exists in the namespace bookinfo, so no caller is "shop.example/ns/bookinfo/sa/review". Did you mean reviews? If somebody else makes it, name "ServiceAccount bookinfo/review" under outside in the policies\' configuration.',
      ],
    },
  },
  keeps: {
    "a caller of another cluster, by its trust domain": (stack) => {
      from(stack, { principals: ["other.example/ns/bookinfo/sa/review"] });
    },
    "ServiceAccounts that Istio makes of Gateways": (stack) => {
      addGateway(stack, { gatewayClassName: "istio-waypoint" }, { name: "waypoint", namespace: "bookinfo" });
      const annotations = { "gateway.istio.io/service-account": "shared" };
      addGateway(stack, {}, { namespace: "bookinfo", annotations });
      const names = ["waypoint", "web-istio", "shared"];
      from(stack, { principals: names.map((name) => `cluster.local/ns/bookinfo/sa/${name}`) });
    },
    "names and their beginnings": (stack) => {
      from(stack, {
        principals: ["cluster.local/ns/bookinfo/sa/product*", "*/sa/anything", "cluster.local/ns/bookinfo/sa/def*"],
        serviceAccounts: ["bookinfo/reviews", "details", "default"],
      });
    },
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
