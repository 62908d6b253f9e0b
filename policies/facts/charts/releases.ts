import type { Inventory } from "../../engine/inventory";
import { HelmRelease, type KubernetesObject } from "../../engine/resource";
import { argoReleases } from "./argo";
import type { Draft } from "./draft";
import { fluxReleases } from "./flux";
import { operatorReleases, unmapped } from "./istio-operator";

/**
 * Every chart that is installed here, by whatever tool: Pulumi's Releases, and what HelmReleases of Flux, Applications of
 * Argo CD and IstioOperators describe, in the same shape.
 */
export function releases(inventory: Inventory): readonly HelmRelease[] {
  return inventory.once(collect);
}

function collect(inventory: Inventory): HelmRelease[] {
  const own = inventory.resources.filter((resource) => resource instanceof HelmRelease);
  const described = [
    ...inventory.objects("HelmRelease").flatMap((object) => fluxReleases(object, inventory)),
    ...inventory.objects("Application").flatMap(argoReleases),
    ...inventory.objects("IstioOperator").flatMap(operatorReleases),
  ];
  return [...own, ...described.map(released)];
}

/** It has no URN: Pulumi's order says nothing about when it is installed. */
function released(draft: Draft): HelmRelease {
  const { source, name } = draft.origin.data;
  const data = { source, type: "kubernetes:helm.sh/v3:Release", name, properties: draft.properties, dependencies: [] };
  return new HelmRelease(data, draft);
}

/** Whether its values are those that count: of what another resource describes, more may stand elsewhere. */
export function hasVisibleValues(release: HelmRelease): boolean {
  const files = release.get("valueYamlFiles");
  return release.origin === release || files.isUnknown || files.list().length === 0;
}

/** What can't be judged of releases that other resources describe. */
export interface Hidden {
  readonly resource: string;
  /** Reads after "could not be judged because". */
  readonly reason: string;
}

/** Charts of which nothing is known, and parts of IstioOperators that have no equal among a chart's values. */
export function hiddenReleases(inventory: Inventory, known: ReadonlySet<string>): Hidden[] {
  const charts = releases(inventory).flatMap((release) => {
    if (release.origin === release || release.get("chart").isUnknown || known.has(release.chart)) return [];
    return [{ resource: release.label, reason: `its chart, ${release.chart}, isn't rendered` }];
  });
  return [...charts, ...inventory.objects("IstioOperator").flatMap(hiddenParts)];
}

function hiddenParts(operator: KubernetesObject): Hidden[] {
  const parts = unmapped(operator);
  const reason = `only istioctl knows what it makes of ${parts.join(", ")}`;
  return parts.length > 0 ? [{ resource: operator.label, reason }] : [];
}
