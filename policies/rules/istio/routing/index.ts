import type { Rule } from "../../../engine/rule";
import { destinationBalance } from "./destination-balance";
import { destinationDoubleTls } from "./destination-double-tls";
import { destinationHost } from "./destination-host";
import { destinationOnce } from "./destination-once";
import { destinationPort } from "./destination-port";
import { destinationShadow } from "./destination-shadow";
import { egressBypass } from "./egress-bypass";
import { entryAddress } from "./entry-address";
import { entryOnce } from "./entry-once";
import { exportNamespace } from "./export-namespace";
import { exportTo } from "./export-to";
import { hostOnce } from "./host-once";
import { matchGateway } from "./match-gateway";
import { routeDelegate } from "./route-delegate";
import { routeDestination } from "./route-destination";
import { routeFault } from "./route-fault";
import { routeGateway } from "./route-gateway";
import { routeHost } from "./route-host";
import { routeIngress } from "./route-ingress";
import { routeJwt } from "./route-jwt";
import { routeOverlap } from "./route-overlap";
import { routePort } from "./route-port";
import { routeRetries } from "./route-retries";
import { routeRetryOn } from "./route-retry-on";
import { routeRewrite } from "./route-rewrite";
import { routeTwice } from "./route-twice";
import { routeUnreachable } from "./route-unreachable";
import { routeWeight } from "./route-weight";
import { sidecarEgress } from "./sidecar-egress";
import { sidecarGlobal } from "./sidecar-global";
import { subsetPods } from "./subset-pods";

/** Rules about where requests go: VirtualServices, subsets, ServiceEntries, what is exported to whom. */
export const routingRules: readonly Rule[] = [
  // What a missing Service breaks is told by the routes first.
  routeDestination,
  destinationBalance,
  destinationDoubleTls,
  destinationHost,
  destinationOnce,
  destinationPort,
  destinationShadow,
  egressBypass,
  entryAddress,
  entryOnce,
  exportNamespace,
  exportTo,
  hostOnce,
  matchGateway,
  routeDelegate,
  routeFault,
  routeGateway,
  routeHost,
  routeIngress,
  routeJwt,
  routeOverlap,
  routePort,
  routeRetries,
  routeRetryOn,
  routeRewrite,
  routeTwice,
  routeUnreachable,
  routeWeight,
  sidecarEgress,
  sidecarGlobal,
  subsetPods,
];
