import { stringify } from "yaml";
import type { KubernetesObject } from "../cluster/api";

/** Objects that Istio's analyzers and this project's rules both look at. */
export interface Input {
  readonly title: string;
  readonly objects: readonly KubernetesObject[];
}

/** As both read it. What is left of a template in Istio's own tests is any text to its analyzers. */
export function textOf({ objects }: Input): string {
  return objects.map((object) => stringify(object).replaceAll("{{", "{ {")).join("---\n");
}
