import { requestAuthentication } from "../../../../../policies/rules/istio/security/request-authentication";
import { cases } from "../../../cases";
import { adding } from "../drafts";

const add = adding("AuthorizationPolicy");
const request = adding("RequestAuthentication");

export default cases(requestAuthentication, {
  breaks: {
    "no policy": {
      change: (stack) => {
        request(stack, {
          selector: { matchLabels: { app: "details" } },
          jwtRules: [{ issuer: "https://id.example.org", jwksUri: "https://id.example.org/keys" }],
        });
      },
      finds: [
        'RequestAuthentication bookinfo/own: requests without a token get through to Deployment bookinfo/details-v1: it refuses wrong tokens only, and no AuthorizationPolicy asks for one. Add an AuthorizationPolicy for the same workloads: ALLOW from requestPrincipals: ["*"], or DENY from notRequestPrincipals: ["*"].',
      ],
    },
    "a policy for another workload": {
      change: (stack) => {
        request(stack, {
          selector: { matchLabels: { app: "details" } },
          jwtRules: [{ issuer: "https://id.example.org", jwksUri: "https://id.example.org/keys" }],
        });
        add(stack, {
          selector: { matchLabels: { app: "ratings" } },
          rules: [{ from: [{ source: { requestPrincipals: ["*"] } }] }],
        });
      },
      finds: [
        'RequestAuthentication bookinfo/own: requests without a token get through to Deployment bookinfo/details-v1: it refuses wrong tokens only, and no AuthorizationPolicy asks for one. Add an AuthorizationPolicy for the same workloads: ALLOW from requestPrincipals: ["*"], or DENY from notRequestPrincipals: ["*"].',
      ],
    },
    "a policy that asks for something else": {
      change: (stack) => {
        request(stack, {
          selector: { matchLabels: { app: "details" } },
          jwtRules: [{ issuer: "https://id.example.org", jwksUri: "https://id.example.org/keys" }],
        });
        add(stack, { rules: [{ from: [{ source: { principals: ["*"] } }] }] });
      },
      finds: [
        'RequestAuthentication bookinfo/own: requests without a token get through to Deployment bookinfo/details-v1: it refuses wrong tokens only, and no AuthorizationPolicy asks for one. Add an AuthorizationPolicy for the same workloads: ALLOW from requestPrincipals: ["*"], or DENY from notRequestPrincipals: ["*"].',
      ],
    },
    "a namespace that others fill": {
      change: (stack) => {
        request(
          stack,
          { jwtRules: [{ issuer: "https://id.example.org", jwksUri: "https://id.example.org/keys" }] },
          { namespace: "membership" },
        );
      },
      severity: "advisory",
      finds: [
        'RequestAuthentication membership/own: requests without a token get through to the workloads that it is for: it refuses wrong tokens only, and no AuthorizationPolicy asks for one. Add an AuthorizationPolicy for the same workloads: ALLOW from requestPrincipals: ["*"], or DENY from notRequestPrincipals: ["*"].',
      ],
    },
    "a target without a policy": {
      change: (stack) => {
        request(stack, {
          targetRefs: [{ kind: "Gateway", name: "web" }],
          jwtRules: [{ issuer: "https://id.example.org", jwksUri: "https://id.example.org/keys" }],
        });
        add(stack, { rules: [{ from: [{ source: { requestPrincipals: ["*"] } }] }] });
      },
      finds: [
        'RequestAuthentication bookinfo/own: requests without a token get through to its target: it refuses wrong tokens only, and no AuthorizationPolicy asks for one. Add an AuthorizationPolicy for the same workloads: ALLOW from requestPrincipals: ["*"], or DENY from notRequestPrincipals: ["*"].',
      ],
    },
  },
  keeps: {
    "an ALLOW for those with a token": (stack) => {
      request(stack, {
        selector: { matchLabels: { app: "details" } },
        jwtRules: [{ issuer: "https://id.example.org", jwksUri: "https://id.example.org/keys" }],
      });
      add(stack, { rules: [{ from: [{ source: { requestPrincipals: ["*"] } }] }] });
    },
    "a DENY for those without, in the root namespace": (stack) => {
      request(stack, {
        selector: { matchLabels: { app: "details" } },
        jwtRules: [{ issuer: "https://id.example.org", jwksUri: "https://id.example.org/keys" }],
      });
      add(
        stack,
        { action: "DENY", rules: [{ from: [{ source: { notRequestPrincipals: ["*"] } }] }] },
        { namespace: "istio-system" },
      );
    },
    "a condition by a claim": (stack) => {
      request(
        stack,
        { jwtRules: [{ issuer: "https://id.example.org", jwksUri: "https://id.example.org/keys" }] },
        { namespace: "membership" },
      );
      add(
        stack,
        { rules: [{ when: [{ key: "request.auth.claims[group]", values: ["admin"] }] }] },
        { namespace: "membership" },
      );
    },
    "a target with a policy": (stack) => {
      request(stack, {
        targetRefs: [{ kind: "Gateway", name: "web" }],
        jwtRules: [{ issuer: "https://id.example.org", jwksUri: "https://id.example.org/keys" }],
      });
      add(stack, {
        targetRefs: [{ name: "web", kind: "Gateway" }],
        rules: [{ from: [{ source: { requestPrincipals: ["*"] } }] }],
      });
    },
    "no rules": (stack) => {
      request(stack, {});
    },
  },
});
