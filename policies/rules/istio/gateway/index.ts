import type { Rule } from "../../../engine/rule";
import { forwardedProto } from "./forwarded-proto";
import { gatewayAnyHost } from "./gateway-any-host";
import { gatewayConflict } from "./gateway-conflict";
import { gatewayDrain } from "./gateway-drain";
import { gatewayHost } from "./gateway-host";
import { gatewayListener } from "./gateway-listener";
import { gatewayMutual } from "./gateway-mutual";
import { gatewayName } from "./gateway-name";
import { gatewayPort } from "./gateway-port";
import { gatewaySecret } from "./gateway-secret";
import { gatewaySelector } from "./gateway-selector";
import { gatewayService } from "./gateway-service";
import { gatewaySharedCertificate } from "./gateway-shared-cert";
import { gatewayTargetPort } from "./gateway-target-port";
import { gatewayTargets } from "./gateway-targets";
import { gatewayTls } from "./gateway-tls";
import { healthPort } from "./health-port";
import { hostCertificate } from "./host-cert";
import { hostDns } from "./host-dns";
import { httpChallenge } from "./http-challenge";
import { httpsRedirect } from "./https-redirect";
import { proxyProtocol } from "./proxy-protocol";
import { readinessGate } from "./readiness-gate";
import { redirectLoop } from "./redirect-loop";
import { serviceWait } from "./service-wait";
import { tlsEnd } from "./tls-end";
import { trustedProxies } from "./trusted-proxies";

/** Rules about the way in: Gateways, their pods, and what the load balancer before them expects. */
export const gatewayRules: readonly Rule[] = [
  gatewayService,
  gatewayAnyHost,
  gatewayConflict,
  gatewayHost,
  gatewayListener,
  gatewayMutual,
  gatewayPort,
  gatewaySecret,
  gatewaySelector,
  gatewaySharedCertificate,
  gatewayTls,
  forwardedProto,
  gatewayDrain,
  gatewayName,
  gatewayTargetPort,
  gatewayTargets,
  healthPort,
  hostCertificate,
  hostDns,
  httpChallenge,
  httpsRedirect,
  proxyProtocol,
  readinessGate,
  redirectLoop,
  serviceWait,
  tlsEnd,
  trustedProxies,
];
