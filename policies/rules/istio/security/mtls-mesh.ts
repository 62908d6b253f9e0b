import type { Inventory } from "../../../engine/inventory";
import type { HelmRelease, KubernetesObject } from "../../../engine/resource";
import type { Check, Rule } from "../../../engine/rule";
import { wrongValue } from "../../../facts/causes";
import { istiodReleases } from "../../../facts/istio/gateway-chart";
import { rootNamespace } from "../../../facts/istio/mesh";
import { hasSelector, peerAuthentications } from "../../../facts/istio/mtls";
import { namespaceOf } from "../../../facts/istio/objects";

/** The mesh as a whole takes mutual TLS only. */
export const mtlsMesh: Rule = {
  id: "IST-MTLS-MESH",
  severity: { production: "mandatory", otherwise: "advisory" },
  title: "the mesh as a whole is STRICT",
  why: "Istio's default takes plain text as well: whoever reaches a pod talks to it, without an identity and readable on the way.",
  fix: "Set STRICT for the mesh, and make exceptions where callers have no sidecar yet.",
  codes: [],
  docs: "https://istio.io/latest/docs/ops/best-practices/security/#mutual-tls",

  judge: (inventory, check) => {
    check.each(inventory.objects("PeerAuthentication"), (policy) => {
      judge(policy, inventory, check);
    });
    // Who reads manifests of applications sees no mesh.
    const releases = istiodReleases(inventory).filter(({ data }) => data.source !== "yaml");
    const [first] = releases.filter((release) => !release.get("chart").isUnknown);
    check.each(releases, (release) => {
      const isIstiod = release.get("chart").text() === "istiod";
      if (isIstiod && release === first) judgeDefault(release, inventory, check);
    });
  },
};

function judge(policy: KubernetesObject, inventory: Inventory, check: Check): void {
  if (hasSelector(policy) || namespaceOf(policy) !== rootNamespace(inventory)) return;
  const at = policy.get("spec", "mtls", "mode");
  const mode = at.text() ?? "UNSET";
  if (mode === "STRICT") return;
  const what = {
    DISABLE: "turns mutual TLS off in the whole mesh: nothing is encrypted, and no caller has an identity",
    UNSET:
      "is for the whole mesh and sets no mode, so Istio's default holds, PERMISSIVE: pods take plain text from anywhere",
  }[mode];
  check.violation(at, {
    // What is none of its values is refused, and is that first of all.
    ...wrongValue(at),
    follows: true,
    message: `${what ?? `is ${mode} for the whole mesh: pods take plain text from anywhere`}.`,
    fix: "Set mode: STRICT (in a stack file eks-istio:mesh, mtls.mode), with exceptions for workloads whose callers have no sidecar yet.",
  });
}

function judgeDefault(release: HelmRelease, inventory: Inventory, check: Check): void {
  const root = rootNamespace(inventory);
  const policies = inventory.once(peerAuthentications);
  if (policies.get(root).length > 0 || inventory.isOutside("PeerAuthentication", root, "default")) return;
  policies.assertKnown();
  check.violation(release, {
    message: `no PeerAuthentication in ${root} says how the mesh as a whole takes connections, so Istio's default holds, PERMISSIVE: pods take plain text from anywhere.`,
    fix: `Add a PeerAuthentication ${root}/default with mtls: {mode: STRICT}. If somebody else makes it, name "PeerAuthentication ${root}/default" under outside in the policies' configuration.`,
    severity: "advisory",
  });
}
