import type { Rule } from "../../rule";
import { capabilities } from "./capabilities";
import { escalation } from "./escalation";
import { hostNamespaces } from "./host-namespaces";
import { hostPaths } from "./host-paths";
import { imageTag } from "./image-tag";
import { liveness } from "./liveness";
import { memoryLimit } from "./memory-limit";
import { nonRoot } from "./non-root";
import { privileged } from "./privileged";
import { readOnlyRoot } from "./read-only-root";
import { readiness } from "./readiness";
import { requests } from "./requests";
import { schema } from "./schema";
import { seccomp } from "./seccomp";

/** What Kubernetes objects must keep to. One line a rule, sorted. */
export const kubernetesRules: readonly Rule[] = [
  capabilities,
  escalation,
  hostNamespaces,
  hostPaths,
  imageTag,
  liveness,
  memoryLimit,
  nonRoot,
  privileged,
  readOnlyRoot,
  readiness,
  requests,
  schema,
  seccomp,
];
