import { destinationBalance } from "../../../../../policies/rules/istio/routing/destination-balance";
import { cases } from "../../../cases";
import type { Loose, StackDraft } from "../../../stack";
import { adding } from "../drafts";

const rule = adding("DestinationRule");
const failover = { localityLbSetting: { failover: [{ from: "eu-west-1", to: "eu-central-1" }] } };
const outlierDetection = { consecutive5xxErrors: 5 };

function balanced(stack: StackDraft, loadBalancer: Loose, rest: Loose = {}): void {
  rule(stack, { host: "details.bookinfo.svc.cluster.local", trafficPolicy: { loadBalancer, ...rest } });
}

const alike =
  "DestinationRule bookinfo/own: failover without outlierDetection does nothing: proxies don't find out what fails, and spread requests over all localities alike. Add outlierDetection beside the load balancer, e.g. {consecutive5xxErrors: 5, interval: 10s, baseEjectionTime: 30s}.";

export default cases(destinationBalance, {
  breaks: {
    "failover to another region": {
      change: (stack) => {
        balanced(stack, failover);
      },
      finds: [alike],
    },
    "failover by labels, of a port that takes nothing over": {
      change: (stack) => {
        const loadBalancer = {
          localityLbSetting: { enabled: true, failoverPriority: ["topology.kubernetes.io/zone"] },
        };
        const portLevelSettings = [{ port: { number: 9080 }, loadBalancer }];
        balanced(stack, { simple: "RANDOM" }, { outlierDetection, portLevelSettings });
      },
      finds: [alike],
    },
    "failover of a subset": {
      change: (stack) => {
        const subsets = [{ name: "v1", labels: { version: "v1" }, trafficPolicy: { loadBalancer: failover } }];
        rule(stack, { host: "details", subsets });
      },
      finds: [alike],
    },
    "warm-up with a hash": {
      change: (stack) => {
        balanced(stack, { warmup: { duration: "30s" }, consistentHash: { useSourceIp: true } });
      },
      finds: [
        "DestinationRule bookinfo/own: warm-up does nothing with consistentHash: a pod that has just started gets its full share at once. Take it out, or use ROUND_ROBIN or LEAST_REQUEST instead of consistentHash.",
      ],
    },
    "warm-up with RANDOM, in the old way": {
      change: (stack) => {
        balanced(stack, { warmupDurationSecs: "30s", simple: "RANDOM" });
      },
      finds: [
        "DestinationRule bookinfo/own: warm-up does nothing with RANDOM: a pod that has just started gets its full share at once. Take it out, or use ROUND_ROBIN or LEAST_REQUEST instead of RANDOM.",
      ],
    },
  },
  keeps: {
    "failover with outlier detection": (stack) => {
      balanced(stack, failover, { outlierDetection });
    },
    "failover of a subset that takes outlier detection over": (stack) => {
      const subsets = [{ name: "v1", labels: { version: "v1" }, trafficPolicy: { loadBalancer: failover } }];
      rule(stack, { host: "details", trafficPolicy: { outlierDetection }, subsets });
    },
    "failover that is off, and shares by locality": (stack) => {
      balanced(stack, { localityLbSetting: { ...failover.localityLbSetting, enabled: false } });
      const distribute = [{ from: "eu-west-1/*", to: { "eu-west-1/*": 100 } }];
      rule(
        stack,
        { host: "ratings", trafficPolicy: { loadBalancer: { localityLbSetting: { distribute } } } },
        { name: "b" },
      );
    },
    "warm-up with ROUND_ROBIN, and by default": (stack) => {
      balanced(stack, { warmup: { duration: "30s" }, simple: "ROUND_ROBIN" });
      rule(stack, { host: "ratings", trafficPolicy: { loadBalancer: { warmup: { duration: "30s" } } } }, { name: "b" });
    },
  },
});
