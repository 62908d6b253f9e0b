import type { IVirtualService } from "@kubernetes-models/istio/networking.istio.io/v1";
import type { MatchSettings, StringMatch } from "../../settings/apps/matches";

type HttpRoute = NonNullable<NonNullable<IVirtualService["spec"]>["http"]>[number];
type HttpMatch = NonNullable<HttpRoute["match"]>[number];

/** Where a VirtualService's requests come from: through the ingress gateway, or from inside the mesh. */
export type Origin = "ingress" | "mesh";

/** Whether a match can hold for requests of an origin. From outside, the source is the gateway, never the caller's pod. */
export function appliesTo(origin: Origin, { gateways, sourceLabels, sourceNamespace }: MatchSettings): boolean {
  if (gateways && !gateways.includes(origin)) return false;
  return origin === "mesh" || !(sourceLabels || sourceNamespace);
}

/** A match in Istio's own shape. */
export function httpMatch({ cookies, gateways: _, ...match }: MatchSettings): HttpMatch {
  const [cookie] = Object.entries(cookies ?? {});
  if (!cookie) return match;
  return { ...match, headers: { ...match.headers, cookie: { regex: cookieRegex(...cookie) } } };
}

/** Istio has no match for a cookie: this one finds it in the Cookie header, wherever it stands. */
function cookieRegex(name: string, { exact, prefix, regex }: StringMatch): string {
  const value = exact !== undefined ? escape(exact) : prefix !== undefined ? `${escape(prefix)}[^;]*` : `(${regex})`;
  return `^(.*?;\\s*)?${escape(name)}=${value}(;.*)?$`;
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
