import { istioRepository, istioVersion } from "../versions";

/**
 * What a stack gets where its file is silent. A default is a security posture: each one here is the stricter choice,
 * or says why it is not.
 */
export const defaults = {
  network: {
    cidr: "10.0.0.0/16",
    zones: 3,
    /** One NAT gateway costs a third of three and is a single point of failure for egress: right for a first stack, not for production. */
    nat: "single",
    flowLogs: { enabled: true, retentionDays: 30 },
  },
  cluster: {
    /** No public endpoint at all until somebody names the addresses it is for. */
    publicAccessCidrs: [],
    privateAccessCidrs: [],
    logs: {
      types: ["api", "audit", "authenticator", "controllerManager", "scheduler"],
      retentionDays: 90,
    },
    /** Off, because a first stack is torn down again; production sets it. */
    deletionProtection: false,
    /** The weaker one, because nobody knows of a stack whether its nodes run already: taken from them, new pods get no address. */
    cniPermissions: "nodeRole",
    /** Off, because on they shut out what others connect from namespaces that the stack file doesn't name. */
    networkPolicies: false,
    nodeGroup: {
      instanceTypes: ["m6i.large"],
      capacityType: "ON_DEMAND",
      minSize: 3,
      maxSize: 6,
      /** GiB. */
      diskSize: 50,
    },
  },
  mesh: {
    version: istioVersion,
    repository: istioRepository,
    mtls: "STRICT",
    /** Mutual TLS says who calls; who may call is a decision for each application, which a first stack has not made. */
    access: "allow",
    /** As Istio's own: with the other one every name outside must be listed before anything works. */
    outboundTrafficPolicy: "ALLOW_ANY",
    istiod: {
      replicas: { min: 2, max: 5, cpu: 80 },
      resources: { requests: { cpu: "500m", memory: "2Gi" }, limits: { memory: "4Gi" } },
    },
    proxy: {
      resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { cpu: "2", memory: "1Gi" } },
      drain: "45s",
      holdUntilReady: true,
      logLevel: "warning",
    },
  },
  gateway: {
    name: "istio-ingress",
    namespace: "istio-ingress",
    scheme: "internet-facing",
    /** Clients of the public gateway come from anywhere; an internal one should say from where. */
    sourceRanges: [],
    tlsPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
    ipAddressType: "ipv4",
    crossZone: true,
    preserveClientIp: true,
    deletionProtection: false,
    /** A load balancer goes on for minutes to send connections to a pod that it deregisters. */
    drain: "180s",
    replicas: { min: 3, max: 10, cpu: 80 },
    resources: { requests: { cpu: "250m", memory: "256Mi" }, limits: { cpu: "2", memory: "1Gi" } },
  },
  egressGateway: {
    name: "istio-egress",
    namespace: "istio-egress",
    /** As a sidecar's: no load balancer has to notice that the pod goes. */
    drain: "45s",
    replicas: { min: 2, max: 5, cpu: 80 },
    resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { cpu: "2", memory: "1Gi" } },
  },
  app: {
    protocol: "http",
    workload: {
      replicas: { min: 2, max: 4, cpu: 80 },
      resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "512Mi" } },
      runAsUser: 1000,
    },
  },
} as const;
