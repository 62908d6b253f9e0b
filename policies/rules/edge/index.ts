import type { Rule } from "../../rule";
import { afterIstiod } from "./after-istiod";
import { dnsConflict } from "./dns-conflict";
import { dnsScheme } from "./dns-scheme";
import { dnsTarget } from "./dns-target";
import { forwardedProto } from "./forwarded-proto";
import { gatewayDrain } from "./gateway-drain";
import { gatewayName } from "./gateway-name";
import { gatewayTargetPort } from "./gateway-target-port";
import { gatewayTargets } from "./gateway-targets";
import { healthPort } from "./health-port";
import { hostCertificate } from "./host-cert";
import { hostDns } from "./host-dns";
import { httpsRedirect } from "./https-redirect";
import { meshPorts } from "./mesh-ports";
import { nlbAccessLog } from "./nlb-access-log";
import { nlbAlpn } from "./nlb-alpn";
import { nlbAnnotationValue } from "./nlb-annotation-value";
import { nlbAnnotation } from "./nlb-annotation";
import { nlbCertificate } from "./nlb-cert";
import { nlbClientIp } from "./nlb-client-ip";
import { nlbController } from "./nlb-controller";
import { nlbCrossZone } from "./nlb-cross-zone";
import { nlbDeletionProtection } from "./nlb-deletion-protection";
import { nlbHealthCheck } from "./nlb-health-check";
import { nlbScheme } from "./nlb-scheme";
import { nlbSecurityGroups } from "./nlb-security-groups";
import { nlbSslPorts } from "./nlb-ssl-ports";
import { nlbTargetType } from "./nlb-target-type";
import { nlbTlsPolicy } from "./nlb-tls-policy";
import { proxyProtocol } from "./proxy-protocol";
import { readinessGate } from "./readiness-gate";
import { redirectLoop } from "./redirect-loop";
import { serviceWait } from "./service-wait";
import { tlsEnd } from "./tls-end";
import { trustedProxies } from "./trusted-proxies";

/** What AWS and the mesh must agree on. One line a rule, sorted. */
export const edgeRules: readonly Rule[] = [
  afterIstiod,
  dnsConflict,
  dnsScheme,
  dnsTarget,
  forwardedProto,
  gatewayDrain,
  gatewayName,
  gatewayTargetPort,
  gatewayTargets,
  healthPort,
  hostCertificate,
  hostDns,
  httpsRedirect,
  meshPorts,
  nlbAccessLog,
  nlbAlpn,
  nlbAnnotationValue,
  nlbAnnotation,
  nlbCertificate,
  nlbClientIp,
  nlbController,
  nlbCrossZone,
  nlbDeletionProtection,
  nlbHealthCheck,
  nlbScheme,
  nlbSecurityGroups,
  nlbSslPorts,
  nlbTargetType,
  nlbTlsPolicy,
  proxyProtocol,
  readinessGate,
  redirectLoop,
  serviceWait,
  tlsEnd,
  trustedProxies,
];
