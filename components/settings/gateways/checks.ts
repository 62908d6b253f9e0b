import { reservedNamespaces } from "../namespaces/reserved-namespaces";
import { seconds } from "../scalars";
import type { Check } from "../check";
import { checkPods } from "../pods-checks";

/** The gateway's place, its replicas and its timing. */
export const checkGateway: Check = ({ gateway, network, mesh, guessed }, report) => {
  if (!gateway) return;
  if (reservedNamespaces.includes(gateway.namespace))
    report(
      "gateway",
      ["namespace"],
      "belongs to Kubernetes or Istio's control plane",
      'Use one of its own, e.g. "istio-ingress".',
    );
  if (gateway.name === "istiod" || gateway.name === "istio-base")
    report("gateway", ["name"], "is the name of another Helm release", 'Use another, e.g. "istio-ingress".');
  const drain = seconds(gateway.drain);
  if (drain > 3600 || !Number.isInteger(drain))
    report(
      "gateway",
      ["drain"],
      "must be whole seconds and at most 1h, the longest that a target group waits",
      'Write whole seconds, e.g. "60s".',
    );
  if (network?.existing && gateway.scheme === "internet-facing" && network.existing.publicSubnetIds.length < 2) {
    report(
      "network",
      ["existing", "publicSubnetIds"],
      "must have two subnets or more, as an internet-facing load balancer stands in them",
      "List them, or set gateway.scheme to internal.",
    );
  }
  if (
    gateway.ipAddressType === "dualstack" &&
    gateway.scheme === "internal" &&
    network &&
    !network.existing &&
    !guessed("network", ["existing"])
  ) {
    report(
      "gateway",
      ["ipAddressType"],
      "needs IPv6 ranges, and the private subnets that an internal load balancer stands in have none",
      "Write ipv4, or set gateway.scheme to internet-facing.",
    );
  }
  checkPods("gateway", [], gateway, report);
  if (mesh?.mtls.overrides) {
    for (const [name, { namespace, selector }] of Object.entries(mesh.mtls.overrides)) {
      if (namespace === gateway.namespace && !selector && !guessed("mesh", ["mtls", "overrides", name, "selector"]))
        report(
          "mesh",
          ["mtls", "overrides", name, "namespace"],
          "is the gateway's, which has no callers inside the mesh",
          "Name the namespace of the applications.",
        );
    }
  }
};
