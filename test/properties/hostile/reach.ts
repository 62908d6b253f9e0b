/** What a stack says of callers, tokens, calls, what lies outside and objects of one's own, with every key once. */
export const reach = `
aws:region: ap-northeast-2
eks-istio:domain: {name: example.com}
eks-istio:cluster: {version: "1.35", networkPolicies: true, cniPermissions: both}
eks-istio:mesh:
  access: {default: dryRun}
  outboundTrafficPolicy: REGISTRY_ONLY
  providers:
    opa:
      envoyExtAuthzGrpc: {service: opa.opa-system.svc.cluster.local, port: 9191, timeout: 1s, failOpen: true, statusOnError: "503"}
    door:
      envoyExtAuthzHttp:
        service: door.door-system.svc.cluster.local
        port: 8080
        pathPrefix: /check
        includeRequestHeadersInCheck: [x-team, "x-shop-*"]
        includeAdditionalHeadersInCheck: {x-mesh: shop}
        headersToUpstreamOnAllow: [x-user]
        headersToDownstreamOnDeny: [www-authenticate]
        headersToDownstreamOnAllow: [set-cookie]
        includeRequestBodyInCheck: {maxRequestBytes: 1024, allowPartialMessage: true, packAsBytes: false}
eks-istio:external:
  stripe: {hosts: [api.stripe.com], port: 443, protocol: tls}
  bank: {hosts: [bank.test, www.bank.test], port: 80, protocol: http2, tls: originate, targetPort: 8443}
  ledger: {hosts: [ledger.test], port: 5432, protocol: tcp, addresses: [192.0.2.10]}
eks-istio:manifests:
  - own
  - {path: more/a.yaml, apiGroups: [cert-manager.io]}
eks-istio:namespaces:
  shop: {networkPolicies: true}
eks-istio:apps:
  web:
    host: "@"
    namespace: shop
    port: 8080
    calls: [checkout, {external: bank}, {service: cache, namespace: stores}]
    workload: {image: "registry.example.com/web:1.4.2"}
  checkout:
    host: checkout
    namespace: shop
    port: 8080
    selector: {app: checkout}
    serviceAccount: checkout
    versions: {stable: {weight: 95, labels: {track: stable}}, canary: {weight: 5}}
    jwt:
      - issuer: https://id.example.org
        audiences: [shop]
        jwksUri: https://id.example.org/keys
        fromHeaders: [{name: x-token, prefix: "Token "}]
        fromParams: [token]
        fromCookies: [token]
        forwardOriginalToken: true
        outputPayloadToHeader: x-payload
        outputClaimToHeaders: [{header: x-city, claim: address.city}]
        timeout: 2s
      - {issuer: shop, jwks: '{"keys": [{"kty": "RSA", "kid": "a", "n": "AQAB", "e": "AQAB"}]}'}
    access:
      - {from: [{app: web}, {gateway: default}], methods: [POST], paths: [/pay, "/users/{*}/cart"], claims: {scope: [pay], realm: {roles: [admin]}}}
      - {from: [{namespace: jobs, principal: cluster.local/ns/jobs/sa/*}], ports: [8080], token: false}
      - {action: DENY, from: [{ip: [198.51.100.0/24, 203.0.113.7/32]}]}
      - {action: CUSTOM, provider: opa, paths: [/admin/*]}
      - {action: AUDIT, when: [{key: "request.headers[x-tier]", notValues: [free]}, {key: source.ip, values: [203.0.113.0/24]}]}
    calls: [{external: stripe}, {external: ledger}]
`;
