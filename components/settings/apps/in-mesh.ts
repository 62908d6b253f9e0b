import type { Draft } from "../check";
import type { AppInput } from "./schema";

/** What keeps an application's pods out of the mesh, as far as the stack file says it. */
export function outsideOfMesh(
  { namespace, workload }: Pick<AppInput, "namespace" | "workload">,
  namespaces: Draft["namespaces"],
  guessed: Draft["guessed"] = () => false,
): string | undefined {
  if (workload && !workload.inject) return "workload.inject is false";
  const said = namespaces?.[namespace];
  return said?.injection === false && !guessed("namespaces", [namespace])
    ? `namespaces.${namespace}.injection is false`
    : undefined;
}
