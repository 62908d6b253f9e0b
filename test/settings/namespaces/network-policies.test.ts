import { accepts, checkout, cluster, refuses, type Keys } from "../verdicts";

/** A stack with the application `checkout` in the namespace `shop`, whose namespaces are closed or not. */
function closed(networkPolicies: boolean | string, namespaces: object): Keys {
  return { ...checkout({}), ...cluster({ networkPolicies }), "eks-istio:namespaces": namespaces };
}

describe("network policies of a namespace", () => {
  accepts("false where the others are closed", closed(true, { shop: { networkPolicies: false } }));
  accepts("false where nothing is closed", closed(false, { shop: { networkPolicies: false } }));
  accepts("true for one that others made", closed(true, { shop: { create: false, networkPolicies: true } }));

  refuses("true where nobody enforces them", closed(false, { shop: { networkPolicies: true } }), {
    key: "eks-istio:namespaces.shop.networkPolicies",
    value: true,
    rule: "asks for policies that nobody enforces: cluster.networkPolicies is false",
    fix: "Set cluster.networkPolicies to true, or remove it.",
  });

  refuses(
    "true for one that others made and no application is in",
    closed(true, { tools: { create: false, networkPolicies: true } }),
    {
      key: "eks-istio:namespaces.tools.networkPolicies",
      value: true,
      rule: "is of a namespace that no application of this stack is in, so that nothing would be let in",
      fix: "Remove it, or name the namespace in an application.",
    },
  );

  refuses("nothing more where the cluster's own is a mistake", closed("yes", { shop: { networkPolicies: true } }), {
    key: "eks-istio:cluster.networkPolicies",
    value: "yes",
    rule: "must be true or false",
    fix: "Write true or false.",
  });
});
