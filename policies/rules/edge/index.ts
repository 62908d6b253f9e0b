import type { Rule } from "../../engine/rule";
import { dnsConflict } from "./dns-conflict";
import { dnsScheme } from "./dns-scheme";
import { dnsTarget } from "./dns-target";
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

/** Rules about the load balancer and the names that lead to it. */
export const edgeRules: readonly Rule[] = [
  dnsConflict,
  dnsScheme,
  dnsTarget,
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
];
