import type { Rule } from "../../rule";
import { eksAccess } from "./eks-access";
import { eksCreator } from "./eks-creator";
import { eksDeletion } from "./eks-deletion";
import { eksLogs } from "./eks-logs";
import { eksPrivateEndpoint } from "./eks-private-endpoint";
import { eksPublicEndpoint } from "./eks-public-endpoint";
import { eksSecrets } from "./eks-secrets";
import { eksVersion } from "./eks-version";
import { iamAdmin } from "./iam-admin";
import { iamWildcard } from "./iam-wildcard";
import { kmsPrincipal } from "./kms-principal";
import { kmsRotation } from "./kms-rotation";
import { nodeImds } from "./node-imds";
import { nodeKey } from "./node-key";
import { nodePublic } from "./node-public";
import { podIdentityAgent } from "./pod-identity-agent";
import { podIdentityRole } from "./pod-identity-role";
import { sshOpen } from "./ssh-open";
import { trust } from "./trust";
import { volumeEncrypted } from "./volume-encrypted";

/** What AWS resources must keep to. One line a rule, sorted. */
export const awsRules: readonly Rule[] = [
  eksAccess,
  eksCreator,
  eksDeletion,
  eksLogs,
  eksPrivateEndpoint,
  eksPublicEndpoint,
  eksSecrets,
  eksVersion,
  iamAdmin,
  iamWildcard,
  kmsPrincipal,
  kmsRotation,
  nodeImds,
  nodeKey,
  nodePublic,
  podIdentityAgent,
  podIdentityRole,
  sshOpen,
  trust,
  volumeEncrypted,
];
