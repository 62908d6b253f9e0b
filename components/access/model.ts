import type { JwtRuleInput } from "../settings/apps/jwt";

/*
 * Who may call an application, between what the stack file says and what a renderer writes: plain frozen data. Callers are
 * identities and addresses, no longer names of the stack file; what a token must have is said in each rule.
 */

/** What becomes of a request that a policy refuses: it is refused, or only counted. */
export type Enforcement = "enforced" | "dryRun";

/** One application's rules. */
export interface AppAccess {
  /** The application's name in the stack file. */
  readonly app: string;
  readonly namespace: string;
  /** Labels of the pods that the rules hold for. */
  readonly pods: Readonly<Record<string, string>>;
  readonly enforcement: Enforcement;
  /** Whether the mesh refuses, or in a dry run counts, what no rule lets in, where there is none. */
  readonly closed: boolean;
  readonly issuers: readonly JwtRuleInput[];
  /**
   * In the order of the stack file. Order doesn't decide: CUSTOM and DENY refuse before any ALLOW lets in, and where there
   * is an ALLOW, what fits none is refused.
   */
  readonly rules: readonly AccessRule[];
}

export interface AccessRule {
  /** Where it stands in the application's entry; none for one that follows from `jwt` alone. */
  readonly place?: readonly (string | number)[];
  readonly action: "ALLOW" | "DENY" | "AUDIT" | "CUSTOM";
  /** The authorizer that a CUSTOM rule asks. */
  readonly provider?: string;
  /** Callers, of whom one must fit. None: everybody. */
  readonly sources: readonly AccessSource[];
  readonly operation: Operation;
  /** All of them must hold. */
  readonly conditions: readonly AccessCondition[];
}

/** A caller: what stands in it must all hold; of a list, one. */
export interface AccessSource {
  /** Identities by mutual TLS, e.g. `cluster.local/ns/shop/sa/web`. */
  readonly principals?: readonly string[];
  readonly namespaces?: readonly string[];
  /** The client's address as the first proxy that trusts nobody before it saw it. */
  readonly remoteIpBlocks?: readonly string[];
  /** Who a valid token is of, as `ISSUER/SUBJECT`, with `*` for any. */
  readonly requestPrincipals?: readonly string[];
  /** Who a token must not be of; `*` for no valid token at all. */
  readonly notRequestPrincipals?: readonly string[];
}

/** What is asked for; of a list, one must fit, and a list that is not there asks nothing. */
export interface Operation {
  readonly methods?: readonly string[];
  readonly paths?: readonly string[];
  /** Ports of the containers. */
  readonly ports?: readonly number[];
}

/** An attribute of a request, in Istio's words. */
export interface AccessCondition {
  readonly key: string;
  readonly values?: readonly string[];
  readonly notValues?: readonly string[];
}
