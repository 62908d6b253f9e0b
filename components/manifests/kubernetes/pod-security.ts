/** How little pods may ask for. @see https://kubernetes.io/docs/concepts/security/pod-security-standards/ */
export type PodSecurityLevel = "privileged" | "baseline" | "restricted";

/** The Kubernetes version whose standards hold. Pinned, so that an upgrade of the cluster refuses no pod that ran before it. */
export const podSecurityVersion = "v1.33";

/**
 * Labels of a namespace for pods that we know: others are refused.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-admission/
 */
export function enforced(level: PodSecurityLevel): Record<string, string> {
  return labels("enforce", level);
}

/**
 * Labels of a namespace for applications: pods that ask for more than the strictest standard are told of. Injected ones do, as
 * `istio-init` needs NET_ADMIN: the warning is about what people apply, a Deployment's own template, the audit log about pods.
 *
 * @param level beyond which pods are refused. Default: none is
 */
export function podSecurityLabels(level?: PodSecurityLevel): Record<string, string> {
  return { ...(level && enforced(level)), ...labels("warn", "restricted"), ...labels("audit", "restricted") };
}

function labels(mode: "enforce" | "warn" | "audit", level: PodSecurityLevel): Record<string, string> {
  const key = `pod-security.kubernetes.io/${mode}`;
  return { [key]: level, [`${key}-version`]: podSecurityVersion };
}
