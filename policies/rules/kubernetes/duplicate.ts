import { groupBy, type Inventory } from "../../engine/inventory";
import { KubernetesObject } from "../../engine/resource";
import type { Rule } from "../../engine/rule";

/** No object is written twice. */
export const duplicate: Rule = {
  id: "K8S-DUPLICATE",
  severity: "mandatory",
  title: "every object is there once",
  why: "Of two objects with one name the later one wins, or both fight for ever, and half of what was written isn't there.",
  fix: "Keep one of them, or give the other another name or namespace.",
  codes: [],

  judge: (inventory, check) => {
    // One whose name is unknown may be any other: reading says that it is unknown.
    check.each(inventory.once(withUnknownName), (object) => {
      for (const key of ["name", "namespace"]) object.get("metadata", key).text();
    });
    check.each(inventory.once(byName), ([, objects]) =>
      check.each(objects.slice(1), (object) => {
        const [first] = objects;
        const elsewhere = first?.data.locate?.([]) ?? first?.data.name ?? "";
        check.violation(object.get("metadata", "name"), {
          message: `is there twice, here and in ${elsewhere}: one overwrites the other.`,
          fix: "Keep one of them, or give this one another name or namespace.",
        });
      }),
    );
  },
};

function objectsOf({ resources }: Inventory): KubernetesObject[] {
  return resources.filter((one) => one instanceof KubernetesObject);
}

function withUnknownName(inventory: Inventory): KubernetesObject[] {
  return objectsOf(inventory).filter(
    (object) => object.namespace === undefined || object.get("metadata", "name").isUnknown,
  );
}

function byName(inventory: Inventory): [string, readonly KubernetesObject[]][] {
  const groups = groupBy(objectsOf(inventory), (object) => {
    const { kind, group, namespace, knownName, data } = object;
    // Each provider is another cluster, and a patch is part of an object that somebody else has.
    if (knownName === undefined || namespace === undefined || object.isPatch) return undefined;
    return [data.provider ?? "", group, kind, namespace, knownName].join(" ");
  });
  return [...groups].filter(([, objects]) => objects.length > 1);
}
