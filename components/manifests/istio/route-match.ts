import type { IVirtualService } from "@kubernetes-models/istio/networking.istio.io/v1";
import type { Match } from "../../routing/model";
import type { StringMatch } from "../../settings/apps/matches";

type HttpRoute = NonNullable<NonNullable<IVirtualService["spec"]>["http"]>[number];
type HttpMatch = NonNullable<HttpRoute["match"]>[number];

/** A match in Istio's own shape. */
export function httpMatch({ cookies, place: _, ...match }: Partial<Match>): HttpMatch {
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
