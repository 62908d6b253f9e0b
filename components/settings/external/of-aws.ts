import { podIdentityAgent, regionalEndpoints } from "../aws/endpoints";
import type { Sections } from "../schema";
import type { ExternalSettings } from "./schema";
import { looksUpWildcards } from "./wildcards";

type External = Readonly<Record<string, ExternalSettings>>;
type Stack = Pick<Sections, "apps" | "mesh" | "external">;

/** What applications with rights in AWS call. */
export interface ExternalOfAws {
  /** Beside what the stack file names. Their names have a dot, which no name of its has. */
  readonly added: External;
  /** Names of all of them, the stack file's own among them where it has one in the place of ours. */
  readonly called: readonly string[];
}

/**
 * What of AWS the mesh must know where sidecars call nothing but what it knows.
 *
 * @returns undefined where no application has rights, or sidecars let out everything
 */
export function externalOfAws(region: string, { apps, mesh, external }: Stack): ExternalOfAws | undefined {
  const isAsked = Object.values(apps).some(({ aws }) => aws !== undefined);
  if (!isAsked || mesh.outboundTrafficPolicy !== "REGISTRY_ONLY") return undefined;
  return callsOfAws(region, external, looksUpWildcards(mesh.version));
}

/**
 * Where applications with rights in AWS get credentials, and the endpoints of the region's services. What the stack file has
 * an entry for already is not added: of two entries for one name, Istio follows one.
 */
function callsOfAws(region: string, external: External, wildcards: boolean): ExternalOfAws {
  const entries = Object.entries(external);
  const { address, port } = podIdentityAgent;
  const agent = entries.find(
    ([, { hosts, addresses, port: own }]) =>
      hosts.includes(agentHost) || (own === port && addresses?.includes(address) === true),
  );
  const endpoints = wildcards ? regionalEndpoints(region) : [];
  const given = entries.filter(([, one]) => isOfRegion(region, one));
  const missing = endpoints.filter((host) => !given.some(([, { hosts }]) => hosts.includes(host)));
  const added: External = {
    ...(!agent && { "aws.credentials": { hosts: [agentHost], port, protocol: "tcp", addresses: [address] } }),
    ...(missing.length > 0 && { "aws.endpoints": { hosts: missing, port: 443, protocol: "tls" } }),
  };
  return { added, called: [...[agent, ...given].flatMap((entry) => (entry ? [entry[0]] : [])), ...Object.keys(added)] };
}

/** Whether an external is one of those that rights imply, and stands in no stack file. */
export function isImplied(name: string): boolean {
  return name.startsWith("aws.");
}

/** Nobody looks it up: the entry has an address, and a name because each must. */
const agentHost = "pod-identity.eks.internal";

/** Whether an external is one of AWS's region: the stack file lists what its applications call. */
export function isOfRegion(region: string, { hosts }: ExternalSettings): boolean {
  return regionalEndpoints(region).some((wildcard) => hosts.some((host) => `.${host}`.endsWith(wildcard.slice(1))));
}
