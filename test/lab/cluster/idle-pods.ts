import type { Api, KubernetesObject } from "./api";
import { nodeName } from "./control-plane";
import { Follower } from "./follower";
import { nodeAddress, type Network } from "./network";
import type { Pod } from "./pod";

/**
 * Says of pods that they run and are ready, and runs nothing: for tests of what stands above them.
 *
 * @param which the pods that it is for
 */
export function idlePods(api: Api, network: Network, which: (pod: Pod) => boolean): Follower {
  const known = new Set<string>();
  return new Follower(async () => {
    for (const pod of (await api.list("v1", "Pod")) as readonly (KubernetesObject & Pod)[]) {
      if (!which(pod)) continue;
      const { uid, name, namespace, deletionTimestamp } = pod.metadata;
      const reference = { apiVersion: "v1", kind: "Pod", metadata: { name, namespace } };
      if (deletionTimestamp !== undefined) await api.delete(reference, 0);
      else if (!known.has(uid)) {
        await start(api, reference, network.nextAddress());
        known.add(uid);
      }
    }
  });
}

async function start(api: Api, pod: Parameters<Api["get"]>[0], address: string): Promise<void> {
  const { name, namespace } = pod.metadata;
  const target = { apiVersion: "v1", kind: "Node", name: nodeName };
  await api.post(pod, "binding", { apiVersion: "v1", kind: "Binding", metadata: { name, namespace }, target });
  const conditions = ["Initialized", "ContainersReady", "Ready"].map((type) => ({ type, status: "True" }));
  const status = { phase: "Running", podIP: address, podIPs: [{ ip: address }], hostIP: nodeAddress, conditions };
  await api.patch(pod, { status }, "status");
}
