import type { Rule } from "../../engine/rule";
import { certReplace } from "./cert-replace";
import { certValidation } from "./cert-validation";
import { certWildcard } from "./cert-wildcard";
import { cniRole } from "./cni-role";
import { defaultSg } from "./default-sg";
import { eksAccess } from "./eks-access";
import { eksCreator } from "./eks-creator";
import { eksDeletion } from "./eks-deletion";
import { eksLogs } from "./eks-logs";
import { eksPrivateEndpoint } from "./eks-private-endpoint";
import { eksPublicEndpoint } from "./eks-public-endpoint";
import { eksSecrets } from "./eks-secrets";
import { eksVersion } from "./eks-version";
import { flowLogs } from "./flow-logs";
import { iamAdmin } from "./iam-admin";
import { iamWildcard } from "./iam-wildcard";
import { kmsPrincipal } from "./kms-principal";
import { kmsRotation } from "./kms-rotation";
import { logRetention } from "./log-retention";
import { meshPorts } from "./mesh-ports";
import { natZones } from "./nat-zones";
import { nodeCapacity } from "./node-capacity";
import { nodeImds } from "./node-imds";
import { nodeKey } from "./node-key";
import { nodePublic } from "./node-public";
import { nodeRole } from "./node-role";
import { nodeVersion } from "./node-version";
import { podIdentityAgent } from "./pod-identity-agent";
import { podIdentityRole } from "./pod-identity-role";
import { recordDangling } from "./record-dangling";
import { serviceAccountRole } from "./service-account-role";
import { sgDescription } from "./sg-description";
import { sgDescriptionText } from "./sg-description-text";
import { sgEgress } from "./sg-egress";
import { sshOpen } from "./ssh-open";
import { trust } from "./trust";
import { volumeEncrypted } from "./volume-encrypted";
import { vpcDns } from "./vpc-dns";
import { zoneDnssec } from "./zone-dnssec";
import { zoneQueryLog } from "./zone-query-log";
import { zones } from "./zones";

/** Rules about AWS resources. */
export const awsRules: readonly Rule[] = [
  certReplace,
  certValidation,
  certWildcard,
  cniRole,
  defaultSg,
  eksAccess,
  eksCreator,
  eksDeletion,
  eksLogs,
  eksPrivateEndpoint,
  eksPublicEndpoint,
  eksSecrets,
  eksVersion,
  flowLogs,
  iamAdmin,
  iamWildcard,
  kmsPrincipal,
  kmsRotation,
  logRetention,
  natZones,
  nodeCapacity,
  nodeImds,
  nodeKey,
  nodePublic,
  nodeRole,
  nodeVersion,
  podIdentityAgent,
  podIdentityRole,
  recordDangling,
  serviceAccountRole,
  sgDescription,
  sgDescriptionText,
  sgEgress,
  sshOpen,
  trust,
  volumeEncrypted,
  vpcDns,
  zoneDnssec,
  zoneQueryLog,
  zones,
  meshPorts,
];
