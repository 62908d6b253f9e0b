import type { Config } from "../engine/lab";
import { Lab } from "../engine/lab";
import { Cluster } from "./cluster";

/** A cluster, and a stack whose provider of Kubernetes is the real one. */
export interface RealStack {
  readonly cluster: Cluster;
  readonly lab: Lab;
}

/**
 * Gives the tests of a `describe` a cluster and a stack on it, and ends both after them.
 *
 * @param config Default: the sample's
 */
export function useCluster(config?: Config): () => RealStack {
  let stack: RealStack | undefined;
  before("start the cluster", async function () {
    this.timeout(180_000);
    const cluster = await Cluster.start();
    stack = { cluster, lab: await Lab.start(config, "dev", cluster.provider) };
  });
  after("end the cluster", async () => {
    stack?.lab.close();
    await stack?.cluster.stop();
  });
  return () => {
    if (!stack) throw new Error("The cluster starts before the first test: ask for it inside of one.");
    return stack;
  };
}
