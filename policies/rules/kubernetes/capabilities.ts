import type { Rule } from "../../engine/rule";
import type { Value } from "../../engine/value";
import { containerName, eachContainer } from "../../facts/kubernetes/containers";

/** Containers give up the kernel capabilities they don't need, and add none that lead out of them. */
export const capabilities: Rule = {
  id: "K8S-CAPABILITIES",
  severity: "mandatory",
  title: "containers drop all capabilities, and add none that lead out of them",
  why: "A capability such as SYS_ADMIN or NET_RAW turns a break-in into an application into one into its node or its neighbours' traffic.",
  fix: 'Set capabilities.drop to ["ALL"], and add nothing but NET_BIND_SERVICE.',
  codes: ["CKV_K8S_25", "CKV_K8S_28", "CKV_K8S_37", "CKV_K8S_39"],
  docs: "https://kubernetes.io/docs/concepts/security/pod-security-standards/",

  judge: (inventory, check) =>
    eachContainer(inventory, check, (container) => {
      const { add, drop } = lists(container);
      check.each(add.list(), (entry) => {
        const name = plainName(entry.text() ?? "");
        if (harmless.has(name)) return;
        check.violation(entry, {
          message: `${containerName(container)} adds the capability ${name}: who breaks into it gets further than the container.`,
          fix: `Do without ${name}; what needs it belongs in a node agent of its own.`,
        });
      });
      check.each([drop], (dropped) => {
        const names = dropped.list().map((entry) => plainName(entry.text() ?? ""));
        if (names.includes("ALL")) return;
        check.violation(dropped, {
          message: `${containerName(container)} keeps the capabilities that the runtime gives everyone, NET_RAW among them, which forges its neighbours' packets.`,
          fix: 'Set its securityContext.capabilities.drop to ["ALL"].',
          severity: "advisory",
        });
      });
    }),
};

/** What the restricted Pod Security Standard lets a container add. */
const harmless = new Set(["NET_BIND_SERVICE", ""]);

function lists(container: Value) {
  const of = (key: string) => container.get("securityContext", "capabilities", key);
  return { add: of("add"), drop: of("drop") };
}

function plainName(capability: string): string {
  return capability.toUpperCase().replace(/^CAP_/, "");
}
