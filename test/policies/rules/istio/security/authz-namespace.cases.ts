import { authzNamespace } from "../../../../../policies/rules/istio/security/authz-namespace";
import { cases } from "../../../cases";
import { adding } from "../drafts";

const add = adding("AuthorizationPolicy");

export default cases(authzNamespace, {
  breaks: {
    "a slip": {
      change: (stack) => {
        add(stack, { rules: [{ from: [{ source: { namespaces: ["bokinfo"] } }] }] });
      },
      finds: [
        'AuthorizationPolicy bookinfo/own: no namespace bokinfo is here, so no request comes from it. Did you mean bookinfo? If others make it, name "Namespace default/bokinfo" under outside in the policies\' configuration.',
      ],
    },
    "a namespace that is nowhere": {
      change: (stack) => {
        add(stack, { rules: [{ from: [{ source: { notNamespaces: ["warehouse"] } }] }] });
      },
      severity: "advisory",
      finds: [
        'AuthorizationPolicy bookinfo/own: no namespace warehouse is here, so no request comes from it. If others make it, name "Namespace default/warehouse" under outside in the policies\' configuration.',
      ],
    },
    "a condition": {
      change: (stack) => {
        add(stack, { rules: [{ when: [{ key: "source.namespace", values: ["bookinfos"] }] }] });
      },
      finds: [
        'AuthorizationPolicy bookinfo/own: no namespace bookinfos is here, so no request comes from it. Did you mean bookinfo? If others make it, name "Namespace default/bookinfos" under outside in the policies\' configuration.',
      ],
    },
  },
  keeps: {
    "namespaces here, and wildcards": (stack) => {
      add(stack, { rules: [{ from: [{ source: { namespaces: ["bookinfo", "book*", "istio-system"] } }] }] });
    },
    "a namespace that something here is in": (stack) => {
      add(stack, { rules: [{ from: [{ source: { namespaces: ["loyalty"] } }] }] });
      add(stack, {}, { namespace: "loyalty" });
    },
    "no namespaces here": (stack) => {
      stack.remove("Namespace");
      add(stack, { rules: [{ from: [{ source: { namespaces: ["warehouse"] } }] }] });
    },
  },
});
