import { warned } from "../../../../../../policies/rules/istio/configuration/warned";
import { cases } from "../../../../cases";
import { breaks, keeps } from "./drafts";

const outlierDetection = { consecutive5xxErrors: 5 };
const failover = [{ from: "eu-west-1", to: "eu-central-1" }];
const loadBalancer = { localityLbSetting: { failover } };
const never = (key: string) =>
  `has ${key} and no outlierDetection: no pod ever counts as failed, so traffic never fails over. Add outlierDetection to the same traffic policy, e.g. {consecutive5xxErrors: 5, interval: 10s, baseEjectionTime: 30s}.`;

export default cases(warned, {
  breaks: {
    "a failover that never happens": breaks(
      "DestinationRule",
      { host: "details", trafficPolicy: { loadBalancer } },
      never("failover"),
    ),
    "priorities that never count": breaks(
      "DestinationRule",
      {
        host: "details",
        trafficPolicy: { loadBalancer: { localityLbSetting: { failoverPriority: ["topology.kubernetes.io/region"] } } },
      },
      never("failoverPriority"),
    ),
    "a failover between zones that never happens": breaks(
      "DestinationRule",
      { host: "details", trafficPolicy: { loadBalancer: { zoneAwareLbSetting: { failover } } } },
      never("failover"),
    ),
    "a port's failover, which inherits nothing": breaks(
      "DestinationRule",
      {
        host: "details",
        trafficPolicy: { outlierDetection, portLevelSettings: [{ port: { number: 80 }, loadBalancer }] },
      },
      never("failover"),
    ),
    "a subset's failover": breaks(
      "DestinationRule",
      {
        host: "details",
        trafficPolicy: { tls: { mode: "DISABLE" } },
        subsets: [{ name: "v1", labels: { version: "v1" }, trafficPolicy: { loadBalancer } }],
      },
      never("failover"),
    ),
  },
  keeps: {
    "a failover of pods that are watched": keeps("DestinationRule", {
      host: "details",
      trafficPolicy: { loadBalancer, outlierDetection },
      subsets: [{ name: "v1", labels: { version: "v1" }, trafficPolicy: { loadBalancer } }],
    }),
    "traffic that is shared out": keeps("DestinationRule", {
      host: "details",
      trafficPolicy: {
        loadBalancer: { localityLbSetting: { distribute: [{ from: "eu-west-1/*", to: { "eu-west-1/*": 100 } }] } },
      },
    }),
  },
});
