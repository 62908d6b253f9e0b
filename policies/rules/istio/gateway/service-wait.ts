import type { Inventory } from "../../../engine/inventory";
import type { Check, Rule } from "../../../engine/rule";
import type { Value } from "../../../engine/value";
import { balancers, type Balancer } from "../../../facts/edge/balancer";
import { podsBehind } from "../../../facts/edge/connections";
import { waitingFor } from "../../../facts/pulumi/dependencies";

/** Pulumi waits for the Service's host name, and for nothing else. */
export const serviceWait: Rule = {
  id: "IST-SERVICE-WAIT",
  severity: "mandatory",
  title: "a deployment waits for the gateway Service's host name, not for its pods",
  why: "Pulumi waits for ready endpoints of a Service, which never come while the gateway's pods wait for the Service; and one that isn't waited for has no host name for a record.",
  fix: 'Annotate the Service pulumi.com/waitFor: "jsonpath={.status.loadBalancer.ingress[0].hostname}".',
  codes: [],
  docs: "https://www.pulumi.com/registry/packages/kubernetes/api-docs/core/v1/service/",

  judge: (inventory, check) =>
    check.each(balancers(inventory), (balancer) => {
      // Plain YAML isn't Pulumi's to wait for.
      if (balancer.isChart || balancer.resource.data.urn === undefined || !balancer.exists) return;
      const waitsFor = balancer.annotations.get("pulumi.com/waitFor");
      if (balancer.annotations.get("pulumi.com/skipAwait").text() === "true") judgeRecords(balancer, inventory, check);
      else if (waitsFor.text()?.includes(".ip}")) judgeAddress(waitsFor, check);
      else if (!waitsFor.exists) judgePods(balancer, inventory, check);
    }),
};

const hostName = 'pulumi.com/waitFor: "jsonpath={.status.loadBalancer.ingress[0].hostname}"';

function judgeAddress(waitsFor: Value, check: Check): void {
  check.violation(waitsFor, {
    message: "waits for an address, but AWS gives a load balancer a host name only: the deployment ends in a timeout.",
    fix: `Annotate it ${hostName}.`,
  });
}

function judgePods(balancer: Balancer, inventory: Inventory, check: Check): void {
  const { urn = "" } = balancer.resource.data;
  const later = waitingFor([urn], inventory);
  const stuck = podsBehind(balancer, inventory).find(({ resource }) => later.has(resource.data.urn ?? ""));
  if (!stuck) return;
  check.violation(balancer.annotations.get("pulumi.com/waitFor"), {
    message: `is waited for until it has ready pods, but ${stuck.resource.label}, which makes them, waits for it: the deployment ends in a timeout.`,
    fix: `Annotate it ${hostName}.`,
  });
}

function judgeRecords(balancer: Balancer, inventory: Inventory, check: Check): void {
  const { urn = "" } = balancer.resource.data;
  const records = inventory.ofType("aws:route53/record:Record");
  const record = records.find(({ data }) => data.dependencies.includes(urn));
  if (!record) return;
  check.violation(balancer.annotations.get("pulumi.com/skipAwait"), {
    message: `isn't waited for, but ${record.label} takes its host name, which isn't there yet: the first deployment fails.`,
    fix: `Annotate it ${hostName} instead.`,
  });
}
