import type { IDestinationRule } from "@kubernetes-models/istio/networking.istio.io/v1";
import type { AppSettings } from "../../settings/apps/schema";
import type { IstioObject } from "./istio-object";
import { serviceHost } from "../names";

/**
 * Subsets and traffic policy of an application.
 *
 * @returns undefined where it has neither
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/
 */
export function destinationRule(app: AppSettings): IstioObject<IDestinationRule> | undefined {
  const { loadBalancer, connectionPool, outlierDetection, tls } = app;
  const trafficPolicy = {
    ...(loadBalancer && { loadBalancer }),
    ...(connectionPool && { connectionPool }),
    ...(outlierDetection && { outlierDetection }),
    ...(tls && { tls }),
  };
  const subsets = Object.entries(app.versions).map(([name, { labels }]) => ({
    name,
    labels: labels ?? { version: name },
  }));
  if (subsets.length === 0 && Object.keys(trafficPolicy).length === 0) return undefined;
  return {
    apiVersion: "networking.istio.io/v1",
    kind: "DestinationRule",
    metadata: { name: app.name, namespace: app.namespace },
    spec: {
      host: serviceHost(app.service, app.namespace),
      ...(Object.keys(trafficPolicy).length > 0 && { trafficPolicy }),
      ...(subsets.length > 0 && { subsets }),
    },
  };
}
