import type { Host } from "../../cluster/host";

/**
 * What a pod's Envoy says of itself.
 *
 * @param path of its administration interface
 * @see https://www.envoyproxy.io/docs/envoy/latest/operations/admin
 */
export async function fromAdmin(pod: Host, path: string): Promise<string> {
  const answer = await pod.call({ host: "localhost", address: "127.0.0.1", port: 15000, path });
  if (answer.status !== 200) throw new Error(`${path}: ${JSON.stringify(answer)}`);
  return answer.text ?? "";
}
