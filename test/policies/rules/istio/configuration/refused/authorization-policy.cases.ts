import { refused } from "../../../../../../policies/rules/istio/configuration/refused";
import { cases } from "../../../../cases";
import { breaks, keeps } from "./drafts";

export default cases(refused, {
  breaks: {
    "a source that names nobody": breaks(
      "AuthorizationPolicy",
      { rules: [{ from: [{ source: {} }] }] },
      "has a source that names nobody",
      "Name one, or take from out.",
    ),
    "an operation that names nothing": breaks(
      "AuthorizationPolicy",
      { rules: [{ to: [{}] }] },
      "has an operation that names nothing",
      "Name something, or take to out.",
    ),
    "an address of callers that is none": breaks(
      "AuthorizationPolicy",
      { rules: [{ from: [{ source: { notRemoteIpBlocks: ["office"] } }] }] },
      'has "office" in notRemoteIpBlocks, which is no address',
      "Write e.g. 10.0.0.1 or 10.0.0.0/8.",
    ),
    "ServiceAccounts and namespaces of one source": breaks(
      "AuthorizationPolicy",
      { rules: [{ from: [{ source: { serviceAccounts: ["bookinfo/details"], namespaces: ["bookinfo"] } }] }] },
      "has serviceAccounts and namespaces in one source",
      "Keep one of them.",
    ),
    "a port by name": breaks(
      "AuthorizationPolicy",
      { rules: [{ to: [{ operation: { ports: ["http"] } }] }] },
      'has "http" in ports, which is no port',
      "Write its number.",
    ),
    "an empty path": breaks(
      "AuthorizationPolicy",
      { rules: [{ to: [{ operation: { paths: [""] } }] }] },
      "has an empty text in paths",
      "Write something, or take it out.",
    ),
    "a condition for what is no attribute": breaks(
      "AuthorizationPolicy",
      { rules: [{ when: [{ key: "request.header[x-user]", values: ["a"] }] }] },
      'has a condition for "request.header[x-user]", which is no attribute',
      "Use source.ip, remote.ip, source.namespace, source.serviceAccount, source.principal, source.trustDomain, request.auth.principal, request.auth.audiences, request.auth.presenter, destination.ip, destination.port, connection.sni, or request.headers[NAME].",
    ),
    "a condition without values": breaks(
      "AuthorizationPolicy",
      { rules: [{ when: [{ key: "request.headers[x-user]" }] }] },
      "has a condition for request.headers[x-user] without values",
      "Add values or notValues.",
    ),
    "a condition for a port by name": breaks(
      "AuthorizationPolicy",
      { rules: [{ when: [{ key: "destination.port", values: ["http"] }] }] },
      'has the value "http" for destination.port',
      "Correct it, or take it out.",
    ),
    "a provider of a policy that doesn't ask it": breaks(
      "AuthorizationPolicy",
      { action: "DENY", provider: { name: "opa" }, rules: [{}] },
      "has a provider, and the action DENY",
      "Set action: CUSTOM, or take it out.",
    ),
    "a policy that asks nobody": breaks(
      "AuthorizationPolicy",
      { action: "CUSTOM", rules: [{}] },
      "has the action CUSTOM and no provider",
      "Add provider with the name of one in meshConfig.",
    ),
    "a provider that is asked about some callers": breaks(
      "AuthorizationPolicy",
      { action: "CUSTOM", provider: { name: "opa" }, rules: [{ from: [{ source: { principals: ["*"] } }] }] },
      "has principals and the action CUSTOM",
      "Let the provider decide it.",
    ),
    "a provider that is asked about some tokens": breaks(
      "AuthorizationPolicy",
      {
        action: "CUSTOM",
        provider: { name: "opa" },
        rules: [{ when: [{ key: "request.auth.claims[group]", values: ["a"] }] }],
      },
      "has a condition for request.auth.claims[group] and the action CUSTOM",
      "Let the provider decide it.",
    ),
    "a policy with a selector and targetRefs": breaks(
      "AuthorizationPolicy",
      {
        selector: { matchLabels: { app: "details" } },
        targetRefs: [{ kind: "Service", group: "", name: "details" }],
        rules: [{}],
      },
      "says in two ways what it is for (selector, targetRef, targetRefs)",
      "Keep one of them.",
    ),
  },
  keeps: {
    "a policy with everything": keeps("AuthorizationPolicy", {
      action: "DENY",
      selector: { matchLabels: { app: "details" } },
      rules: [
        {
          from: [
            { source: { principals: ["*/ns/shop/sa/web"], notNamespaces: ["pay"], ipBlocks: ["10.0.0.0/8", "::1"] } },
          ],
          to: [{ operation: { hosts: ["a.example.com"], ports: ["80"], methods: ["GET"], notPaths: ["/a*"] } }],
          when: [
            { key: "request.headers[x-user]", values: ["a"] },
            { key: "source.ip", notValues: ["10.1.2.3"] },
            { key: "destination.port", values: ["80"] },
          ],
        },
        { from: [], to: [] },
      ],
    }),
    "a policy that asks a provider": keeps("AuthorizationPolicy", {
      action: "CUSTOM",
      provider: { name: "opa" },
      rules: [{ to: [{ operation: { paths: ["/admin*"] } }], when: [{ key: "source.ip", values: ["10.0.0.1"] }] }],
    }),
    "a policy with a selector": keeps("AuthorizationPolicy", {
      selector: { matchLabels: { app: "details" } },
      rules: [{}],
    }),
  },
});
