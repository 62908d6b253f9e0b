import { routeJwt } from "../../../../../policies/rules/istio/routing/route-jwt";
import { cases } from "../../../cases";
import { adding } from "../drafts";

const request = adding("RequestAuthentication");

export default cases(routeJwt, {
  breaks: {
    "a gateway that reads no tokens": {
      change: (stack) => {
        stack.object("VirtualService", "bookinfo", "productpage.ingress").spec.http.unshift({
          match: [{ headers: { "@request.auth.claims.group": { exact: "admin" } } }],
          route: [{ destination: { host: "details" } }],
        });
      },
      finds: [
        "VirtualService bookinfo/productpage.ingress: the route goes by the claim @request.auth.claims.group, but no RequestAuthentication reads tokens for Release istio-ingress/istio-ingress: no request has that claim. Add a RequestAuthentication for the pods of Release istio-ingress/istio-ingress.",
      ],
    },
    "a RequestAuthentication elsewhere": {
      change: (stack) => {
        stack.object("VirtualService", "bookinfo", "productpage.ingress").spec.http.unshift({
          match: [{ headers: { "@request.auth.claims.group": { exact: "admin" } } }],
          route: [{ destination: { host: "details" } }],
        });
        request(stack, { jwtRules: [{ issuer: "https://id.example.org", jwksUri: "https://id.example.org/keys" }] });
      },
      finds: [
        "VirtualService bookinfo/productpage.ingress: the route goes by the claim @request.auth.claims.group, but no RequestAuthentication reads tokens for Release istio-ingress/istio-ingress: no request has that claim. Add a RequestAuthentication for the pods of Release istio-ingress/istio-ingress.",
      ],
    },
    "the mesh": {
      change: (stack) => {
        stack.object("VirtualService", "bookinfo", "reviews").spec.http[0].match = [
          { withoutHeaders: { "@request.auth.claims[group]": {} } },
        ];
      },
      finds: [
        "VirtualService bookinfo/reviews: the route goes by the claim @request.auth.claims[group], which only gateways know, and is for the mesh alone: Istio refuses it. Bind the VirtualService to a Gateway.",
      ],
    },
    "the mesh beside a gateway": {
      change: (stack) => {
        const rule = stack.object("VirtualService", "bookinfo", "productpage.ingress");
        rule.spec.gateways.push("mesh");
        rule.spec.http[0].match = [{ headers: { "@request.auth.claims.group": { exact: "admin" } } }];
      },
      finds: [
        "VirtualService bookinfo/productpage.ingress: the route goes by the claim @request.auth.claims.group, which only gateways know, and is for the mesh, too: Istio refuses it. Take mesh out of its gateways, and give the mesh a VirtualService of its own.",
      ],
    },
  },
  keeps: {
    "a RequestAuthentication for the gateway": (stack) => {
      stack.object("VirtualService", "bookinfo", "productpage.ingress").spec.http.unshift({
        match: [{ headers: { "@request.auth.claims.group": { exact: "admin" } } }],
        route: [{ destination: { host: "details" } }],
      });
      request(
        stack,
        {
          selector: { matchLabels: { istio: "ingress" } },
          jwtRules: [{ issuer: "https://id.example.org", jwksUri: "https://id.example.org/keys" }],
        },
        { namespace: "istio-ingress" },
      );
    },
    "one for the mesh": (stack) => {
      stack.object("VirtualService", "bookinfo", "productpage.ingress").spec.http.unshift({
        match: [{ headers: { "@request.auth.claims.group": { exact: "admin" } } }],
        route: [{ destination: { host: "details" } }],
      });
      request(
        stack,
        { jwtRules: [{ issuer: "https://id.example.org", jwksUri: "https://id.example.org/keys" }] },
        { namespace: "istio-system" },
      );
    },
    "a gateway of others": (stack) => {
      stack.object("VirtualService", "bookinfo", "productpage.ingress").spec.http.unshift({
        match: [{ headers: { "@request.auth.claims.group": { exact: "admin" } } }],
        route: [{ destination: { host: "details" } }],
      });
      stack.object("VirtualService", "bookinfo", "productpage.ingress").spec.gateways = ["edge/public"];
    },
  },
});
