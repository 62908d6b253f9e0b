import type { Rule } from "../../engine/rule";
import { autoscaler } from "./autoscaler";
import { capabilities } from "./capabilities";
import { controllerMetadata } from "./controller-metadata";
import { controllerWebhooks } from "./controller-webhooks";
import { defaultNamespace } from "./default-namespace";
import { disruptionBudget } from "./disruption-budget";
import { drain } from "./drain";
import { duplicate } from "./duplicate";
import { escalation } from "./escalation";
import { hostNamespaces } from "./host-namespaces";
import { hostPaths } from "./host-paths";
import { imageTag } from "./image-tag";
import { ingressBackend } from "./ingress-backend";
import { ingressClass } from "./ingress-class";
import { ingressSecret } from "./ingress-secret";
import { kind } from "./kind";
import { liveness } from "./liveness";
import { memoryLimit } from "./memory-limit";
import { networkPolicy } from "./network-policy";
import { networkPolicyUnenforced } from "./network-policy-unenforced";
import { nonRoot } from "./non-root";
import { privileged } from "./privileged";
import { probePort } from "./probe-port";
import { rbacAdmin } from "./rbac-admin";
import { rbacWildcard } from "./rbac-wildcard";
import { readOnlyRoot } from "./read-only-root";
import { readiness } from "./readiness";
import { repeatedKey } from "./repeated-key";
import { replicas } from "./replicas";
import { requests } from "./requests";
import { schema } from "./schema";
import { seccomp } from "./seccomp";
import { secretText } from "./secret-text";
import { selector } from "./selector";
import { serviceAccount } from "./service-account";
import { servicePods } from "./service-pods";
import { token } from "./token";

/** Rules about any Kubernetes object. */
export const kubernetesRules: readonly Rule[] = [
  autoscaler,
  capabilities,
  controllerMetadata,
  controllerWebhooks,
  defaultNamespace,
  disruptionBudget,
  drain,
  duplicate,
  escalation,
  hostNamespaces,
  hostPaths,
  imageTag,
  ingressBackend,
  ingressClass,
  ingressSecret,
  kind,
  liveness,
  memoryLimit,
  networkPolicy,
  networkPolicyUnenforced,
  nonRoot,
  privileged,
  probePort,
  rbacAdmin,
  rbacWildcard,
  readOnlyRoot,
  readiness,
  repeatedKey,
  replicas,
  requests,
  schema,
  seccomp,
  secretText,
  selector,
  serviceAccount,
  servicePods,
  token,
];
