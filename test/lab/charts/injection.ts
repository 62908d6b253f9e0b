import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import type { KubernetesObject } from "../cluster/api";
import { run } from "../tools/tool";

/**
 * A pod or Deployment as an istiod with these objects would complete it, by Istio's own code.
 *
 * @param istiod the objects of the istiod chart
 */
export async function injected(
  istiod: readonly KubernetesObject[],
  workload: KubernetesObject,
): Promise<KubernetesObject> {
  const folder = mkdtempSync(join(tmpdir(), "injection-"));
  const file = (name: string, content: string) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const { config = "", values = "" } = configMap(istiod, "istio-sidecar-injector");
  try {
    const out = await run(
      "istioctl",
      [
        ...["kube-inject", "--revision", revisionOf(istiod)],
        ...["--filename", file("workload.json", JSON.stringify(workload))],
        ...["--injectConfigFile", file("templates", config), "--valuesFile", file("values", values)],
        ...["--meshConfigFile", file("mesh", configMap(istiod, "istio").mesh ?? "")],
      ],
      folder,
    );
    return parseAllDocuments(out)[0]?.toJS() as KubernetesObject;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The data of one of istiod's ConfigMaps, whose names end with the revision. */
export function configMap(istiod: readonly KubernetesObject[], name: string): Readonly<Record<string, string>> {
  const revision = revisionOf(istiod);
  const whole = revision === "default" ? name : `${name}-${revision}`;
  const found = istiod.find(({ kind, metadata }) => kind === "ConfigMap" && metadata.name === whole);
  if (!found) throw new Error(`The istiod chart has no ConfigMap ${whole}.`);
  return found.data as Readonly<Record<string, string>>;
}

function revisionOf(istiod: readonly KubernetesObject[]): string {
  const webhook = istiod.find(({ kind }) => kind === "MutatingWebhookConfiguration");
  return webhook?.metadata.labels?.["istio.io/rev"] ?? "default";
}
