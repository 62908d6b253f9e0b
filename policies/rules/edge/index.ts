import type { Rule } from "../../rule";
import { afterIstiod } from "./after-istiod";
import { certificateValidated } from "./cert-validated";
import { clientIp } from "./client-ip";
import { dnsConflict } from "./dns-conflict";
import { dnsScheme } from "./dns-scheme";
import { dnsTarget } from "./dns-target";
import { forwardedProto } from "./forwarded-proto";
import { gatewayDrain } from "./gateway-drain";
import { gatewayHealthPort } from "./gateway-health-port";
import { gatewaySelector } from "./gateway-selector";
import { gatewayService } from "./gateway-service";
import { gatewayTargetPort } from "./gateway-target-port";
import { hostCertificate } from "./host-cert";
import { hostDns } from "./host-dns";
import { meshPorts } from "./mesh-ports";
import { mutualWildcard } from "./mutual-wildcard";
import { nlbAccessLog } from "./nlb-access-log";
import { nlbAlpn } from "./nlb-alpn";
import { nlbAnnotationKey } from "./nlb-annotation-key";
import { nlbAnnotationValue } from "./nlb-annotation-value";
import { nlbController } from "./nlb-controller";
import { nlbCrossZone } from "./nlb-cross-zone";
import { nlbDeletionProtection } from "./nlb-deletion-protection";
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
  certificateValidated,
  clientIp,
  dnsConflict,
  dnsScheme,
  dnsTarget,
  forwardedProto,
  gatewayDrain,
  gatewayHealthPort,
  gatewaySelector,
  gatewayService,
  gatewayTargetPort,
  hostCertificate,
  hostDns,
  meshPorts,
  mutualWildcard,
  nlbAccessLog,
  nlbAlpn,
  nlbAnnotationKey,
  nlbAnnotationValue,
  nlbController,
  nlbCrossZone,
  nlbDeletionProtection,
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
