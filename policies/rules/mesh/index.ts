import type { Rule } from "../../rule";
import { destinationCa } from "./destination-ca";
import { destinationHost } from "./destination-host";
import { destinationMtls } from "./destination-mtls";
import { destinationOnce } from "./destination-once";
import { destinationShadow } from "./destination-shadow";
import { gatewayAnyHost } from "./gateway-any-host";
import { gatewayConflict } from "./gateway-conflict";
import { gatewayHost } from "./gateway-host";
import { gatewayMutual } from "./gateway-mutual";
import { gatewayPort } from "./gateway-port";
import { gatewaySecret } from "./gateway-secret";
import { gatewaySelector } from "./gateway-selector";
import { gatewaySharedCertificate } from "./gateway-shared-certificate";
import { gatewayTls } from "./gateway-tls";
import { hostOnce } from "./host-once";
import { mtlsPorts } from "./mtls-ports";
import { mtlsWeakened } from "./mtls-weakened";
import { routeDelegate } from "./route-delegate";
import { routeDestination } from "./route-destination";
import { routeGateway } from "./route-gateway";
import { routeIngress } from "./route-ingress";
import { routeOverlap } from "./route-overlap";
import { routePort } from "./route-port";
import { routeRetries } from "./route-retries";
import { routeTwice } from "./route-twice";
import { routeUnreachable } from "./route-unreachable";
import { routeWeight } from "./route-weight";
import { strictCallers } from "./strict-callers";
import { subsetPods } from "./subset-pods";

/** What Istio's objects must keep to among themselves. One line a rule, sorted. */
export const meshRules: readonly Rule[] = [
  destinationCa,
  destinationHost,
  destinationMtls,
  destinationOnce,
  destinationShadow,
  gatewayAnyHost,
  gatewayConflict,
  gatewayHost,
  gatewayMutual,
  gatewayPort,
  gatewaySecret,
  gatewaySelector,
  gatewaySharedCertificate,
  gatewayTls,
  hostOnce,
  mtlsPorts,
  mtlsWeakened,
  routeDelegate,
  routeDestination,
  routeGateway,
  routeIngress,
  routeOverlap,
  routePort,
  routeRetries,
  routeTwice,
  routeUnreachable,
  routeWeight,
  strictCallers,
  subsetPods,
];
