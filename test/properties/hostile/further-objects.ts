/** An object of each further kind that rules look at, as a sound one may be. */
export const furtherObjects = `
apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: {name: istio}
spec: {controllerName: istio.io/gateway-controller}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: edge, namespace: ingress, annotations: {service.beta.kubernetes.io/aws-load-balancer-type: external}}
spec:
  gatewayClassName: istio
  listeners:
    - {name: https, hostname: "*.example.com", port: 443, protocol: HTTPS, tls: {mode: Terminate, certificateRefs: [{name: shop-cert}]}, allowedRoutes: {namespaces: {from: Selector, selector: {matchLabels: {team: shop}}}}}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: web, namespace: shop}
spec:
  parentRefs: [{name: edge, namespace: ingress, sectionName: https}]
  hostnames: [web.example.com]
  rules:
    - matches: [{path: {type: PathPrefix, value: /}, headers: [{name: a, value: b}]}]
      filters: [{type: RequestHeaderModifier, requestHeaderModifier: {set: [{name: x, value: y}]}}]
      backendRefs: [{name: web, port: 80, weight: 90}, {name: api, port: 80, weight: 10}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: GRPCRoute
metadata: {name: grpc, namespace: shop}
spec: {parentRefs: [{name: web, kind: Service, group: ""}], rules: [{matches: [{method: {service: a.B, method: C}}], backendRefs: [{name: api, port: 80}]}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: TLSRoute
metadata: {name: tls, namespace: shop}
spec: {parentRefs: [{name: edge, namespace: ingress}], hostnames: [tls.example.com], rules: [{backendRefs: [{name: api, port: 443}]}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: BackendTLSPolicy
metadata: {name: api, namespace: shop}
spec: {targetRefs: [{kind: Service, name: api, group: ""}], validation: {hostname: api.example.com, caCertificateRefs: [{kind: ConfigMap, name: ca, group: ""}]}}
---
apiVersion: gateway.networking.k8s.io/v1beta1
kind: ReferenceGrant
metadata: {name: shop, namespace: ingress}
spec: {from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: shop}], to: [{group: "", kind: Secret, name: shop-cert}]}
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: bank, namespace: shop}
spec: {hosts: [bank.test], location: MESH_EXTERNAL, resolution: STATIC, exportTo: ["."], addresses: [192.0.2.1], ports: [{number: 443, name: https, protocol: HTTPS, targetPort: 8443}], endpoints: [{address: 192.0.2.10, ports: {https: 8443}, labels: {version: v1}, weight: 3, locality: a/b/c}]}
---
apiVersion: networking.istio.io/v1
kind: WorkloadEntry
metadata: {name: vm, namespace: shop}
spec: {address: 10.0.0.9, serviceAccount: web, labels: {app: web}, ports: {http: 8080}}
---
apiVersion: networking.istio.io/v1
kind: WorkloadGroup
metadata: {name: vms, namespace: shop}
spec: {metadata: {labels: {app: web}}, template: {serviceAccount: web, ports: {http: 8080}}, probe: {httpGet: {port: 8080}}}
---
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: {name: web, namespace: shop}
spec: {workloadSelector: {labels: {app: web}}, outboundTrafficPolicy: {mode: REGISTRY_ONLY}, ingress: [{port: {number: 8080, name: http, protocol: HTTP}, defaultEndpoint: "127.0.0.1:8080"}], egress: [{hosts: ["./*", "istio-system/*"], port: {number: 80, name: http, protocol: HTTP}}]}
---
apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: {name: limit, namespace: shop}
spec:
  workloadSelector: {labels: {app: web}}
  configPatches:
    - applyTo: HTTP_FILTER
      match: {context: SIDECAR_INBOUND, listener: {portNumber: 8080, filterChain: {filter: {name: envoy.filters.network.http_connection_manager, subFilter: {name: envoy.filters.http.router}}}}}
      patch: {operation: INSERT_BEFORE, value: {name: envoy.filters.http.local_ratelimit, typed_config: {"@type": type.googleapis.com/udpa.type.v1.TypedStruct, type_url: type.googleapis.com/envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit, value: {stat_prefix: a, token_bucket: {max_tokens: 10, fill_interval: 1s}}}}}
---
apiVersion: networking.istio.io/v1beta1
kind: ProxyConfig
metadata: {name: web, namespace: shop}
spec: {selector: {matchLabels: {app: web}}, concurrency: 2, environmentVariables: {A: b}, image: {imageType: distroless}}
---
apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata: {name: mesh, namespace: istio-system}
spec: {selector: {matchLabels: {app: web}}, accessLogging: [{providers: [{name: envoy}], filter: {expression: "response.code >= 400"}}], tracing: [{randomSamplingPercentage: 1.5, customTags: {a: {literal: {value: b}}}}], metrics: [{overrides: [{match: {metric: REQUEST_COUNT, mode: CLIENT}, tagOverrides: {a: {operation: REMOVE}}}]}]}
---
apiVersion: extensions.istio.io/v1alpha1
kind: WasmPlugin
metadata: {name: a, namespace: shop}
spec: {selector: {matchLabels: {app: web}}, url: "oci://registry.example.com/a:1", phase: AUTHN, pluginConfig: {a: 1}}
---
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: {name: web, namespace: shop}
spec: {selector: {matchLabels: {app: web}}, jwtRules: [{issuer: "https://id.example.org", audiences: [a], jwksUri: "https://id.example.org/keys", fromHeaders: [{name: a, prefix: "b "}], outputClaimToHeaders: [{header: a, claim: b.c}]}]}
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: ext, namespace: shop}
spec: {targetRefs: [{kind: Service, group: "", name: web}], action: CUSTOM, provider: {name: opa}, rules: [{to: [{operation: {paths: ["/a/{*}/b", "/c*"], notPaths: [/d], methods: [GET], hosts: [a.example.com]}}], when: [{key: "request.auth.claims[scope]", values: [a]}, {key: source.ip, notValues: [10.0.0.0/8]}]}]}
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: {name: metrics, namespace: shop}
spec: {selector: {matchLabels: {app: web}}, mtls: {mode: STRICT}, portLevelMtls: {"8080": {mode: PERMISSIVE}}}
---
apiVersion: install.istio.io/v1alpha1
kind: IstioOperator
metadata: {name: mesh, namespace: istio-system}
spec: {profile: default, revision: r1, meshConfig: {accessLogFile: /dev/stdout, extensionProviders: [{name: opa, envoyExtAuthzGrpc: {service: opa.shop.svc.cluster.local, port: 9191, failOpen: true, timeout: 1s}}]}, components: {ingressGateways: [{name: gw, enabled: true, k8s: {service: {ports: [{port: 443, targetPort: 8443, name: https}]}}}], pilot: {k8s: {hpaSpec: {minReplicas: 2}}}}, values: {global: {proxy: {resources: {requests: {cpu: 10m}}}}}}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: istio, namespace: istio-system}
data:
  mesh: |-
    accessLogFile: /dev/stdout
    defaultConfig: {discoveryAddress: istiod.istio-system.svc:15012, proxyMetadata: {A: b}, holdApplicationUntilProxyStarts: true, gatewayTopology: {numTrustedProxies: 1}}
    outboundTrafficPolicy: {mode: REGISTRY_ONLY}
    extensionProviders: [{name: opa, envoyExtAuthzHttp: {service: opa.shop.svc.cluster.local, port: 8080, includeRequestHeadersInCheck: [a]}}]
    trustDomain: cluster.local
  meshNetworks: "networks: {}"
---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: istiod, namespace: istio-system}
spec: {chart: {spec: {chart: istiod, version: 1.31.1, sourceRef: {kind: HelmRepository, name: istio}}}, values: {meshConfig: {accessLogFile: /dev/stdout}, replicaCount: 2}}
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata: {name: istio, namespace: istio-system}
spec: {url: "https://blob.istio.io/istio-release/charts"}
---
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: gateway, namespace: argocd}
spec: {destination: {namespace: ingress}, sources: [{repoURL: "https://blob.istio.io/istio-release/charts", chart: gateway, targetRevision: 1.31.1, helm: {valuesObject: {replicaCount: 2}, values: "a: b", parameters: [{name: a, value: b}]}}]}
---
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: {name: api, namespace: shop}
spec: {replicas: 2, workloadRef: {kind: Deployment, name: api}, strategy: {canary: {trafficRouting: {istio: {virtualService: {name: web, routes: [a]}, destinationRule: {name: web, canarySubsetName: v2, stableSubsetName: v1}}}}}}
---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: {name: shop, namespace: ingress}
spec: {secretName: shop-cert, dnsNames: [shop.example.com, "*.shop.example.com"], issuerRef: {name: a, kind: ClusterIssuer}}
---
apiVersion: cert-manager.io/v1
kind: ClusterIssuer
metadata: {name: a}
spec: {acme: {server: "https://acme-v02.api.letsencrypt.org/directory", solvers: [{http01: {ingress: {ingressClassName: istio}}}]}}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web, namespace: shop, annotations: {kubernetes.io/ingress.class: istio}}
spec: {ingressClassName: istio, tls: [{hosts: [a.example.com], secretName: a}], rules: [{host: a.example.com, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}], defaultBackend: {service: {name: web, port: {name: http}}}}
---
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: {name: istio}
spec: {controller: istio.io/ingress-controller}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web, namespace: shop}
spec: {podSelector: {matchLabels: {app: web}, matchExpressions: [{key: a, operator: In, values: [b]}]}, policyTypes: [Ingress, Egress], ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}}, {namespaceSelector: {}, podSelector: {}}], ports: [{port: 8080, endPort: 8090, protocol: TCP}]}], egress: [{}]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: a, namespace: shop}
rules: [{apiGroups: [""], resources: ["*"], verbs: [get], resourceNames: [a]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: a, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: a}
subjects: [{kind: ServiceAccount, name: web, namespace: shop}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: b}
rules: [{nonResourceURLs: ["*"], verbs: ["*"]}]
aggregationRule: {clusterRoleSelectors: [{matchLabels: {a: b}}]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: b}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
subjects: [{kind: Group, name: "system:authenticated", apiGroup: rbac.authorization.k8s.io}]
---
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata: {name: istio-sidecar-injector, labels: {istio.io/rev: r1, istio.io/tag: prod}}
webhooks: [{name: rev.namespace.sidecar-injector.istio.io, clientConfig: {service: {name: istiod, namespace: istio-system, path: /inject, port: 443}}, namespaceSelector: {matchExpressions: [{key: istio.io/rev, operator: In, values: [r1]}]}, objectSelector: {matchLabels: {a: b}}, rules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods]}], sideEffects: None, admissionReviewVersions: [v1], failurePolicy: Fail}]
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db, namespace: shop}
spec: {serviceName: db, replicas: 1, selector: {matchLabels: {app: db}}, template: {metadata: {labels: {app: db}, annotations: {proxy.istio.io/config: "concurrency: 2", traffic.sidecar.istio.io/excludeInboundPorts: "5432"}}, spec: {initContainers: [{name: a, image: "a:1", restartPolicy: Always}], containers: [{name: db, image: "postgres:17@sha256:${"a".repeat(64)}", ports: [{containerPort: 5432, name: tcp-pg}], env: [{name: DB_PASSWD, valueFrom: {secretKeyRef: {name: a, key: b}}}, {name: A, value: b}], resources: {requests: {cpu: 1, memory: 1Gi}, limits: {memory: 1Gi}}, securityContext: {runAsUser: 0, privileged: true, capabilities: {add: [NET_ADMIN], drop: [ALL]}}, livenessProbe: {tcpSocket: {port: 5432}}, readinessProbe: {exec: {command: [a]}}, volumeMounts: [{name: a, mountPath: /a}]}], volumes: [{name: a, hostPath: {path: /}}], topologySpreadConstraints: [{maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule, labelSelector: {matchLabels: {app: db}}}]}}, volumeClaimTemplates: [{metadata: {name: b}, spec: {storageClassName: gp3, accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}]}
---
apiVersion: v1
kind: Service
metadata: {name: db, namespace: shop}
spec: {clusterIP: None, selector: {app: db}, ports: [{name: tcp-pg, port: 5432, targetPort: tcp-pg, appProtocol: tcp}]}
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: aws-node, namespace: kube-system}
spec: {selector: {matchLabels: {k8s-app: aws-node}}, template: {metadata: {labels: {k8s-app: aws-node}}, spec: {hostNetwork: true, containers: [{name: aws-node, image: a}, {name: aws-eks-nodeagent, image: b, args: [--enable-network-policy=true]}]}}}
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: nightly, namespace: shop}
spec: {schedule: "0 0 * * *", jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: "a:latest"}]}}}}}
---
apiVersion: v1
kind: Pod
metadata: {name: one, namespace: shop, labels: {sidecar.istio.io/inject: "true"}}
spec: {containers: [{name: a, image: a}], serviceAccountName: web, automountServiceAccountToken: false}
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: gp3, annotations: {storageclass.kubernetes.io/is-default-class: "true"}}
provisioner: ebs.csi.aws.com
parameters: {type: gp3, encrypted: "true"}
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: things.example.org}
spec: {group: example.org, scope: Namespaced, names: {kind: Thing, plural: things}, versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]}
---
apiVersion: v1
kind: List
items: [{apiVersion: v1, kind: ServiceAccount, metadata: {name: a, namespace: shop}}, {apiVersion: v1, kind: Secret, metadata: {name: s, namespace: shop}, stringData: {a: b}}]
---
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [a.yaml, base, "https://example.org/a.yaml"]
namespace: shop
namePrefix: a-
labels: [{pairs: {a: b}, includeSelectors: true, includeTemplates: true}]
commonAnnotations: {a: b}
images: [{name: x/web, newName: y/web, newTag: "2", digest: "sha256:a"}]
replicas: [{name: web, count: 3}]
configMapGenerator: [{name: c, literals: [a=b], behavior: create}]
secretGenerator: [{name: c, literals: [a=b], options: {disableNameSuffixHash: true}}]
patches: [{target: {kind: Deployment, name: "web|api"}, patch: "[{op: replace, path: /spec/replicas, value: 3}]"}, {path: b.yaml}]
patchesStrategicMerge: ["{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {replicas: 5}}"]
replacements: [{source: {kind: Service, name: web, fieldPath: metadata.name}, targets: [{select: {kind: Deployment}, fieldPaths: ["spec.template.spec.containers.[name=web].image"], options: {delimiter: ":", index: 1}}]}]
vars: [{name: A, objref: {kind: Service, name: web, apiVersion: v1}}]
components: [c]
transformers: [t.yaml]
`;
