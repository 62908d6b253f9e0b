import type { Rule } from "../../rule";
import { eksAccess } from "./eks-access";
import { eksCreator } from "./eks-creator";
import { eksDeletion } from "./eks-deletion";
import { eksLogs } from "./eks-logs";
import { eksPrivateEndpoint } from "./eks-private-endpoint";
import { eksPublicEndpoint } from "./eks-public-endpoint";
import { eksSecrets } from "./eks-secrets";
import { eksVersion } from "./eks-version";
import { nodeImds } from "./node-imds";
import { nodeKey } from "./node-key";
import { nodePublic } from "./node-public";
import { sshOpen } from "./ssh-open";
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
  nodeImds,
  nodeKey,
  nodePublic,
  sshOpen,
  volumeEncrypted,
];
