/** A stack that sets every key from which a Kubernetes or Istio object is made, in YAML as a team would write it. */
export const everyFeature = `
eks-istio:cluster: {version: "1.35", networkPolicies: true}
eks-istio:mesh:
  revision: canary
  access: {default: dryRun}
  mtls:
    mode: STRICT
    overrides:
      legacy: {namespace: shop, mode: PERMISSIVE}
      metrics: {namespace: shop, selector: {app: checkout}, mode: STRICT, ports: {"9090": PERMISSIVE, "9091": DISABLE}}
eks-istio:gateways:
  default:
    scheme: internal
    sourceRanges: [203.0.113.0/24, 198.51.100.0/24]
    deletionProtection: true
    crossZone: false
    namespaces: [shop, batch]
    rateLimit: {local: {requests: 1000, per: 1s}}
    drain: 2m
  egress: {type: egress, drain: 30s}
eks-istio:external:
  stripe: {hosts: [api.example.net], port: 443, protocol: tls, via: egress}
  geo: {hosts: [geo.example.net], port: 80, protocol: http, tls: originate, via: egress}
  ledger: {hosts: [ledger.example.net], port: 5432, protocol: tcp, addresses: [192.0.2.10], via: egress}
eks-istio:namespaces:
  shop: {labels: {team: checkout}}
  batch: {injection: false}
eks-istio:apps:
  orders: {namespace: batch, port: 9000, protocol: grpc}
  root: {host: "@", namespace: shop, port: 80, workload: {image: "nginx:1.29", replicas: {min: 1, max: 1}}}
  checkout:
    host: checkout
    namespace: shop
    calls: [{external: stripe}]
    service: checkout-web
    port: 8080
    protocol: http2
    versions:
      v1: {weight: 90, image: "registry.example.com/checkout:1"}
      v2: {weight: 10, env: {FLAG: "on"}}
      v3: {connectionPool: {tcp: {maxConnections: 1}}}
    portLevelSettings: [{port: 9090, loadBalancer: {simple: RANDOM}}]
    timeout: 30s
    rateLimit: {local: {requests: 100, per: 500ms, burst: 200}}
    retries: {attempts: 3, perTryTimeout: 2s, retryOn: [5xx, reset, "503"], retryRemoteLocalities: true}
    headers: {request: {set: {x-team: shop}, add: {x-hop: "1"}, remove: [x-debug]}, response: {set: {cache-control: no-store}, add: {vary: origin}, remove: [server]}}
    loadBalancer:
      consistentHash: {httpCookie: {name: session, path: /, ttl: 0s}, ringHash: {minimumRingSize: 1024}}
      localityLbSetting: {enabled: true, failoverPriority: ["topology.kubernetes.io/zone"]}
    connectionPool:
      tcp: {maxConnections: 100, connectTimeout: 1s, idleTimeout: 1h, maxConnectionDuration: 24h, tcpKeepalive: {probes: 3, time: 2h, interval: 75s}}
      http: {http1MaxPendingRequests: 1024, http2MaxRequests: 1024, maxRequestsPerConnection: 0, maxRetries: 3, idleTimeout: 5m, h2UpgradePolicy: UPGRADE, useClientProtocol: false, maxConcurrentStreams: 100}
    outlierDetection: {consecutive5xxErrors: 5, consecutiveGatewayErrors: 0, splitExternalLocalOriginErrors: true, consecutiveLocalOriginFailures: 5, interval: 10s, baseEjectionTime: 30s, maxEjectionPercent: 50, minHealthPercent: 40}
    tls: {mode: MUTUAL, sni: checkout, subjectAltNames: [checkout.example.com], clientCertificate: /etc/certs/cert.pem, privateKey: /etc/certs/key.pem, caCertificates: /etc/certs/ca.pem, insecureSkipVerify: false}
    routes:
      - name: every-condition
        match:
          - uri: {prefix: /API}
            ignoreUriCase: true
            method: {regex: GET|HEAD}
            authority: {exact: checkout.example.com}
            headers: {x-user: {exact: tester}, x-group: {prefix: beta-}, x-build: {regex: "[0-9]+"}}
            withoutHeaders: {x-internal: {exact: "1"}, x-none: {}}
            cookies: {group: {exact: a.b}}
            queryParams: {debug: {exact: "1"}, trace: {regex: "[a-f0-9]+"}}
            port: 443
          - {scheme: {exact: http}, sourceLabels: {app: orders}, sourceNamespace: batch, gateways: [mesh]}
        to:
          - {version: v2, weight: 100}
          - {version: v3, weight: 0}
        rewrite: {uri: /, authority: checkout}
        corsPolicy:
          allowOrigins: [{exact: "https://example.com"}, {prefix: "https://a."}, {regex: "https://.*"}]
          allowMethods: [GET, POST]
          allowHeaders: [authorization]
          exposeHeaders: [x-request-id]
          maxAge: 24h
          allowCredentials: true
          unmatchedPreflights: IGNORE
        headers: {request: {set: {x-route: api}}}
        timeout: 10s
        retries: {attempts: 0}
      - match: [{uri: {regex: "/old/.*"}}]
        redirect: {uri: /new, authority: www.example.com, port: 8443, redirectCode: 308}
      - match: [{uri: {exact: /orders}}]
        to: {service: orders, namespace: batch, port: 9001}
        mirror: [{version: v3, percentage: 0.5}, {service: orders, namespace: batch}]
        rateLimit: {local: {requests: 5, per: 1m}}
        fault: {delay: {fixedDelay: 2s, percentage: 1}, abort: {httpStatus: 503}}
      - match: [{uri: {exact: /gone}}]
        directResponse: {status: 410, body: gone}
      - match: [{uri: {prefix: /team/}}]
        delegate: {name: team, namespace: team}
      - match: [{method: {exact: POST}}]
        to: v3
        rewrite: {uriRegexRewrite: {match: "^/a/(.*)$", rewrite: '/b/\\1'}}
    workload:
      image: registry.example.com/checkout:2
      containerPort: 18080
      replicas: {min: 2, max: 5, cpu: 70}
      resources: {requests: {cpu: 250m, memory: 256Mi}, limits: {cpu: "1", memory: 512Mi}}
      command: [/bin/checkout]
      args: [--verbose]
      env: {MODE: live, PASSWORD: {secret: checkout, key: password}}
      readiness: {path: /ready, port: 18081, period: 5s, timeout: 2s, failureThreshold: 2}
      liveness: {path: /live}
      emptyDirs: [/tmp, /var/cache]
      runAsUser: 2000
      serviceAccount: {name: checkout-identity, annotations: {team: checkout}}
      inject: true
      proxy: {cpu: 50m, memory: 64Mi, cpuLimit: "1", memoryLimit: 256Mi, concurrency: 2, drain: 20s, holdUntilReady: false, logLevel: debug}
`;
