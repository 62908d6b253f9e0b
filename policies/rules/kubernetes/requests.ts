import { isProxy, podTemplates } from "../../facts/kubernetes/pods";
import { isJudgedByValues } from "../../facts/kubernetes/charts";
import type { Rule } from "../../engine/rule";
import { containerName, hasLimitRange, resourceSetting, runningContainers } from "../../facts/kubernetes/containers";

/** Containers say how much CPU and memory they need. */
export const requests: Rule = {
  id: "K8S-REQUESTS",
  severity: "mandatory",
  title: "containers request CPU and memory",
  why: "The scheduler packs pods without requests onto full nodes, evicts them first, and no autoscaler can tell how busy they are.",
  fix: "Set resources.requests.cpu and resources.requests.memory.",
  codes: ["CKV_K8S_10", "CKV_K8S_12"],
  docs: "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/",

  judge: (inventory, check) =>
    check.each(podTemplates(inventory), (pods) => {
      if (isJudgedByValues(pods.resource, inventory)) return;
      if (hasLimitRange(inventory, pods)) return;
      check.each(runningContainers(pods), (container) => {
        if (isProxy(container)) return;
        // A limit alone counts as the request, too.
        const isSet = (key: string) =>
          resourceSetting(container, pods, "requests", key).exists ||
          resourceSetting(container, pods, "limits", key).exists;
        const absent = Object.entries(names).filter(([key]) => !isSet(key));
        if (absent.length === 0) return;
        check.violation(container.get("resources", "requests"), {
          message: `${containerName(container)} requests no ${absent.map(([, name]) => name).join(" and no ")}: its pods land on nodes that are full, and are the first to suffer there.`,
          fix: `Set ${absent.map(([key]) => `resources.requests.${key}`).join(" and ")} to what it takes under normal load.`,
        });
      });
    }),
};

const names = { cpu: "CPU", memory: "memory" };
