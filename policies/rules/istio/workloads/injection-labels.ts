import { podTemplates } from "../../../facts/kubernetes/pods";
import type { KubernetesObject } from "../../../engine/resource";
import type { Check, Rule } from "../../../engine/rule";
import type { Value } from "../../../engine/value";

/** One label decides about sidecars, with a value that Istio knows. */
export const injectionLabels: Rule = {
  id: "IST-INJECTION-LABELS",
  severity: "mandatory",
  title: "one label decides about sidecars, with a value that Istio knows",
  why: "Of two injection labels Istio silently takes one, often the old control plane's, and a value that it doesn't know counts as none.",
  fix: "Keep one of istio-injection and istio.io/rev on a namespace, and one sidecar.istio.io/inject on pods.",
  codes: ["IST0123"],
  docs: "https://istio.io/latest/docs/setup/additional-setup/sidecar-injection/",

  judge: (inventory, check) => {
    check.each(inventory.objects("Namespace"), (namespace) => judgeNamespace(namespace, check));
    check.each(podTemplates(inventory), ({ template }) => {
      const label = template.get("metadata", "labels", pods);
      const annotation = template.get("metadata", "annotations", pods);
      check.each([label, annotation], (value) => judgeValue(value, pods, ["true", "false"], check));
      const [own, old] = [label.text(), annotation.text()];
      if (own === undefined || old === undefined || own === old) return;
      check.violation(annotation, {
        message: `its pods have the label ${pods}: "${own}" and the annotation ${pods}: "${old}": the label counts.`,
        fix: "Take the annotation out; Istio has given it up.",
      });
    });
  },
};

const pods = "sidecar.istio.io/inject";
const legacy = "istio-injection";
const revision = "istio.io/rev";
const mode = "istio.io/dataplane-mode";

/** @see https://github.com/istio/istio/blob/master/manifests/charts/istio-control/istio-discovery/templates/mutatingwebhook.yaml */
function judgeNamespace(namespace: KubernetesObject, check: Check): void {
  const { labels } = namespace;
  const injection = labels.get(legacy);
  check.each([injection], (value) => judgeValue(value, legacy, ["enabled", "disabled"], check));
  // No webhook comes by then: a revision is for other things, such as a gateway that nobody injects, or the ambient mode.
  if (injection.exists && injection.text() !== "enabled") return;
  const set = [legacy, revision, mode].filter((label) => labels.get(label).exists);
  const counts = set.filter((label) => label !== mode || labels.get(mode).text() !== "none");
  if (counts.length < 2) return;
  const texts = counts.map((label) => `${label}=${labels.get(label).text() ?? ""}`);
  check.violation(labels, {
    message: `has ${texts.join(" and ")}: ${injection.exists ? `${legacy} counts, and the rest is silently ignored` : "its pods would be in both data planes"}.`,
    fix: "Keep one of them.",
  });
}

function judgeValue(value: Value, label: string, known: readonly string[], check: Check): void {
  const text = value.text();
  if (text === undefined || known.includes(text)) return;
  check.violation(value, {
    message: `${label} is "${text}", which Istio doesn't know${label === legacy ? ": its pods get no sidecar" : " and passes over"}.`,
    fix: `Write "${known.join('" or "')}".`,
  });
}
