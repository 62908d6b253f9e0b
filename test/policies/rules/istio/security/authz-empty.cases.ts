import { authzEmpty } from "../../../../../policies/rules/istio/security/authz-empty";
import { cases } from "../../../cases";
import { adding } from "../drafts";

const add = adding("AuthorizationPolicy");

export default cases(authzEmpty, {
  breaks: {
    "DENY without rules": {
      change: (stack) => {
        add(stack, { action: "DENY" });
      },
      finds: [
        "AuthorizationPolicy bookinfo/own: DENY without rules acts on nothing, and Istio refuses it. To deny everything, write rules: [{}], or take action out: ALLOW without rules lets nothing in.",
      ],
    },
    "CUSTOM with an empty list": {
      change: (stack) => {
        add(stack, { action: "CUSTOM", provider: { name: "opa" }, rules: [] });
      },
      finds: [
        "AuthorizationPolicy bookinfo/own: CUSTOM without rules acts on nothing, and Istio refuses it. To act on everything, write rules: [{}].",
      ],
    },
    "AUDIT without rules": {
      change: (stack) => {
        add(stack, { action: "AUDIT" });
      },
      finds: [
        "AuthorizationPolicy bookinfo/own: AUDIT without rules acts on nothing. To act on everything, write rules: [{}].",
      ],
    },
  },
  keeps: {
    "ALLOW without rules, which denies everything": (stack) => {
      add(stack, {});
    },
    "DENY of everything": (stack) => {
      add(stack, { action: "DENY", rules: [{}] });
    },
  },
});
