import type { IDestinationRule } from "@kubernetes-models/istio/networking.istio.io/v1";
import type { AppRouting } from "../../routing/model";
import type { IstioObject } from "./istio-object";
import { serviceHost } from "../names";

/**
 * Subsets and traffic policy of an application's service: a version is a subset.
 *
 * @returns undefined where it has neither
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/
 */
export function destinationRule({
  app,
  namespace,
  destination,
}: AppRouting): IstioObject<IDestinationRule> | undefined {
  const { versions, policy, ports } = destination;
  const trafficPolicy = {
    ...policy,
    ...(ports && { portLevelSettings: ports.map(({ port, ...own }) => ({ port: { number: port }, ...own })) }),
  };
  const hasPolicy = Object.keys(trafficPolicy).length > 0;
  if (versions.length === 0 && !hasPolicy) return undefined;
  return {
    apiVersion: "networking.istio.io/v1",
    kind: "DestinationRule",
    metadata: { name: app, namespace },
    spec: {
      host: serviceHost(destination.service, destination.namespace),
      ...(hasPolicy && { trafficPolicy }),
      ...(versions.length > 0 && {
        subsets: versions.map(({ name, labels, policy: own }) => ({
          name,
          labels,
          ...(own && { trafficPolicy: own }),
        })),
      }),
    },
  };
}
