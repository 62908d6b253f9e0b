import type { IRequestAuthentication } from "@kubernetes-models/istio/security.istio.io/v1";
import type { AppAccess } from "../../access/model";
import type { IstioObject } from "./istio-object";

/**
 * Whose tokens an application takes. It refuses an invalid token and takes a request without one: that a token is
 * required is for the policies of `access`.
 *
 * @returns undefined for an application that takes none
 * @see https://istio.io/latest/docs/reference/config/security/request_authentication/
 */
export function requestAuthentication({
  app,
  namespace,
  pods,
  issuers,
}: AppAccess): IstioObject<IRequestAuthentication> | undefined {
  if (issuers.length === 0) return undefined;
  return {
    apiVersion: "security.istio.io/v1",
    kind: "RequestAuthentication",
    metadata: { name: app, namespace },
    spec: { selector: { matchLabels: { ...pods } }, jwtRules: issuers.map((issuer) => ({ ...issuer })) },
  };
}
