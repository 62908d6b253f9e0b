import { releases } from "../../../facts/charts/releases";
import { unlabelled } from "../../../facts/causes";
import { isInjected, namespaceInjection, unlabelledNamespace } from "../../../facts/istio/injection";
import { releaseNamespace } from "../../../facts/istio/gateway-chart";
import type { Inventory } from "../../../engine/inventory";
import { containersOf, podTemplates } from "../../../facts/kubernetes/pods";
import type { HelmRelease } from "../../../engine/resource";
import type { Check, Rule } from "../../../engine/rule";

/** What waits for Istio's webhook to name the proxy's image is where that webhook comes by. */
export const imageAuto: Rule = {
  id: "IST-IMAGE-AUTO",
  severity: "mandatory",
  title: "pods with the image auto are where Istio's webhook fills it in",
  why: "Without the webhook the node looks for an image called auto, and the gateway never starts.",
  fix: 'Label the namespace istio-injection: enabled, or the pods sidecar.istio.io/inject: "true".',
  codes: ["IST0146", "IST0147"],
  docs: "https://istio.io/latest/docs/setup/additional-setup/gateway/",

  judge: (inventory, check) => {
    check.each(podTemplates(inventory), (pods) =>
      check.each(containersOf(pods), (container) => {
        const image = container.get("image");
        if (image.text() !== "auto" || isInjected(pods, inventory) !== false) return;
        const namespace = unlabelledNamespace(pods, inventory);
        check.violation(image, {
          ...(namespace && { ...unlabelled(namespace), follows: true }),
          message: 'image "auto" stays as it is, because no sidecar webhook comes by: the pods never start.',
          fix: 'Label them sidecar.istio.io/inject: "true", in a namespace that isn\'t istio-injection: disabled.',
        });
      }),
    );
    check.each(releases(inventory), (release) => judgeRelease(release, inventory, check));
  },
};

/** The chart labels its pods itself: only a namespace that is off keeps the webhook away. */
function judgeRelease(release: HelmRelease, inventory: Inventory, check: Check): void {
  if (release.chart !== "gateway") return;
  const name = releaseNamespace(release);
  const found = inventory.find("Namespace", "default", name);
  if (!found || namespaceInjection(found) !== "off") return;
  check.violation(release.get("namespace"), {
    message: `its namespace ${name} is labelled istio-injection: ${found.labels.get("istio-injection").text() ?? ""}: no webhook fills in the image "auto", and the gateway never starts.`,
    fix: `Label the namespace ${name} istio-injection: enabled.`,
  });
}
