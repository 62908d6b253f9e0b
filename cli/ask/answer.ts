import type { Verdict } from "../../components/access/evaluate";
import type { Place } from "../../components/routing/model";

/** What a request meets on its way. */
export interface Answer {
  readonly question: string;
  /**
   * Where it ends: at an application; with an answer of a proxy on the way (`redirect`, `response`, `refused`,
   * `notFound`); with none (`unreachable`); or on what a plan doesn't know (`undecided`).
   */
  readonly outcome: "application" | "redirect" | "response" | "refused" | "notFound" | "unreachable" | "undecided";
  /** The status, where the answer is a proxy's. */
  readonly status?: number;
  readonly gateway?: AskedGateway;
  readonly route?: AskedRoute;
  /** Where a redirect leads. */
  readonly location?: string;
  /** The path that the application gets, where a route changes it. */
  readonly path?: string;
  readonly backends: readonly AskedBackend[];
  /** Of the whole request. None said: there is none. */
  readonly timeout?: string;
  readonly retries?: object;
  /** In sentences: why it ends there, and what was taken for granted. */
  readonly notes: readonly string[];
}

export interface AskedGateway {
  /** Its key in the stack file. */
  readonly name: string;
  /** `namespace/name` of the Gateway. */
  readonly object: string;
  /** Names on the certificates that it has; those of a given certificate are not known. None for an egress gateway. */
  readonly certificates?: readonly string[];
}

export interface AskedRoute {
  /** The application that it is of. */
  readonly app: string;
  /** Its key in the stack file; none for the one that sends what no other took to the versions by weight. */
  readonly key?: string;
  readonly name?: string;
}

/** Pods that it may go to. */
export interface AskedBackend {
  readonly host: string;
  readonly port: number;
  readonly version?: string;
  /** Share in percent. */
  readonly weight: number;
  /** The application that it belongs to; none for a service of others. */
  readonly app?: string;
  readonly access: AskedAccess;
}

export interface AskedAccess {
  readonly decision: Verdict["decision"];
  readonly status?: number;
  /** The rule that decided, by its key in the stack file. */
  readonly rule?: string;
  readonly reasons: readonly string[];
  /** A dry run: the request is let in, and this is only counted. */
  readonly counted?: true;
}

/** A place in an application's entry as the stack file has it, e.g. `apps.web.routes[0]`. */
export function keyIn(app: string, place: Place): string {
  return `apps.${app}${place.map((part) => (typeof part === "number" ? `[${part}]` : `.${part}`)).join("")}`;
}
