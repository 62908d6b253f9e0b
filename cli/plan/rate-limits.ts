import { appNameOf, gatewayNameOf, type Plan, type PlannedResource } from "./plan";

/** What a patch may hold; transforms of a program's own may have put in others. */
interface Patch {
  readonly patch?: { readonly value?: { readonly typed_config?: Filter } };
}

interface Filter {
  readonly token_bucket?: TokenBucket;
  readonly descriptors?: readonly Descriptor[];
}

interface Descriptor {
  readonly entries: readonly { readonly value: string }[];
  readonly token_bucket: TokenBucket;
}

interface TokenBucket {
  readonly max_tokens: number;
  readonly tokens_per_fill: number;
  readonly fill_interval: string;
}

/** Rate limits: their key in the stack file, and what each pod lets through. EnvoyFilters of others are not among them. */
export function rateLimits({ resources }: Plan): string[][] {
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  return resources
    .filter(({ type }) => type === "kubernetes:networking.istio.io/v1alpha3:EnvoyFilter")
    .flatMap(({ parent, inputs }) => {
      const key = keyOf(byUrn.get(parent ?? ""), resources);
      return key === undefined ? [] : filtersOf(inputs).flatMap((filter) => limitsOf(filter, key));
    });
}

function keyOf(owner: PlannedResource | undefined, resources: readonly PlannedResource[]): string | undefined {
  if (owner?.type === "eks-istio:stage:App") return `apps.${appNameOf(owner.name, resources)}.rateLimit.local`;
  if (owner?.type === "eks-istio:stage:Gateway")
    return `gateways.${gatewayNameOf(owner.name, resources)}.rateLimit.local`;
  return undefined;
}

function filtersOf(inputs: PlannedResource["inputs"]): Filter[] {
  const { configPatches = [] } = inputs.spec as { readonly configPatches?: readonly Patch[] };
  return configPatches.flatMap(({ patch }) => patch?.value?.typed_config ?? []);
}

/** A filter for routes has a limit for each of them, and its own stands for none. */
function limitsOf({ token_bucket: own, descriptors }: Filter, key: string): string[][] {
  if (!own) return [];
  if (!descriptors) return [[key, limitText(own, "each pod")]];
  return descriptors.map(({ entries, token_bucket: bucket }) => [
    `${entries[0]?.value ?? ""}.rateLimit.local`,
    limitText(bucket, "each pod of its gateway"),
  ]);
}

function limitText(
  { max_tokens: burst, tokens_per_fill: requests, fill_interval: per }: TokenBucket,
  who: string,
): string {
  return `${who} lets ${requests} in ${per} through${burst === requests ? "" : `, ${burst} at once`}; others get 429`;
}
