import type { Inventory } from "../../../engine/inventory";
import type { KubernetesObject } from "../../../engine/resource";
import type { Rule } from "../../../engine/rule";
import type { Value } from "../../../engine/value";
import { istiodReleases } from "../../../facts/istio/gateway-chart";
import { listed, nameOf } from "../../../facts/istio/objects";
import { KeyIndex } from "../../../facts/key-index";

/** Istiod fetches keys from outside only. */
export const jwksAddress: Rule = {
  id: "IST-JWKS-ADDRESS",
  severity: "advisory",
  title: "istiod fetches the keys of tokens from no internal address",
  why: "Whoever may write a RequestAuthentication makes istiod call any address that it reaches, such as the nodes' metadata.",
  fix: "Set BLOCKED_CIDRS_IN_JWKS_URIS for istiod.",
  codes: ["IST0175"],
  docs: "https://istio.io/latest/docs/reference/commands/pilot-discovery/#envvars",

  judge: (inventory, check) =>
    check.each(inventory.objects("RequestAuthentication").slice(0, 1), (policy) => {
      const fetching = inventory.once(fetchingPolicies);
      const policies = fetching.get("all");
      for (const { label, env } of policies.length > 0 ? istiods(inventory) : [])
        if (!env())
          check.violation(policy, {
            message: `${label} fetches keys for ${listed(policies.map((one) => one.label))} from whatever address they give, internal ones too.`,
            fix: "Set the variable BLOCKED_CIDRS_IN_JWKS_URIS of istiod, e.g. to 10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,169.254.0.0/16,127.0.0.0/8.",
          });
      fetching.assertKnown();
    }),
};

const variable = "BLOCKED_CIDRS_IN_JWKS_URIS";

interface Istiod {
  readonly label: string;
  /** Whether the variable is set. */
  readonly env: () => boolean;
}

function istiods(inventory: Inventory): Istiod[] {
  const releases = istiodReleases(inventory);
  // The second reads a chart that is unknown.
  const release =
    releases.find((one) => !one.get("chart").isUnknown) ?? releases.find(({ chart }) => chart === "istiod");
  const deployments = inventory
    .objects("Deployment")
    .filter((one) => mayBeIstiod(one) && nameOf(one)?.startsWith("istiod"));
  return [
    ...(release ? [{ label: "istiod", env: () => isSet(release.values) }] : []),
    ...deployments.map((resource) => ({ label: resource.label, env: () => containersSet(resource) })),
  ];
}

/** One of unknown name is called by its container. */
function mayBeIstiod(deployment: KubernetesObject): boolean {
  const { knownName } = deployment;
  if (knownName !== undefined) return knownName.startsWith("istiod");
  return containersOf(deployment).some((container) => container.get("name").text() === "discovery");
}

/** The chart takes it in two places. */
function isSet(values: Value): boolean {
  return values.get("env", variable).exists || values.get("pilot", "env", variable).exists;
}

function containersOf(deployment: KubernetesObject): Value[] {
  return deployment.get("spec", "template", "spec", "containers").list();
}

function containersSet(deployment: KubernetesObject): boolean {
  return containersOf(deployment)
    .flatMap((container) => container.get("env").list())
    .some(
      (entry) => entry.get("name").text() === variable && (entry.get("value").exists || entry.get("valueFrom").exists),
    );
}

/** Policies whose keys istiod fetches: those that don't bring them along. */
function fetchingPolicies(inventory: Inventory): KeyIndex<KubernetesObject> {
  return new KeyIndex(inventory.objects("RequestAuthentication"), (policy) =>
    policy
      .get("spec", "jwtRules")
      .list()
      .some((rule) => !rule.get("jwks").exists)
      ? ["all"]
      : [],
  );
}
