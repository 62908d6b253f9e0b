import { accepts, gateway, refuses } from "../verdicts";

describe("the gateway's place", () => {
  accepts("a name and a namespace of its own", gateway({ name: "public", namespace: "edge" }));

  accepts("a name of 53 characters", gateway({ name: "g".repeat(53) }));
  refuses("a name of 54 characters, which no Helm release has", gateway({ name: "g".repeat(54) }), {
    key: "eks-istio:gateways.default.name",
    value: "g".repeat(54),
    rule: "must have at most 53 characters",
    fix: "Write 53 characters or fewer.",
  });

  for (const namespace of ["istio-system", "default", "kube-system", "kube-public", "kube-node-lease"]) {
    refuses(`the namespace ${namespace}`, gateway({ namespace }), {
      key: "eks-istio:gateways.default.namespace",
      value: namespace,
      rule: "belongs to Kubernetes or Istio's control plane",
      fix: 'Use one of its own, e.g. "istio-ingress".',
    });
  }

  for (const name of ["istiod", "istio-base"]) {
    refuses(`the name of Istio's release ${name}`, gateway({ name }), {
      key: "eks-istio:gateways.default.name",
      value: name,
      rule: "is the name of another Helm release",
      fix: 'Use another, e.g. "istio-ingress".',
    });
  }
});

describe("the gateway's load balancer", () => {
  accepts("addresses inside the VPC only", gateway({ scheme: "internal" }));
  accepts("IPv6 towards the internet", gateway({ ipAddressType: "dualstack" }));
  accepts("clients of one network", gateway({ sourceRanges: ["203.0.113.0/24", "198.51.100.7/32"] }));

  refuses(
    "IPv6 inside a VPC of ours, whose private subnets have none",
    gateway({ scheme: "internal", ipAddressType: "dualstack" }),
    {
      key: "eks-istio:gateways.default.ipAddressType",
      value: "dualstack",
      rule: "needs IPv6 ranges, and the private subnets that an internal load balancer stands in have none",
      fix: "Write ipv4, or set gateways.default.scheme to internet-facing.",
    },
  );

  refuses("a scheme in another spelling", gateway({ scheme: "internet_facing" }), {
    key: "eks-istio:gateways.default.scheme",
    value: "internet_facing",
    rule: "must be one of internet-facing, internal",
    fix: 'Did you mean "internet-facing"?',
  });

  refuses("clients of a network twice", gateway({ sourceRanges: ["203.0.113.0/24", "203.0.113.0/24"] }), {
    key: "eks-istio:gateways.default.sourceRanges[1]",
    value: "203.0.113.0/24",
    rule: "is listed twice",
    fix: "Remove one of them.",
  });

  refuses("clients of a network that begins in its middle", gateway({ sourceRanges: ["203.0.113.7/24"] }), {
    key: "eks-istio:gateways.default.sourceRanges[0]",
    value: "203.0.113.7/24",
    rule: "is not the first address of its range",
    fix: 'Write "203.0.113.0/24", or "203.0.113.7/32" for that address alone.',
  });

  refuses("IPv6 clients", gateway({ sourceRanges: ["2001:db8::/32"] }), {
    key: "eks-istio:gateways.default.sourceRanges[0]",
    value: "2001:db8::/32",
    rule: "must be an IPv4 range in CIDR notation",
    fix: 'Write it like "203.0.113.0/24".',
  });

  for (const tlsPolicy of [
    "ELBSecurityPolicy-TLS13-1-2-2021-06",
    "ELBSecurityPolicy-TLS13-1-3-2021-06",
    "ELBSecurityPolicy-TLS13-1-2-FIPS-2023-04",
  ]) {
    accepts(`the TLS policy ${tlsPolicy}`, gateway({ tlsPolicy }));
  }

  for (const tlsPolicy of [
    "ELBSecurityPolicy-2016-08",
    "ELBSecurityPolicy-TLS-1-2-2017-01",
    "ELBSecurityPolicy-TLS13-1-0-2021-06",
    "ELBSecurityPolicy-TLS13-1-1-2021-06",
  ]) {
    refuses(`the TLS policy ${tlsPolicy}`, gateway({ tlsPolicy }), {
      key: "eks-istio:gateways.default.tlsPolicy",
      value: tlsPolicy,
      rule: "must be an ELB security policy that allows TLS 1.2 and 1.3 only",
      fix: 'Write it like "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09".',
    });
  }

  refuses("a TLS policy with a blank in its name", gateway({ tlsPolicy: "ELBSecurityPolicy-TLS13-1-2-2021 06" }), {
    key: "eks-istio:gateways.default.tlsPolicy",
    value: "ELBSecurityPolicy-TLS13-1-2-2021 06",
    rule: "must be an ELB security policy that allows TLS 1.2 and 1.3 only",
    fix: 'Write it like "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09".',
  });
});

describe("the gateway's pods", () => {
  for (const drain of ["1s", "90s", "1h"]) accepts(`${drain} to drain`, gateway({ drain }));

  for (const drain of ["61m", "1500ms"]) {
    refuses(`${drain} to drain, which no target group waits`, gateway({ drain }), {
      key: "eks-istio:gateways.default.drain",
      value: drain,
      rule: "must be whole seconds and at most 1h, the longest that a target group waits",
      fix: 'Write whole seconds, e.g. "60s".',
    });
  }

  refuses("more replicas at least than at most", gateway({ replicas: { min: 5, max: 3 } }), {
    key: "eks-istio:gateways.default.replicas.min",
    value: 5,
    rule: "must not be larger than max, 3",
    fix: "Lower min or raise max.",
  });

  refuses("a CPU target above the request", gateway({ replicas: { min: 3, max: 5, cpu: 101 } }), {
    key: "eks-istio:gateways.default.replicas.cpu",
    value: 101,
    rule: "must be at most 100",
    fix: "Write 100 or less.",
  });

  refuses(
    "a memory limit below the request",
    gateway({ resources: { requests: { cpu: "1", memory: "1Gi" }, limits: { cpu: "1", memory: "900Mi" } } }),
    {
      key: "eks-istio:gateways.default.resources.limits.memory",
      value: "900Mi",
      rule: "must not be smaller than the request, 1Gi: Kubernetes refuses the pod",
      fix: "Write 1Gi or more.",
    },
  );

  accepts(
    "a CPU limit of its own",
    gateway({ resources: { requests: { cpu: "1", memory: "1Gi" }, limits: { cpu: "4", memory: "1Gi" } } }),
  );
  refuses(
    "resources without a CPU limit, for which the chart's own would hold",
    gateway({ resources: { requests: { cpu: "1", memory: "1Gi" }, limits: { memory: "1Gi" } } }),
    {
      key: "eks-istio:gateways.default.resources.limits.cpu",
      value: undefined,
      rule: "is required",
      fix: 'Set it, e.g. "500m".',
    },
  );
});
