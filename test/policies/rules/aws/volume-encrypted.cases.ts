import { volumeEncrypted } from "../../../../policies/rules/aws/volume-encrypted";
import { cases } from "../../cases";
import type { Loose, StackDraft } from "../../stack";

const template = (stack: StackDraft): Loose => stack.resource("aws:ec2/launchTemplate:LaunchTemplate");
const storage = (stack: StackDraft): Loose => stack.object("StorageClass", "default", "gp3");

const disk =
  "ec2 LaunchTemplate eks-istio-dev-default: doesn't encrypt nodes' disk /dev/xvda: whoever gets at a snapshot of it reads images, and Secrets that pods had mounted. Set ebs.encrypted to \"true\".";
const claims =
  'StorageClass gp3: makes volumes that are encrypted only if the account happens to do it by default: whoever gets at a snapshot reads everything. Set parameters.encrypted to "true".';

export default cases(volumeEncrypted, {
  breaks: {
    "a plain disk of nodes": {
      change: (stack) => (template(stack).blockDeviceMappings[0].ebs.encrypted = "false"),
      finds: [disk],
    },
    "a disk of nodes that says nothing": {
      change: (stack) => delete template(stack).blockDeviceMappings[0].ebs.encrypted,
      finds: [disk],
    },
    "a launch template without disks": {
      change: (stack) => delete template(stack).blockDeviceMappings,
      finds: [
        'ec2 LaunchTemplate eks-istio-dev-default: names no disks, so nodes\' root volumes are encrypted only if the account happens to do it by default. Add blockDeviceMappings with ebs.encrypted "true" for /dev/xvda.',
      ],
    },
    "a node group without a launch template": {
      change: (stack) => delete stack.resource("aws:eks/nodeGroup:NodeGroup").launchTemplate,
      finds: [
        'eks NodeGroup eks-istio-dev-default: has no launch template, so nodes\' disks are encrypted only if the account happens to do it by default. Give it a launch template with ebs.encrypted "true".',
      ],
    },
    "a plain volume": {
      change: (stack) => stack.addResource("aws:ebs/volume:Volume", "data", { encrypted: false }),
      finds: [
        "ebs Volume data: isn't encrypted: whoever gets at a snapshot of it reads everything. Set encrypted to true.",
      ],
    },
    "a plain file system, whatever the default for volumes": {
      change: (stack) => {
        stack.addResource("aws:ebs/encryptionByDefault:EncryptionByDefault", "default", {});
        stack.addResource("aws:efs/fileSystem:FileSystem", "shared", { encrypted: false });
      },
      finds: [
        "efs FileSystem shared: isn't encrypted: whoever gets at a backup of it reads everything. Set encrypted to true; it can't be changed later.",
      ],
    },
    "a storage class that makes plain volumes": {
      change: (stack) => (storage(stack).parameters.encrypted = "false"),
      finds: [claims],
    },
    "a storage class that says nothing": {
      change: (stack) => delete storage(stack).parameters,
      finds: [claims],
    },
  },
  keeps: {
    "a volume that encryption by default takes care of": (stack) => {
      stack.addResource("aws:ebs/encryptionByDefault:EncryptionByDefault", "default", { enabled: true });
      stack.addResource("aws:ebs/volume:Volume", "data", {});
    },
    "a disk inside the machine": (stack) =>
      template(stack).blockDeviceMappings.push({ deviceName: "/dev/sdb", virtualName: "ephemeral0" }),
    "a storage class of another driver": (stack) => (storage(stack).provisioner = "efs.csi.aws.com"),
    "encrypted as a truth value": (stack) => (template(stack).blockDeviceMappings[0].ebs.encrypted = true),
  },
});
