/** What the controller takes the value of an annotation for. */
export type AnnotationKind = "text" | "boolean" | "integer" | "list" | "map" | readonly string[];

/**
 * The annotations that the AWS Load Balancer Controller 3.x reads on a Service, without their prefix.
 *
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/
 */
export const knownAnnotations: Readonly<Record<string, AnnotationKind>> = {
  "access-log-enabled": "boolean",
  "access-log-s3-bucket-name": "text",
  "access-log-s3-bucket-prefix": "text",
  "additional-resource-tags": "map",
  "alpn-policy": ["HTTP1Only", "HTTP2Only", "HTTP2Optional", "HTTP2Preferred", "None"],
  attributes: "map",
  "backend-protocol": "text",
  "cross-zone-load-balancing-enabled": "boolean",
  "disable-nlb-sg": "boolean",
  "eip-allocations": "list",
  "eip-allocations-discovery-tags": "map",
  "enable-icmp-for-path-mtu-discovery": ["on", "off"],
  "enable-prefix-for-ipv6-source-nat": ["on", "off"],
  "enable-tcp-udp-listener": "boolean",
  "healthcheck-healthy-threshold": "integer",
  "healthcheck-interval": "integer",
  "healthcheck-path": "text",
  "healthcheck-port": "text",
  "healthcheck-protocol": ["tcp", "http", "https"],
  "healthcheck-success-codes": "text",
  "healthcheck-timeout": "integer",
  "healthcheck-unhealthy-threshold": "integer",
  "inbound-sg-rules-on-private-link-traffic": ["on", "off"],
  internal: "boolean",
  "ip-address-type": ["ipv4", "dualstack"],
  "ipv6-addresses": "list",
  "manage-backend-security-group-rules": "boolean",
  "minimum-load-balancer-capacity": "map",
  "multi-cluster-target-group": "boolean",
  name: "text",
  "nlb-target-type": ["ip", "instance"],
  "private-ipv4-addresses": "list",
  "proxy-protocol": ["*"],
  "proxy-protocol-per-target-group": "list",
  "quic-enabled-containers": "list",
  "quic-enabled-ports": "list",
  scheme: ["internet-facing", "internal"],
  "security-group-prefix-lists": "list",
  "security-groups": "list",
  "source-nat-ipv6-prefixes": "list",
  "ssl-cert": "list",
  "ssl-negotiation-policy": "text",
  "ssl-ports": "list",
  subnets: "list",
  "target-group-attributes": "map",
  "target-node-labels": "map",
  type: "text",
};

/** Followed by a protocol and a port: `listener-attributes.TCP-80`. */
export const listenerAttributes = "listener-attributes.";

/** What may stand in `attributes`, and which values each takes. */
export const balancerAttributes: Readonly<Record<string, AnnotationKind>> = {
  "access_logs.s3.bucket": "text",
  "access_logs.s3.enabled": "boolean",
  "access_logs.s3.prefix": "text",
  "deletion_protection.enabled": "boolean",
  "dns_record.client_routing_policy": [
    "availability_zone_affinity",
    "partial_availability_zone_affinity",
    "any_availability_zone",
  ],
  "ipv6.deny_all_igw_traffic": "boolean",
  "load_balancing.cross_zone.enabled": "boolean",
  "secondary_ips.auto_assigned.per_subnet": "integer",
  "zonal_shift.config.enabled": "boolean",
};

/** What may stand in `target-group-attributes`, and which values each takes. */
export const targetGroupAttributes: Readonly<Record<string, AnnotationKind>> = {
  "deregistration_delay.connection_termination.enabled": "boolean",
  "deregistration_delay.timeout_seconds": "integer",
  "load_balancing.cross_zone.enabled": ["true", "false", "use_load_balancer_configuration"],
  "preserve_client_ip.enabled": "boolean",
  "proxy_protocol_v2.enabled": "boolean",
  "stickiness.enabled": "boolean",
  "stickiness.type": ["source_ip"],
  "target_group_health.dns_failover.minimum_healthy_targets.count": "text",
  "target_group_health.dns_failover.minimum_healthy_targets.percentage": "text",
  "target_group_health.unhealthy_state_routing.minimum_healthy_targets.count": "integer",
  "target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage": "text",
  "target_health_state.unhealthy.connection_termination.enabled": "boolean",
  "target_health_state.unhealthy.draining_interval_seconds": "integer",
};
