import type { Rule } from "../../rule";
import { afterIstiod } from "./after-istiod";
import { gatewaySelector } from "./gateway-selector";
import { gatewayService } from "./gateway-service";
import { hostCertificate } from "./host-cert";
import { hostDns } from "./host-dns";
import { nlbSslPorts } from "./nlb-ssl-ports";
import { proxyProtocol } from "./proxy-protocol";
import { redirectLoop } from "./redirect-loop";
import { tlsEnd } from "./tls-end";

/** What AWS and the mesh must agree on. One line a rule, sorted. */
export const edgeRules: readonly Rule[] = [
  afterIstiod,
  gatewaySelector,
  gatewayService,
  hostCertificate,
  hostDns,
  nlbSslPorts,
  proxyProtocol,
  redirectLoop,
  tlsEnd,
];
