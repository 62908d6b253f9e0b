import type { Rule } from "../../../engine/rule";
import { authzDefault } from "./authz-default";
import { authzDenyTcp } from "./authz-deny-tcp";
import { authzDryRun } from "./authz-dry-run";
import { authzEmpty } from "./authz-empty";
import { authzGateway } from "./authz-gateway";
import { authzHost } from "./authz-host";
import { authzIdentity } from "./authz-identity";
import { authzMethod } from "./authz-method";
import { authzNamespace } from "./authz-namespace";
import { authzPort } from "./authz-port";
import { authzPrincipal } from "./authz-principal";
import { authzProvider } from "./authz-provider";
import { authzToken } from "./authz-token";
import { authzUnenforced } from "./authz-unenforced";
import { destinationCa } from "./destination-ca";
import { destinationIdentity } from "./destination-identity";
import { destinationMtls } from "./destination-mtls";
import { jwksAddress } from "./jwks-address";
import { mtlsMesh } from "./mtls-mesh";
import { mtlsPorts } from "./mtls-ports";
import { mtlsWeakened } from "./mtls-weakened";
import { requestAuthentication } from "./request-authentication";
import { strictCallers } from "./strict-callers";

/** Rules about who may call whom, and about encryption. */
export const securityRules: readonly Rule[] = [
  authzDefault,
  authzDenyTcp,
  authzDryRun,
  authzEmpty,
  authzGateway,
  authzHost,
  authzIdentity,
  authzMethod,
  authzNamespace,
  authzPort,
  authzPrincipal,
  authzProvider,
  authzToken,
  authzUnenforced,
  destinationCa,
  destinationIdentity,
  destinationMtls,
  jwksAddress,
  mtlsMesh,
  mtlsPorts,
  mtlsWeakened,
  requestAuthentication,
  strictCallers,
];
