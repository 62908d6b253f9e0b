import type { Check, Draft } from "../check";
import { reservedNamespaces, rootNamespace } from "../namespaces/reserved-namespaces";
import { closest } from "../reading/suggestions";
import { apiVersionsOf, groupOf, isKubernetesOwn, knownKinds, requiredFields, scopeOfKind, versionsOf } from "./kinds";
import { definedScopes, identityOf, kindOf, wordsFor, type OwnObject } from "./object";
import type { Mistake } from "./object-mistakes";
import { entryOf } from "./schema";

/** Objects of one's own fit together, and into the cluster that this stack makes. */
export const checkManifests: Check = (draft, report) => {
  const { ownManifests: own, manifests: entries } = draft;
  if (!own || !entries) return;
  const problem = ({ entry, place }: OwnObject, { rule, fix }: Mistake) =>
    report("manifests", [entry], `has, at ${place}, ${rule}`, fix);

  const first = new Map<string, OwnObject>();
  for (const each of own.objects) {
    const identity = identityOf(each.object);
    const before = first.get(identity);
    if (before)
      problem(each, {
        rule: `${wordsFor(each.object)} a second time: it stands at ${before.place}, too`,
        fix: "Remove one of them.",
      });
    else first.set(identity, each);
  }

  const defined = definedScopes(own.objects.map(({ object }) => object));
  const missing = missingNamespaces(draft);
  for (const each of own.objects) {
    const believed = entries[each.entry];
    const isBelieved = believed !== undefined && entryOf(believed).apiGroups.includes(groupOf(each.object.apiVersion));
    // What can't be read may hold the definition.
    const isDefined = defined.has(kindOf(each.object)) || own.problems.length > 0;
    const mistake =
      (isBelieved ? undefined : unknownKind(each, isDefined)) ??
      missingField(each) ??
      takenNamespace(each, draft) ??
      missing(each);
    if (mistake) problem(each, mistake);
  }
};

/** A kind that the cluster doesn't have. */
function unknownKind({ object }: OwnObject, isDefined: boolean): Mistake | undefined {
  const { apiVersion, kind } = object;
  const group = groupOf(apiVersion);
  const versions = versionsOf(group);
  const name = `${kind} of ${apiVersion}`;
  if (versions && scopeOfKind(group, kind) !== undefined) {
    if (versions.includes(apiVersion.slice(apiVersion.indexOf("/") + 1))) return undefined;
    return {
      rule: `${name}, a version that no cluster of this platform serves`,
      fix: `Write apiVersion: ${apiVersionsOf(kind).find((each) => groupOf(each) === group) ?? ""}.`,
    };
  }
  if (scopeOfKind(group, kind) !== undefined || (isDefined && !versions)) return undefined;
  const [elsewhere] = apiVersionsOf(kind);
  if (elsewhere !== undefined)
    return { rule: `${name}, a kind that is in ${elsewhere}`, fix: `Write apiVersion: ${elsewhere}.` };
  const near = closest(kind, knownKinds);
  if (near !== undefined && scopeOfKind(group, near) !== undefined)
    return { rule: `${name}, a kind that isn't there`, fix: `Did you mean "${near}"?` };
  return {
    rule: `${name}, a kind that nothing brings into the cluster`,
    fix: `Put its CustomResourceDefinition among the manifests; if something else installs it before, write {path: …, apiGroups: [${group}]}.`,
  };
}

/** A field without which nothing can be made of the object. */
function missingField({ object }: OwnObject): Mistake | undefined {
  const field = isKubernetesOwn(object) ? requiredFields.get(object.kind) : undefined;
  if (field === undefined || object[field] !== undefined) return undefined;
  return { rule: `${wordsFor(object)} without ${field}`, fix: "Write it: there is no such object without." };
}

/** A namespace that is said to be somebody else's, or that Kubernetes makes. */
function takenNamespace({ object }: OwnObject, { namespaces = {} }: Draft): Mistake | undefined {
  if (object.apiVersion !== "v1" || object.kind !== "Namespace") return undefined;
  const { name } = object.metadata;
  if (name !== rootNamespace && reservedNamespaces.includes(name))
    return { rule: `Namespace ${name}, which every cluster has already`, fix: "Remove it." };
  if (Object.hasOwn(namespaces, name) && namespaces[name]?.create === false)
    return {
      rule: `Namespace ${name}, of which namespaces.${name}.create: false says that it exists already`,
      fix: `Remove namespaces.${name}, or the Namespace here.`,
    };
  return undefined;
}

/** What finds objects in a namespace that nobody makes. Nothing is missing while somebody who may make it is unknown. */
function missingNamespaces(draft: Draft): (own: OwnObject) => Mistake | undefined {
  const { ownManifests: own, apps, appsLeftOut, settledGateways: gateways, namespaces } = draft;
  const { settledEgressGateways = [] } = draft;
  if (!own || own.problems.length > 0 || !apps || appsLeftOut || !gateways || !namespaces) return () => undefined;
  const made = [
    ...reservedNamespaces,
    ...Object.values(apps).map(({ namespace }) => namespace),
    ...[...gateways, ...settledEgressGateways].map(({ namespace }) => namespace),
    ...Object.keys(namespaces),
    ...own.objects.flatMap(({ object }) =>
      object.apiVersion === "v1" && object.kind === "Namespace" ? [object.metadata.name] : [],
    ),
  ];
  const known = new Set(made);
  return ({ object }) => {
    const { namespace } = object.metadata;
    if (namespace === undefined || known.has(namespace)) return undefined;
    const near = closest(namespace, made);
    return {
      rule: `${wordsFor(object)}, in a namespace that nothing makes`,
      fix: `${near === undefined ? "" : `Did you mean "${near}"? If not, have`}${near === undefined ? "Have" : ""} the platform make it, with namespaces: {${namespace}: {}}, put a Namespace among the manifests, or say that it exists, with namespaces: {${namespace}: {create: false}}.`,
    };
  };
}
