import type { Rule } from "../../engine/rule";

/** A map has each of its keys once. */
export const repeatedKey: Rule = {
  id: "K8S-REPEATED-KEY",
  severity: "mandatory",
  title: "no map in YAML has a key twice",
  why: "Of the values of one key kubectl apply takes the last and drops the others without a word, and Kustomize, and with it Flux, refuses the file.",
  fix: "Keep one of them.",
  codes: [],
  docs: "https://github.com/kubernetes-sigs/yaml/blob/v1.6.0/yaml.go",

  judge: (inventory, check) =>
    check.each(inventory.resources, (resource) => {
      for (const { path, isSame } of resource.data.repeated ?? []) {
        const at = resource.get(...path);
        check.violation(at, {
          message: isSame
            ? `${at.path} stands there twice, with the same value: Kustomize refuses the file.`
            : `${at.path} stands there twice: kubectl apply takes the last one, and what stands before it is lost.`,
          fix: "Keep one of them.",
          ...(isSame && { severity: "advisory" }),
        });
      }
    }),
};
