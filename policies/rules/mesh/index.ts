import type { Rule } from "../../rule";
import { authzDefault } from "./authz-default";
import { authzDenyTcp } from "./authz-deny-tcp";
import { authzEmpty } from "./authz-empty";
import { authzHost } from "./authz-host";
import { authzIdentity } from "./authz-identity";
import { authzMethod } from "./authz-method";
import { authzNamespace } from "./authz-namespace";
import { authzPrincipal } from "./authz-principal";
import { authzUnenforced } from "./authz-unenforced";
import { deprecated } from "./deprecated";
import { destinationCa } from "./destination-ca";
import { destinationHost } from "./destination-host";
import { destinationMtls } from "./destination-mtls";
import { destinationOnce } from "./destination-once";
import { destinationShadow } from "./destination-shadow";
import { entryAddress } from "./entry-address";
import { entryOnce } from "./entry-once";
import { envoyFilterIgnored } from "./envoy-filter-ignored";
import { envoyFilterOrder } from "./envoy-filter-order";
import { exportNamespace } from "./export-namespace";
import { exportTo } from "./export-to";
import { gatewayAnyHost } from "./gateway-any-host";
import { gatewayConflict } from "./gateway-conflict";
import { gatewayHost } from "./gateway-host";
import { gatewayListener } from "./gateway-listener";
import { gatewayMutual } from "./gateway-mutual";
import { gatewayPort } from "./gateway-port";
import { gatewaySecret } from "./gateway-secret";
import { gatewaySelector } from "./gateway-selector";
import { gatewaySharedCertificate } from "./gateway-shared-certificate";
import { gatewayTls } from "./gateway-tls";
import { hostOnce } from "./host-once";
import { jwksAddress } from "./jwks-address";
import { mtlsPorts } from "./mtls-ports";
import { mtlsWeakened } from "./mtls-weakened";
import { policyIneffective } from "./policy-ineffective";
import { policyOnce } from "./policy-once";
import { policySelector } from "./policy-selector";
import { refused } from "./refused";
import { requestAuthentication } from "./request-authentication";
import { routeDelegate } from "./route-delegate";
import { routeDestination } from "./route-destination";
import { routeGateway } from "./route-gateway";
import { routeIngress } from "./route-ingress";
import { routeJwt } from "./route-jwt";
import { routeOverlap } from "./route-overlap";
import { routePort } from "./route-port";
import { routeRetries } from "./route-retries";
import { routeTwice } from "./route-twice";
import { routeUnreachable } from "./route-unreachable";
import { routeWeight } from "./route-weight";
import { sidecarEgress } from "./sidecar-egress";
import { sidecarGlobal } from "./sidecar-global";
import { strictCallers } from "./strict-callers";
import { subsetPods } from "./subset-pods";
import { telemetryProvider } from "./telemetry-provider";
import { workloadGroup } from "./workload-group";

/** What Istio's objects must keep to among themselves. One line a rule, sorted. */
export const meshRules: readonly Rule[] = [
  authzDefault,
  authzDenyTcp,
  authzEmpty,
  authzHost,
  authzIdentity,
  authzMethod,
  authzNamespace,
  authzPrincipal,
  authzUnenforced,
  deprecated,
  destinationCa,
  destinationHost,
  destinationMtls,
  destinationOnce,
  destinationShadow,
  entryAddress,
  entryOnce,
  envoyFilterIgnored,
  envoyFilterOrder,
  exportNamespace,
  exportTo,
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
  hostOnce,
  jwksAddress,
  mtlsPorts,
  mtlsWeakened,
  policyIneffective,
  policyOnce,
  policySelector,
  refused,
  requestAuthentication,
  routeDelegate,
  routeDestination,
  routeGateway,
  routeIngress,
  routeJwt,
  routeOverlap,
  routePort,
  routeRetries,
  routeTwice,
  routeUnreachable,
  routeWeight,
  sidecarEgress,
  sidecarGlobal,
  strictCallers,
  subsetPods,
  telemetryProvider,
  workloadGroup,
];
