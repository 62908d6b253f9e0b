import type { Inventory } from "../../engine/inventory";
import type { Rule } from "../../engine/rule";
import { wrongValue } from "../../facts/causes";
import type { Value } from "../../engine/value";
import { nodeGroupsOf } from "../../facts/aws/node-groups";

/** Every disk is encrypted: nodes' own, volumes made by hand, and those that claims ask for. */
export const volumeEncrypted: Rule = {
  id: "AWS-VOLUME-ENCRYPTED",
  severity: "mandatory",
  title: "volumes are encrypted",
  why: "Whoever gets at a snapshot of a plain volume reads everything on it: databases, Secrets that pods had mounted, container images.",
  fix: "Encrypt launch templates' disks, volumes, file systems and what storage classes make.",
  codes: ["CKV_AWS_3", "CKV_AWS_42"],
  docs: "https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption.html",

  judge: (inventory, check) => {
    check.each(inventory.ofType("aws:efs/fileSystem:FileSystem"), (system) => {
      if (isTrue(system.get("encrypted"))) return;
      check.violation(system.get("encrypted"), {
        message: "isn't encrypted: whoever gets at a backup of it reads everything.",
        fix: "Set encrypted to true; it can't be changed later.",
      });
    });
    if (inventory.once(isDefault)) return;
    check.each(inventory.ofType("aws:ec2/launchTemplate:LaunchTemplate"), (template) => {
      const disks = template.get("blockDeviceMappings");
      if (disks.list().length === 0)
        check.violation(disks, {
          message:
            "names no disks, so nodes' root volumes are encrypted only if the account happens to do it by default.",
          fix: 'Add blockDeviceMappings with ebs.encrypted "true" for /dev/xvda.',
        });
      check.each(disks.list(), (disk) => {
        const isVolume = disk.get("noDevice").text() === undefined && disk.get("virtualName").text() === undefined;
        const encrypted = disk.get("ebs", "encrypted");
        if (!isVolume || isTrue(encrypted)) return;
        check.violation(encrypted, {
          message: `doesn't encrypt nodes' disk ${disk.get("deviceName").text() ?? ""}: whoever gets at a snapshot of it reads images, and Secrets that pods had mounted.`,
          fix: 'Set ebs.encrypted to "true".',
        });
      });
    });
    check.each(nodeGroupsOf(inventory), (group) => {
      const template = group.get("launchTemplate");
      if (template.isUnknown || template.exists) return;
      check.violation(template, {
        ...wrongValue(template),
        message:
          "has no launch template, so nodes' disks are encrypted only if the account happens to do it by default.",
        fix: 'Give it a launch template with ebs.encrypted "true".',
      });
    });
    check.each(inventory.ofType("aws:ebs/volume:Volume"), (volume) => {
      if (isTrue(volume.get("encrypted"))) return;
      check.violation(volume.get("encrypted"), {
        message: "isn't encrypted: whoever gets at a snapshot of it reads everything.",
        fix: "Set encrypted to true.",
      });
    });
    check.each(inventory.objects("StorageClass"), (storage) => {
      const provisioner = storage.get("provisioner").text() ?? "";
      const encrypted = storage.get("parameters", "encrypted");
      if (!provisioners.includes(provisioner) || isTrue(encrypted)) return;
      check.violation(encrypted, {
        message:
          "makes volumes that are encrypted only if the account happens to do it by default: whoever gets at a snapshot reads everything.",
        fix: 'Set parameters.encrypted to "true".',
      });
    });
  },
};

const provisioners = ["ebs.csi.aws.com", "ebs.csi.eks.amazonaws.com", "kubernetes.io/aws-ebs"];

/** Whether the stack makes the account encrypt every new EBS volume. */
function isDefault(inventory: Inventory): boolean {
  return inventory
    .ofType("aws:ebs/encryptionByDefault:EncryptionByDefault")
    .some((one) => one.get("enabled").boolean() !== false);
}

function isTrue(value: Value): boolean {
  return value.boolean() === true || value.text()?.toLowerCase() === "true";
}
