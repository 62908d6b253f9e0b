import type { FiledApp } from "./apps-from/read";
import type { EgressGatewaySettings } from "./gateways/egress-schema";
import type { GatewaySettings } from "./gateways/schema";
import type { OwnManifests } from "./manifests/read";
import type { SectionName, Sections } from "./schema";

/** What the checks see: the sections that are well-formed so far, and the stack they belong to. */
export interface Draft extends Partial<Sections> {
  readonly project: string;
  readonly stack: string;
  /** Whether an engine asks, which creates what this describes. */
  readonly engine: boolean;
  /** The ingress gateways with every name filled in, `default` where the stack file has none; undefined while `gateways` is. */
  readonly settledGateways?: readonly GatewaySettings[] | undefined;
  /** The egress gateways with every name filled in; undefined while `gateways` is. */
  readonly settledEgressGateways?: readonly EgressGatewaySettings[] | undefined;
  /** What the entries of `manifests` lead to; undefined while they are themselves a problem. */
  readonly ownManifests?: OwnManifests | undefined;
  /** The applications that stand in files of their own. All of them are among `apps`. */
  readonly filedApps: readonly FiledApp[];
  /** Whether applications with mistakes of their own were left out of `apps`; what they would have named is unknown. */
  readonly appsLeftOut: boolean;
  /** Whether something at a place, in it or around it was refused, and is missing here or was guessed. */
  readonly guessed: (section: SectionName, path: readonly PropertyKey[]) => boolean;
  /** The AWS region; undefined while it is itself a problem. */
  readonly region?: string | undefined;
  /** The provider's own tags; undefined while they are themselves a problem. */
  readonly defaultTags?: Readonly<Record<string, string>> | undefined;
}

/**
 * Reports a problem at a place in the stack file.
 *
 * @param section the section, e.g. `apps`; or `aws` for a key of the provider
 * @param path the place in it, e.g. `["reviews", "versions"]`
 * @param rule the rule that is broken, as the end of "it …"
 * @param fix what to write instead
 */
export type Report = (section: SectionName, path: readonly PropertyKey[], rule: string, fix: string) => void;

/** A rule over several fields. It must not throw on any draft. */
export type Check = (draft: Draft, report: Report) => void;
