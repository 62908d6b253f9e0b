import { unknown } from "../../../policies/engine/value";
import { isClusterScoped, kindOf, mayBeCalled, withName, withProperties, type Part } from "./part";
import { changed, hidden, isMap, listOf, mapOf, type Loose } from "./values";

/**
 * What `namespace` says: every object's namespace, a Namespace's own name, and the ServiceAccount called `default` of bindings.
 * Kustomize follows others' to where they are.
 *
 * @see https://github.com/kubernetes-sigs/kustomize/blob/api/v0.21.1/api/filters/namespace/namespace.go
 */
export function inNamespace(parts: readonly Part[], { namespace }: Loose): Part[] {
  if (typeof namespace !== "string" || namespace === "") return [...parts];
  const set = (value: unknown, path: readonly string[]) => changed(value, path, () => namespace);
  return parts.map((part) => {
    const { properties } = part.data;
    if (kindOf(part) === "Namespace") return withProperties(part, set(properties, ["metadata", "name"]));
    const own = isClusterScoped(part) ? properties : set(properties, ["metadata", "namespace"]);
    if (!kindOf(part).endsWith("RoleBinding")) return withProperties(part, own);
    return withProperties(
      part,
      changed(
        own,
        ["subjects", isMap],
        (subject) => {
          const { kind, name } = mapOf(subject);
          if (name === "default") return { ...mapOf(subject), namespace };
          return kind === "ServiceAccount" ? hidden(subject, ["namespace"]) : subject;
        },
        false,
      ),
    );
  });
}

/** Names that `namePrefix` and `nameSuffix` change are changed where Kustomize knows that they are names, and only there. */
export function renamed(parts: readonly Part[], { namePrefix, nameSuffix }: Loose): Part[] {
  const [prefix, suffix] = [namePrefix, nameSuffix].map((one) => (typeof one === "string" ? one : ""));
  if (!prefix && !suffix) return [...parts];
  const keeps = new Set(["Namespace", "CustomResourceDefinition", "APIService"]);
  return parts.map((part) =>
    keeps.has(kindOf(part)) ? part : withName(part, (name) => `${prefix ?? ""}${name}${suffix ?? ""}`),
  );
}

/** What `replicas` says. */
export function scaled(parts: readonly Part[], { replicas }: Loose): Part[] {
  const kinds = new Set(["Deployment", "ReplicationController", "ReplicaSet", "StatefulSet"]);
  return listOf(replicas)
    .map(mapOf)
    .reduce<Part[]>(
      (all, { name, count }) =>
        all.map((part) =>
          kinds.has(kindOf(part)) && mayBeCalled(part, name)
            ? withProperties(
                part,
                changed(part.data.properties, ["spec", "replicas"], () => count),
              )
            : part,
        ),
      [...parts],
    );
}

/** What `images` (with the older `imageTags`) says of every container's image. */
export function withImages(parts: readonly Part[], { images, imageTags }: Loose): Part[] {
  const all = [...listOf(images), ...listOf(imageTags)].map(mapOf);
  if (all.length === 0) return [...parts];
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (!isMap(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, own]) => [
        key,
        key === "containers" || key === "initContainers"
          ? changed(own, [isMap, "image"], (image) => all.reduce(imageAs, image), false)
          : walk(own),
      ]),
    );
  };
  return parts.map((part) => withProperties(part, walk(part.data.properties)));
}

/** @see https://github.com/kubernetes-sigs/kustomize/blob/api/v0.21.1/api/filters/imagetag/updater.go */
function imageAs(image: unknown, { name, newName, newTag, tagSuffix, digest }: Loose): unknown {
  if (typeof image !== "string" || typeof name !== "string") return image;
  const [, own = "", tag = "", hash = ""] = /^(.*?)(:[^/@:]+)?(@.*)?$/.exec(image) ?? [];
  if (own !== name) return image;
  if (tagSuffix !== undefined) return unknown;
  const text = (value: unknown, mark: string) => (typeof value === "string" && value !== "" ? `${mark}${value}` : "");
  const version = `${text(newTag, ":")}${text(digest, "@")}`;
  return `${text(newName, "") || own}${version || `${tag}${hash}`}`;
}
