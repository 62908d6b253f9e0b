import { jwksAddress } from "../../../../../policies/rules/istio/security/jwks-address";
import { cases } from "../../../cases";
import type { Loose, StackDraft } from "../../../stack";
import { adding } from "../drafts";

const request = adding("RequestAuthentication");

function istiod(stack: StackDraft, env: Loose[]): void {
  stack.resources = stack.resources.filter(({ properties }) => (properties as Loose).chart !== "istiod");
  stack.add({
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "istiod", namespace: "istio-system", labels: { app: "istiod" } },
    spec: { template: { metadata: { labels: { app: "istiod" } }, spec: { containers: [{ name: "discovery", env }] } } },
  } as Loose);
}

export default cases(jwksAddress, {
  breaks: {
    "keys from any address": {
      change: (stack) => {
        request(stack, { jwtRules: [{ issuer: "https://id.example.org", jwksUri: "https://id.example.org/keys" }] });
      },
      finds: [
        "RequestAuthentication bookinfo/own: istiod fetches keys for RequestAuthentication bookinfo/own from whatever address they give, internal ones too. Set the variable BLOCKED_CIDRS_IN_JWKS_URIS of istiod, e.g. to 10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,169.254.0.0/16,127.0.0.0/8.",
      ],
    },
    "keys by the issuer alone": {
      change: (stack) => {
        request(stack, { jwtRules: [{ issuer: "https://id.example.org" }] });
      },
      finds: [
        "RequestAuthentication bookinfo/own: istiod fetches keys for RequestAuthentication bookinfo/own from whatever address they give, internal ones too. Set the variable BLOCKED_CIDRS_IN_JWKS_URIS of istiod, e.g. to 10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,169.254.0.0/16,127.0.0.0/8.",
      ],
    },
    "istiod without a chart": {
      change: (stack) => {
        istiod(stack, [{ name: "PILOT_TRACE_SAMPLING", value: "1" }]);
        request(stack, { jwtRules: [{ issuer: "https://id.example.org", jwksUri: "https://id.example.org/keys" }] });
      },
      finds: [
        "RequestAuthentication bookinfo/own: Deployment istio-system/istiod fetches keys for RequestAuthentication bookinfo/own from whatever address they give, internal ones too. Set the variable BLOCKED_CIDRS_IN_JWKS_URIS of istiod, e.g. to 10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,169.254.0.0/16,127.0.0.0/8.",
      ],
    },
  },
  keeps: {
    "addresses that are blocked": (stack) => {
      stack.values("istiod").env = { BLOCKED_CIDRS_IN_JWKS_URIS: "10.0.0.0/8" };
      request(stack, { jwtRules: [{ issuer: "https://id.example.org", jwksUri: "https://id.example.org/keys" }] });
    },
    "addresses that are blocked, without a chart": (stack) => {
      istiod(stack, [{ name: "BLOCKED_CIDRS_IN_JWKS_URIS", value: "10.0.0.0/8" }]);
      request(stack, { jwtRules: [{ issuer: "https://id.example.org", jwksUri: "https://id.example.org/keys" }] });
    },
    "keys that are there": (stack) => {
      request(stack, { jwtRules: [{ issuer: "a", jwks: "{}" }] });
    },
  },
});
