import { grantNamespace } from "../../../../policies/rules/gateway-api/grant-namespace";
import { cases } from "../../cases";
import { addGrant } from "./drafts";

function from(namespace: string) {
  return { from: [{ group: "gateway.networking.k8s.io", kind: "HTTPRoute", namespace }] };
}

export default cases(grantNamespace, {
  breaks: {
    "a namespace with a typo": {
      change: (stack) => addGrant(stack, from("bookinfos")),
      finds: [
        'ReferenceGrant shop/own: no namespace bookinfos is here, so the grant lets nobody in. Did you mean bookinfo? If others make it, name "Namespace default/bookinfos" under outside in the policies\' configuration.',
      ],
      severity: "mandatory",
    },
    "a namespace that others may make": {
      change: (stack) => addGrant(stack, from("payments")),
      finds: [
        'ReferenceGrant shop/own: no namespace payments is here, so the grant lets nobody in. If others make it, name "Namespace default/payments" under outside in the policies\' configuration.',
      ],
      severity: "advisory",
    },
  },
  keeps: {
    "a namespace that is here": (stack) => addGrant(stack),
    "a namespace where none is here": (stack) => {
      stack.remove("Namespace");
      addGrant(stack, from("payments"));
    },
  },
});
