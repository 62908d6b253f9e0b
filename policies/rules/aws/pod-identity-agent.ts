import type { Rule } from "../../engine/rule";
import { addonsOf } from "../../facts/aws/addons";
import { clustersOf, isAutomatic } from "../../facts/aws/clusters";

/** Where pods have AWS roles, the agent runs that gives them. */
export const podIdentityAgent: Rule = {
  id: "AWS-POD-IDENTITY-AGENT",
  severity: "mandatory",
  title: "a cluster with Pod Identity associations has the Pod Identity agent",
  why: "Without the agent on their node pods get no credentials, whatever the associations say.",
  fix: "Add the add-on eks-pod-identity-agent.",
  codes: [],
  docs: "https://docs.aws.amazon.com/eks/latest/userguide/pod-id-agent-setup.html",

  judge: (inventory, check) => {
    const associations = inventory.ofType("aws:eks/podIdentityAssociation:PodIdentityAssociation");
    // Where this stack has no add-ons, somebody else looks after them.
    const addons = addonsOf(inventory);
    if (associations.length === 0 || addons.length === 0 || clustersOf(inventory).length > 1) return;
    check.each(clustersOf(inventory), (cluster) => {
      if (isAutomatic(cluster, inventory)) return;
      if (addons.some((addon) => addon.get("addonName").text() === agent)) return;
      check.violation(cluster, {
        message: `has ${associations.length} Pod Identity ${associations.length === 1 ? "association" : "associations"} but no add-on ${agent}: those pods get no credentials.`,
        fix: `Add the add-on ${agent}.`,
      });
    });
  },
};

const agent = "eks-pod-identity-agent";
