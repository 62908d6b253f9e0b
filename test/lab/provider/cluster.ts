import { mkdtempSync, readFileSync, chmodSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { istioRepository, istioVersion, loadBalancerController } from "../../../components/versions";
import { istioSources } from "../charts/charts";
import type { Api } from "../cluster/api";
import { ControlPlane } from "../cluster/control-plane";
import { idlePods } from "../cluster/idle-pods";
import { pilot } from "../cluster/images";
import { Kubelet } from "../cluster/kubelet";
import { Network } from "../cluster/network";
import type { Pod } from "../cluster/pod";
import { shareWithAll } from "../cluster/shared-programs";
import { Undo } from "../cluster/undo";
import type { RealProvider } from "../engine/plugin";
import { remove } from "../tools/tool";
import { serveCharts, type RepositoryChart } from "./chart-repositories";
import { LoadBalancers } from "./load-balancers";

/** A version of Istio after the sample's own: its charts are the same ones here, under another version. */
export const nextIstioVersion = istioVersion.replace(/\d+$/, (patch) => String(Number(patch) + 1));

/**
 * A real API server with its controllers and a real istiod, for the real provider to work with. Other pods are said to
 * run; a load balancer is a name; charts come from repositories of this machine.
 */
export class Cluster {
  private constructor(
    private readonly undo: Undo,
    readonly api: Api,
    readonly loadBalancers: LoadBalancers,
    readonly provider: RealProvider,
  ) {}

  /** What began is ended if it fails. */
  static async start(): Promise<Cluster> {
    const executable = process.env.LAB_KUBERNETES_PROVIDER;
    if (executable === undefined) throw new Error("The provider is missing: run the lab with npm run lab.");
    const undo = new Undo();
    try {
      const folder = mkdtempSync(join(tmpdir(), "cluster-"));
      undo.add(() => remove(folder));
      chmodSync(folder, 0o755);
      const certificate = await serveCharts(mkdtempSync(join(folder, "charts-")), charts(), undo);
      const network = new Network();
      undo.add(() => network.close());
      const plane = await ControlPlane.start(join(folder, "control-plane"));
      undo.add(() => plane.stop());
      const programs = await shareWithAll(undo, join(folder, "bin"), "pilot-discovery");
      const kubelet = new Kubelet(plane.api, network, join(folder, "pods"), [pilot(programs)], isIstiod);
      undo.add(() => kubelet.stop());
      const idle = idlePods(plane.api, network, (pod) => !isIstiod(pod));
      undo.add(() => idle.stop());
      const loadBalancers = new LoadBalancers(plane.api);
      undo.add(() => loadBalancers.stop());
      const env = {
        SSL_CERT_FILE: certificate,
        ...Object.fromEntries(["CACHE", "CONFIG", "DATA"].map((each) => [`HELM_${each}_HOME`, join(folder, "helm")])),
      };
      const kubeconfig = readFileSync(plane.kubeconfig, "utf8");
      return new Cluster(undo, plane.api, loadBalancers, { executable, kubeconfig, env });
    } catch (error) {
      await undo.run();
      throw error;
    }
  }

  stop(): Promise<void> {
    return this.undo.run();
  }
}

function isIstiod({ metadata }: Pod): boolean {
  return metadata.labels?.app === "istiod";
}

function charts(): readonly RepositoryChart[] {
  const { repository, version } = loadBalancerController;
  const sources = join(istioSources(), "manifests", "charts");
  return [
    ...["base", "gateway", "istio-control/istio-discovery"].map((chart) => ({
      repository: istioRepository,
      folder: join(sources, chart),
      versions: [istioVersion, nextIstioVersion],
    })),
    { repository, folder: join(__dirname, "aws-load-balancer-controller"), versions: [version] },
  ];
}
