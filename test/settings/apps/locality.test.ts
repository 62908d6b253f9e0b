import { accepts, checkout, refuses } from "../verdicts";

describe("locality", () => {
  const outlierDetection = { consecutive5xxErrors: 5 };
  const failover = { failover: [{ from: "ap-northeast-2", to: "ap-northeast-1" }] };

  accepts(
    "failover where failing pods are known",
    checkout({ loadBalancer: { localityLbSetting: failover }, outlierDetection }),
  );
  accepts("locality turned off", checkout({ loadBalancer: { localityLbSetting: { enabled: false } } }));

  refuses("locality without outlier detection", checkout({ loadBalancer: { localityLbSetting: { enabled: true } } }), {
    key: "eks-istio:apps.checkout.loadBalancer.localityLbSetting",
    value: { enabled: true },
    rule: "has no effect without outlierDetection: Istio must know which pods fail before it fails over",
    fix: 'Add "outlierDetection", e.g. {consecutive5xxErrors: 5}.',
  });

  for (const other of [failover, { failoverPriority: ["topology.kubernetes.io/zone"] }]) {
    const localityLbSetting = { distribute: [{ from: "ap-northeast-2/*", to: { "ap-northeast-2/*": 100 } }], ...other };
    refuses(
      `distribute beside ${Object.keys(other).join()}`,
      checkout({ loadBalancer: { localityLbSetting }, outlierDetection }),
      {
        key: "eks-istio:apps.checkout.loadBalancer.localityLbSetting",
        value: localityLbSetting,
        rule: "must not have distribute together with failover or failoverPriority",
        fix: "Remove one of them.",
      },
    );
  }

  const place = "eks-istio:apps.checkout.loadBalancer.localityLbSetting";
  const locality = (localityLbSetting: object) => checkout({ loadBalancer: { localityLbSetting }, outlierDetection });

  accepts(
    "shares by locality",
    locality({
      distribute: [
        { from: "ap-northeast-2/*", to: { "ap-northeast-2/*": 80, "ap-northeast-1/*": 20 } },
        { from: "ap-northeast-1/*", to: { "ap-northeast-1/*": 100 } },
      ],
    }),
  );

  const shares = { "ap-northeast-2/*": 80, "ap-northeast-1/*": 30 };
  refuses("shares of 110", locality({ distribute: [{ from: "ap-northeast-2/*", to: shares }] }), {
    key: `${place}.distribute[0].to`,
    value: shares,
    rule: "must have shares that add up to 100",
    fix: "Change the shares.",
  });

  const twice = [
    { from: "ap-northeast-2/*", to: { "ap-northeast-2/*": 100 } },
    { from: "ap-northeast-2/*", to: { "ap-northeast-1/*": 100 } },
  ];
  refuses("two distributions from one locality", locality({ distribute: twice }), {
    key: `${place}.distribute`,
    value: twice,
    rule: "must have each from once",
    fix: "Make one entry of those with the same from.",
  });

  for (const key of ["from", "to"]) {
    refuses(
      `a zone for the region that failover goes ${key}`,
      locality({ failover: [{ from: "ap-northeast-2", to: "ap-northeast-1", [key]: "eu-west-1/eu-west-1a" }] }),
      {
        key: `${place}.failover[0].${key}`,
        value: "eu-west-1/eu-west-1a",
        rule: "must be a region, without a zone",
        fix: 'Write it like "eu-west-1".',
      },
    );
  }

  refuses("failover to the region itself", locality({ failover: [{ from: "ap-northeast-2", to: "ap-northeast-2" }] }), {
    key: `${place}.failover[0]`,
    value: { from: "ap-northeast-2", to: "ap-northeast-2" },
    rule: "must lead to another region",
    fix: "Write the region that takes over.",
  });

  accepts(
    "failover by region, and zones in order",
    locality({ ...failover, failoverPriority: ["topology.kubernetes.io/zone"] }),
  );
  const regions = { ...failover, failoverPriority: ["topology.kubernetes.io/region"] };
  refuses("failover by region in two ways", locality(regions), {
    key: place,
    value: regions,
    rule: "must not have failover, which is by region, together with a region in failoverPriority",
    fix: "Remove the region from failoverPriority.",
  });
});
