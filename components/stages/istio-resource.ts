import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { IstioObject } from "../manifests/istio/istio-object";
import { transformed, type Transform } from "./transform";

/** An object of one of Istio's CRDs, as a resource. */
export function istioResource(
  name: string,
  object: IstioObject<{ readonly spec?: object }>,
  opts: pulumi.CustomResourceOptions,
  transform?: Transform<k8s.apiextensions.CustomResourceArgs>,
): k8s.apiextensions.CustomResource {
  const { apiVersion, kind, metadata, spec } = object;
  const args = { apiVersion, kind, metadata, spec };
  return new k8s.apiextensions.CustomResource(
    ...transformed<k8s.apiextensions.CustomResourceArgs, typeof opts>(transform, name, args, opts),
  );
}
