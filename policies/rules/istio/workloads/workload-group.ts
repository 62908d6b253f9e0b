import type { Inventory } from "../../../engine/inventory";
import type { KubernetesObject } from "../../../engine/resource";
import type { Rule } from "../../../engine/rule";
import { fingerprint, labelText, listed, namespaceOf } from "../../../facts/istio/objects";
import { isFilledByCharts } from "../../../facts/istio/places";
import { KeyIndex } from "../../../facts/key-index";

/** A WorkloadGroup's machines have a ServiceAccount and labels of their own. */
export const workloadGroup: Rule = {
  id: "IST-WORKLOAD-GROUP",
  severity: "advisory",
  title: "a WorkloadGroup has a ServiceAccount that exists and labels of its own",
  why: "Without the ServiceAccount its machines get no certificate, and with another group's labels they serve that one's requests.",
  fix: "Make the ServiceAccount, and give each group labels that no other has.",
  codes: ["KIA1701", "KIA1702"],
  docs: "https://istio.io/latest/docs/reference/config/networking/workload-group/",

  judge: (inventory, check) =>
    check.each(inventory.objects("WorkloadGroup"), (group) => {
      const namespace = namespaceOf(group);
      const account = group.get("spec", "template", "serviceAccount");
      const name = account.text();
      const isMissing =
        name !== undefined && name !== "default" && inventory.missing("ServiceAccount", namespace, name);
      if (isMissing && !isFilledByCharts(inventory, namespace))
        check.violation(account, {
          message: `no ServiceAccount ${name} exists in the namespace ${namespace}: its machines get no certificate.`,
          fix: `Make it. If somebody else does, name "ServiceAccount ${namespace}/${name}" under outside in the policies' configuration.`,
        });
      const labels = group.get("spec", "metadata", "labels");
      if (labels.entries().length === 0) return;
      const index = inventory.once(byLabels);
      const rivals = index.get(keyOf(group)).filter((other) => other !== group);
      if (rivals.length > 0)
        check.violation(labels, {
          message: `${listed(rivals.map(({ label }) => label))} has the labels ${labelText(labels.texts())} too: Services can't tell their machines apart.`,
          fix: "Give each a label of its own.",
        });
      index.assertKnown();
    }),
};

function byLabels(inventory: Inventory): KeyIndex<KubernetesObject> {
  return new KeyIndex(inventory.objects("WorkloadGroup"), (group) => [keyOf(group)]);
}

function keyOf(group: KubernetesObject): string {
  return `${namespaceOf(group)} ${fingerprint(group.get("spec", "metadata", "labels"))}`;
}
