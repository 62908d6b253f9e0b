import { authzToken } from "../../../../../policies/rules/istio/security/authz-token";
import { cases } from "../../../cases";
import { adding } from "../drafts";

const add = adding("AuthorizationPolicy");
const authentication = adding("RequestAuthentication");
const details = { selector: { matchLabels: { app: "details" } } };
const anybody = [{ from: [{ source: { requestPrincipals: ["*"] } }] }];
const jwtRules = [{ issuer: "https://login.example.org" }];

export default cases(authzToken, {
  breaks: {
    "an ALLOW by who has a token": {
      change: (stack) => {
        authentication(stack, { selector: { matchLabels: { app: "reviews" } }, jwtRules });
        add(stack, { ...details, rules: anybody });
      },
      finds: [
        "AuthorizationPolicy bookinfo/own: ALLOW by a token's claims, and no RequestAuthentication checks tokens for Deployment bookinfo/details-v1: no request has any there. Add a RequestAuthentication for the same workloads. If somebody else does, name \"RequestAuthentication bookinfo/*\" under outside in the policies' configuration.",
      ],
    },
    "a DENY by a claim": {
      change: (stack) => {
        add(stack, { action: "DENY", rules: [{ when: [{ key: "request.auth.claims[role]", notValues: ["admin"] }] }] });
      },
      finds: [
        "AuthorizationPolicy bookinfo/own: DENY by a token's claims, and no RequestAuthentication checks tokens for Deployment bookinfo/details-v1: no request has any there. Add a RequestAuthentication for the same workloads. If somebody else does, name \"RequestAuthentication bookinfo/*\" under outside in the policies' configuration.",
      ],
    },
  },
  keeps: {
    "a RequestAuthentication for the same workloads": (stack) => {
      authentication(stack, { ...details, jwtRules });
      add(stack, { ...details, rules: anybody });
    },
    "a RequestAuthentication for the whole mesh": (stack) => {
      authentication(stack, { jwtRules }, { namespace: "istio-system" });
      add(stack, { rules: anybody });
    },
    "a RequestAuthentication for a Gateway of the Gateway API": (stack) => {
      const targetRefs = [{ kind: "Gateway", group: "gateway.networking.k8s.io", name: "web" }];
      authentication(stack, { targetRefs, jwtRules });
      add(stack, { ...details, rules: anybody });
    },
    "pods without a sidecar": (stack) => {
      stack.object("Deployment", "bookinfo", "details-v1").spec.template.metadata.labels["sidecar.istio.io/inject"] =
        "false";
      add(stack, { ...details, rules: anybody });
    },
    "rules about callers": (stack) => {
      add(stack, { ...details, rules: [{ from: [{ source: { namespaces: ["membership"] } }] }] });
    },
    "pods of others": (stack) => {
      add(stack, { ...details, rules: anybody }, { namespace: "loyalty" });
    },
  },
});
