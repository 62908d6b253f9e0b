import { isReserved } from "../../components/settings/domain/reserved";
import { renderRule } from "./render";
import { childrenOf, gatewayNameOf, type Plan } from "./plan";
import { unknown } from "./record";

/** What a reader asks of a plan first, each as rows of a table. */

/** Who reaches the Kubernetes API, from where: what `up` itself needs, too. */
export function kubernetesApi({ resources }: Plan): string[][] {
  const cluster = resources.find(({ type }) => type === "eks:index:Cluster");
  if (!cluster) return [];
  const inside = resources
    .filter(
      ({ type, inputs }) =>
        type === "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule" && inputs.fromPort === 443,
    )
    .map(({ inputs }) => text(inputs.cidrIpv4));
  return [
    [
      "public endpoint",
      cluster.inputs.endpointPublicAccess === true
        ? `for ${asArray(cluster.inputs.publicAccessCidrs).map(text).join(", ")}`
        : "off",
    ],
    ["private endpoint", inside.length > 0 ? `for ${inside.join(", ")}` : "for nodes only"],
  ];
}

/** Public DNS records: name, type, target. */
export function records({ resources }: Plan): string[][] {
  const gateways = new Map(
    resources.filter(({ type }) => type === "eks-istio:stage:Gateway").map(({ urn, name }) => [urn, name]),
  );
  const services = new Map(
    resources.flatMap(({ urn, type, parent }) => {
      const gateway = gateways.get(parent ?? "");
      return type === "kubernetes:core/v1:Service" && gateway !== undefined ? [[urn, gateway]] : [];
    }),
  );
  return resources
    .filter(({ type, inputs }) => type === "aws:route53/record:Record" && Array.isArray(inputs.aliases))
    .map(({ inputs, dependencies }) => {
      const [gateway = ""] = dependencies.flatMap((urn) => services.get(urn) ?? []);
      return [
        text(inputs.name),
        text(inputs.type),
        gateways.size > 1
          ? `→ the load balancer of ${gatewayNameOf(gateway, resources)}`
          : "→ the gateway's load balancer",
      ];
    });
}

/** Certificates on the load balancer: names, and how they are validated. */
export function certificates({ resources, givenCertificates }: Plan): string[][] {
  const siblings = childrenOf(resources);
  const requested = resources
    .filter(({ type }) => type === "aws:acm/certificate:Certificate")
    .map(({ parent, inputs }) => {
      const validations = (siblings.get(parent ?? undefined) ?? []).filter(
        ({ type }) => type === "aws:route53/record:Record",
      ).length;
      return [
        [inputs.domainName, ...asArray(inputs.subjectAlternativeNames)].map(text).join(", "),
        `validated by DNS, ${validations} record${validations === 1 ? "" : "s"}`,
      ];
    });
  return [...requested, ...givenCertificates.map((arn) => [arn, "given"])];
}

/** What keeps this plan from being carried out as it is, in sentences. */
export function obstacles({ resources }: Plan): string[] {
  return resources
    .filter(({ type }) => type === "aws:route53/zone:Zone")
    .map(({ inputs }) => text(inputs.name))
    .filter(isReserved)
    .map(
      (domain) =>
        `${domain} is a name for examples, which nobody owns: pulumi preview and up refuse it. Write a domain of yours.`,
    );
}

/** Services with several weighted versions, each once, though a host and the mesh may have a rule each: host, then shares. */
export function weights({ manifests }: Plan): string[][] {
  const routes = manifests
    .filter(({ kind }) => kind === "VirtualService")
    .flatMap(({ spec }) => asArray(asRecord(spec).http).map(asRecord));
  const split = routes.map(({ route }) => asArray(route).map(shareOf)).filter((shares) => shares.length > 1);
  const rows = split.map((shares) => [
    shares[0]?.host ?? "",
    ...shares.map(({ version, weight }) => `${version} ${weight} %`),
  ]);
  return [...new Map(rows.map((row) => [row.join(" "), row])).values()];
}

function shareOf(entry: unknown): { readonly host: string; readonly version: string; readonly weight: string } {
  const { destination, weight } = asRecord(entry);
  const { host, subset } = asRecord(destination);
  return { host: text(host), version: text(subset ?? host), weight: text(weight) };
}

/** Mutual TLS: where, and its mode. */
export function mutualTls({ manifests }: Plan): string[][] {
  return manifests
    .filter(({ kind }) => kind === "PeerAuthentication")
    .map(({ metadata, spec }) => {
      const { selector, mtls, portLevelMtls } = asRecord(spec);
      const ports = Object.entries(asRecord(portLevelMtls)).map(
        ([port, mode]) => `port ${port} ${text(asRecord(mode).mode)}`,
      );
      return [
        scope(metadata.namespace ?? "", selector),
        [text(asRecord(mtls).mode), ...ports].filter(Boolean).join(", "),
      ];
    });
}

function scope(namespace: string, selector: unknown): string {
  if (selector !== undefined) {
    const labels = Object.entries(asRecord(asRecord(selector).matchLabels)).map(
      ([key, value]) => `${key}=${text(value)}`,
    );
    return `pods ${labels.join(",")} in namespace ${namespace}`;
  }
  return namespace === "istio-system" ? "the whole mesh" : `namespace ${namespace}`;
}

/** What no plan without an account can know, in sentences. */
export function unknowns({ resources, rendered, unjudged }: Plan): string[] {
  const values = resources.reduce((sum, { inputs }) => sum + count(inputs), 0);
  const remote = [...new Set(resources.filter(({ type }) => type.startsWith("eks:")).map(({ type }) => type))];
  return [
    `${values} values that AWS or the cluster assigns (ids, ARNs, host names); they stand as ${unknown}.`,
    ...remote.map(
      (type) => `What ${type} makes inside itself: control plane, its role, access entries, vpc-cni and kube-proxy.`,
    ),
    ...(rendered ? notRendered(unjudged) : ["The objects of Helm charts; their values are in the plan."]),
    ...(unjudged.length > 0
      ? ["What policies can't judge for that; `npm start --silent -- --json` has it under unjudged."]
      : []),
    "What exists already: whether this creates, changes or replaces. With credentials, pulumi preview says.",
  ];
}

/** Releases whose charts were to be rendered, and couldn't be. */
function notRendered(unjudged: Plan["unjudged"]): string[] {
  return unjudged
    .filter(({ rule }) => rule === renderRule)
    .map(({ resource, reason }) => `The objects of ${resource}: ${reason}`);
}

function count(value: unknown): number {
  if (value === unknown) return 1;
  if (typeof value !== "object" || value === null) return 0;
  return Object.values(value).reduce<number>((sum, inner) => sum + count(inner), 0);
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function asArray(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function text(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}
