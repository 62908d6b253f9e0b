import { groupBy, type Inventory } from "../../engine/inventory";
import { clusterScoped, KubernetesObject } from "../../engine/resource";
import type { Check, Rule } from "../../engine/rule";

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
    const nameless = inventory.once(withUnknownName);
    check.each(nameless, readName);
    const groups = inventory.once(byName);
    // What is applied by itself must not repeat itself.
    check.each(groups, (objects) => {
      for (const own of byOrigin(objects)) judgeTogether(own, check);
    });
    const apart = groups.map((objects) => byOrigin(objects).flatMap(([first]) => first ?? [])).filter(isSeveral);
    for (const objects of alternatives(apart)) {
      const kinds = new Set(objects.flatMap(([first]) => first?.kind ?? []));
      // How many are shared decides. One more might be, if it had a name.
      const open = nameless.filter(({ kind, data }) => data.origin !== undefined && kinds.has(kind));
      if (isSet(objects)) judgeSet(objects, open, check);
      else for (const own of objects) judgeApart(own, open, check);
    }
  },
};

function readName(object: KubernetesObject): void {
  for (const key of ["name", "namespace"]) object.get("metadata", key).text();
}

/** Objects of one name in one place. */
function judgeTogether([first, ...others]: readonly KubernetesObject[], check: Check): void {
  check.each(others, (object) => {
    report(object, first, check);
  });
}

function report(object: KubernetesObject, first: KubernetesObject | undefined, check: Check): void {
  check.violation(object.get("metadata", "name"), {
    message: `is there twice, here and in ${placeOf(first)}: one overwrites the other.`,
    fix: "Keep one of them, or give this one another name or namespace.",
  });
}

/** Objects of one name, each in another file. Where none says its namespace, whoever applies them does. */
function judgeApart(objects: readonly KubernetesObject[], open: readonly KubernetesObject[], check: Check): void {
  const [first, ...others] = objects;
  check.each(others, (object) => {
    open.forEach(readName);
    if (!objects.every(isAnywhere)) {
      report(object, first, check);
      return;
    }
    check.violation(object.get("metadata", "name"), {
      message: `is in ${placeOf(first)}, too, and neither has a namespace: applied to the same one, one overwrites the other.`,
      fix: "Write the namespace, or judge the two files separately.",
      severity: "advisory",
    });
  });
}

/** Files or kustomizations that share objects as samples and overlays do. */
function judgeSet(
  groups: readonly (readonly KubernetesObject[])[],
  open: readonly KubernetesObject[],
  check: Check,
): void {
  const again = groups[0]?.slice(1, 2) ?? [];
  const origins = [...new Set(groups.flat().map(originOf))];
  const more = origins.length - mostNamed;
  const shown = more > 0 ? [...origins.slice(0, mostNamed), `${more} more`] : origins;
  const others = groups.length - 1;
  const also = others === 0 ? "" : others === 1 ? ", and so is 1 other object" : `, and so are ${others} other objects`;
  check.each(again, (object) => {
    open.forEach(readName);
    check.violation(object.get("metadata", "name"), {
      message: `is in several of ${shown.join(", ")}${also}: these look like alternatives, or like parts for different namespaces. Applied together, one overwrites the other.`,
      fix: "Judge them separately.",
      severity: "advisory",
    });
  });
}

/** More files in one sentence are read by nobody. */
const mostNamed = 7;

function placeOf(object: KubernetesObject | undefined): string {
  return object?.data.locate?.([]) ?? object?.data.name ?? "";
}

/** A file, or a kustomization's folder. A stack has neither: it is applied as a whole. */
function originOf({ data }: KubernetesObject): string {
  return data.origin ?? "";
}

function byOrigin(objects: readonly KubernetesObject[]): (readonly KubernetesObject[])[] {
  return [...groupBy(objects, originOf).values()];
}

function isSeveral(objects: readonly unknown[]): boolean {
  return objects.length > 1;
}

/** Whether an object belongs into a namespace that its file doesn't say. */
function isAnywhere(object: KubernetesObject): boolean {
  return !clusterScoped.has(object.kind) && !object.get("metadata", "namespace").exists;
}

/** Objects that are in several places, put together where the places hang together. */
function alternatives(groups: readonly (readonly KubernetesObject[])[]): (readonly (readonly KubernetesObject[])[])[] {
  const leaders = new Map<string, string>();
  const leaderOf = (origin: string): string => {
    const next = leaders.get(origin) ?? origin;
    return next === origin ? origin : leaderOf(next);
  };
  for (const [first, ...others] of groups)
    for (const other of others) if (first) leaders.set(leaderOf(originOf(other)), leaderOf(originOf(first)));
  return [...groupBy(groups, ([first]) => first && leaderOf(originOf(first))).values()];
}

/** A slip repeats an object or two in one other file. Kustomizations are applied each by itself. */
function isSet(groups: readonly (readonly KubernetesObject[])[]): boolean {
  if (groups.length > 2 || groups.some((objects) => objects.length > 2)) return true;
  return groups.flat().every((object) => originOf(object).endsWith("/"));
}

function objectsOf({ resources }: Inventory): KubernetesObject[] {
  return resources.filter((one) => one instanceof KubernetesObject);
}

function withUnknownName(inventory: Inventory): KubernetesObject[] {
  return objectsOf(inventory).filter(
    (object) => object.namespace === undefined || object.get("metadata", "name").isUnknown,
  );
}

function byName(inventory: Inventory): (readonly KubernetesObject[])[] {
  const groups = groupBy(objectsOf(inventory), (object) => {
    const { kind, group, namespace, knownName, data } = object;
    // Each provider is another cluster, and a patch is part of an object that somebody else has.
    if (knownName === undefined || namespace === undefined || object.isPatch) return undefined;
    return [data.provider ?? "", group, kind, namespace, knownName].join(" ");
  });
  return [...groups.values()].filter(isSeveral);
}
