import type { Rule } from "../../rule";
import { annotation } from "./annotation";
import { autoscaler } from "./autoscaler";
import { capabilities } from "./capabilities";
import { chartReplicas } from "./chart-replicas";
import { chartRequests } from "./chart-requests";
import { chartValues } from "./chart-values";
import { controllerMetadata } from "./controller-metadata";
import { controllerWebhooks } from "./controller-webhooks";
import { defaultNamespace } from "./default-namespace";
import { disruptionBudget } from "./disruption-budget";
import { drain } from "./drain";
import { duplicate } from "./duplicate";
import { escalation } from "./escalation";
import { gatewayService } from "./gateway-service";
import { hostNamespaces } from "./host-namespaces";
import { hostPaths } from "./host-paths";
import { imageAuto } from "./image-auto";
import { imageTag } from "./image-tag";
import { injectionLabels } from "./injection-labels";
import { injection } from "./injection";
import { kind } from "./kind";
import { liveness } from "./liveness";
import { memoryLimit } from "./memory-limit";
import { networkPolicy } from "./network-policy";
import { nonRoot } from "./non-root";
import { portName } from "./port-name";
import { privileged } from "./privileged";
import { probePort } from "./probe-port";
import { proxyUser } from "./proxy-user";
import { rbacAdmin } from "./rbac-admin";
import { rbacWildcard } from "./rbac-wildcard";
import { readOnlyRoot } from "./read-only-root";
import { readiness } from "./readiness";
import { replicas } from "./replicas";
import { requests } from "./requests";
import { schema } from "./schema";
import { seccomp } from "./seccomp";
import { selector } from "./selector";
import { serviceAccount } from "./service-account";
import { serviceConflict } from "./service-conflict";
import { servicePods } from "./service-pods";
import { token } from "./token";

/** What Kubernetes objects must keep to. One line a rule, sorted. */
export const kubernetesRules: readonly Rule[] = [
  annotation,
  autoscaler,
  capabilities,
  chartReplicas,
  chartRequests,
  chartValues,
  controllerMetadata,
  controllerWebhooks,
  defaultNamespace,
  disruptionBudget,
  drain,
  duplicate,
  escalation,
  gatewayService,
  hostNamespaces,
  hostPaths,
  imageAuto,
  imageTag,
  injectionLabels,
  injection,
  kind,
  liveness,
  memoryLimit,
  networkPolicy,
  nonRoot,
  portName,
  privileged,
  probePort,
  proxyUser,
  rbacAdmin,
  rbacWildcard,
  readOnlyRoot,
  readiness,
  replicas,
  requests,
  schema,
  seccomp,
  selector,
  serviceAccount,
  serviceConflict,
  servicePods,
  token,
];
