import { containersOf, podTemplates } from "../../facts/kubernetes/pods";
import type { Rule } from "../../engine/rule";

/** Every container's image has a digest, or a tag that isn't `latest`. */
export const imageTag: Rule = {
  id: "K8S-IMAGE-TAG",
  severity: "mandatory",
  title: "images have a fixed tag or a digest",
  why: "A pod that moves to another node may start another version than its neighbours, and a rollback has nothing to go back to.",
  fix: "Name the version: a tag other than latest, or a digest.",
  codes: ["CKV_K8S_14"],
  docs: "https://kubernetes.io/docs/concepts/containers/images/#image-names",

  judge: (inventory, check) =>
    check.each(podTemplates(inventory), (pods) => {
      check.each(containersOf(pods), (container) => {
        const image = container.get("image");
        const name = image.text();
        // Istio's webhook puts a proxy's image, version and all, in the place of "auto".
        if (name === undefined || name === "auto" || isFixed(name)) return;
        check.violation(image, {
          message: `image "${name}" may be another one tomorrow: a pod that restarts can run another version than its neighbours.`,
          fix: `Write the version you tested, e.g. "${name.replace(/:latest$/, "")}:1.2.3", or a digest.`,
        });
      });
    }),
};

/** A registry's port is no tag: what counts stands behind the last slash. */
function isFixed(image: string): boolean {
  const [, tag] = (image.split("/").at(-1) ?? "").split(":");
  return image.includes("@sha256:") || (tag !== undefined && tag !== "" && tag !== "latest");
}
