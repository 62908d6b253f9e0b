import type { Api } from "../cluster/api";
import { until } from "../cluster/daemon";

interface ResourceList {
  readonly resources: readonly {
    readonly name: string;
    readonly kind: string;
    readonly verbs: readonly string[];
  }[];
}

interface ObjectList {
  readonly items: readonly {
    readonly metadata: {
      readonly name: string;
      readonly namespace?: string;
      readonly ownerReferences?: readonly unknown[];
    };
  }[];
}

/** What comes and goes by itself. */
const passing = ["Event", "Lease", "EndpointSlice", "Endpoints", "ComponentStatus", "IPAddress", "APIService"];

/** Every object of a cluster that nothing else owns: `Service istio-ingress/istio-ingress`, sorted. */
export async function inventory(api: Api): Promise<string[]> {
  const { groups } = await api.request<{ groups: readonly { preferredVersion: { groupVersion: string } }[] }>("/apis");
  const versions = ["/api/v1", ...groups.map(({ preferredVersion }) => `/apis/${preferredVersion.groupVersion}`)];
  const found: string[] = [];
  for (const version of versions) {
    for (const { name, kind, verbs } of (await api.request<ResourceList>(version)).resources) {
      if (!verbs.includes("list") || passing.includes(kind)) continue;
      const { items } = await api.request<ObjectList>(`${version}/${name}`);
      for (const { metadata } of items.filter((each) => each.metadata.ownerReferences === undefined))
        found.push([kind, [metadata.namespace, metadata.name].filter(Boolean).join("/")].join(" "));
    }
  }
  return [...new Set(found)].sort();
}

/** The objects of a cluster that has just started, once it has made all that it makes for itself. */
export function settled(api: Api): Promise<string[]> {
  return until("the cluster to settle", async () => {
    const before = await inventory(api);
    await new Promise((resolve) => setTimeout(resolve, 3000));
    const after = await inventory(api);
    const whole = after.includes("ConfigMap kube-system/kube-root-ca.crt");
    return whole && after.join() === before.join() ? after : undefined;
  });
}
