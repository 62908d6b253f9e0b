import { authzGateway } from "../../../../../policies/rules/istio/security/authz-gateway";
import { cases } from "../../../cases";
import type { StackDraft } from "../../../stack";
import { adding } from "../drafts";

const add = adding("AuthorizationPolicy");
const nothing = (stack: StackDraft, namespace = "istio-system") => add(stack, {}, { name: "allow-nothing", namespace });
const gatewayPods = { matchLabels: { istio: "ingress" } };

const shut = (namespace: string) =>
  `AuthorizationPolicy ${namespace}/allow-nothing: lets nothing in, is for the pods of Gateway istio-ingress/wildcard, too, and no other policy allows them anything: *.example.com and example.com answer 403. Add an AuthorizationPolicy to the gateway's namespace whose selector has its pods' labels, with the rules of what may come in: rules: [{}] is everybody.`;

export default cases(authzGateway, {
  breaks: {
    "one for the mesh": {
      change: (stack) => nothing(stack),
      finds: [shut("istio-system")],
      severity: "mandatory",
    },
    "one in the gateway's own namespace": {
      change: (stack) => nothing(stack, "istio-ingress"),
      finds: [shut("istio-ingress")],
    },
    "policies that allow others, deny, or are only tried": {
      change: (stack) => {
        nothing(stack);
        add(stack, { rules: [{}] }, { name: "apps" });
        add(
          stack,
          { action: "DENY", rules: [{ to: [{ operation: { paths: ["/admin"] } }] }] },
          { name: "deny", namespace: "istio-ingress" },
        );
        stack.add({
          apiVersion: "security.istio.io/v1",
          kind: "AuthorizationPolicy",
          metadata: { name: "tried", namespace: "istio-ingress", annotations: { "istio.io/dry-run": "true" } },
          spec: { rules: [{}] },
        } as never);
      },
      finds: [shut("istio-system")],
    },
  },
  keeps: {
    "a policy that lets everybody in to the gateway": (stack) => {
      nothing(stack);
      add(stack, { selector: gatewayPods, rules: [{}] }, { name: "gateway", namespace: "istio-ingress" });
    },
    "one that lets in some": (stack) => {
      nothing(stack);
      add(
        stack,
        { rules: [{ to: [{ operation: { hosts: ["shop.example.com"] } }] }] },
        { name: "gateway", namespace: "istio-ingress" },
      );
    },
    "one that is only tried": (stack) => {
      stack.add({
        apiVersion: "security.istio.io/v1",
        kind: "AuthorizationPolicy",
        metadata: { name: "tried", namespace: "istio-system", annotations: { "istio.io/dry-run": "true" } },
        spec: {},
      } as never);
    },
    "one for the applications of a namespace": (stack) => nothing(stack, "bookinfo"),
    "one for other pods": (stack) =>
      add(stack, { selector: { matchLabels: { app: "details" } } }, { namespace: "istio-system" }),
    "a gateway without hosts of anybody": (stack) => {
      nothing(stack);
      stack.remove("VirtualService");
    },
  },
});
