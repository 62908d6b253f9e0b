import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { IstioObject } from "./manifests/istio-object";

/** An object of one of Istio's CRDs, as a resource. */
export function istioResource(
  name: string,
  object: IstioObject<{ readonly spec?: object }>,
  opts: pulumi.CustomResourceOptions,
): k8s.apiextensions.CustomResource {
  const { apiVersion, kind, metadata, spec } = object;
  return new k8s.apiextensions.CustomResource(name, { apiVersion, kind, metadata, spec }, opts);
}
