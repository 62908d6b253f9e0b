import type { Route } from "../../components/routing/model";
import type { GatewaySettings } from "../../components/settings/gateways/schema";
import type { LocalRateLimit } from "../../components/settings/rate-limits/schema";
import { keyIn, type AskedBackend } from "./answer";
import type { AskedApp, AskedStack } from "./stack";

/** What a gateway lets through, in sentences. */
export function gatewayLimit({ key, rateLimit }: GatewaySettings): string[] {
  return rateLimit ? [sentence(`gateways.${key}`, rateLimit.local, "the gateway")] : [];
}

/** What the gateway lets through of a route. */
export function routeLimit({ app }: AskedApp, { place = [], rateLimit }: Route): string[] {
  return rateLimit ? [sentence(keyIn(app.name, place), rateLimit, "the gateway")] : [];
}

/** What the applications that a request may reach let through. Who is refused takes nothing of it. */
export function backendLimits({ apps }: AskedStack, backends: readonly AskedBackend[]): string[] {
  const reached = backends.filter(({ access: { decision, counted } }) => decision !== "refused" || counted);
  return [...new Set(reached.map(({ app = "" }) => app))].flatMap((name) => {
    const limit = apps.get(name)?.app.rateLimit;
    return limit ? [sentence(`apps.${name}`, limit.local, name)] : [];
  });
}

function sentence(key: string, { requests, per, burst = requests }: LocalRateLimit, of: string): string {
  const atOnce = burst === requests ? "" : `, ${burst} at once`;
  return `${key}.rateLimit.local: each pod of ${of} lets ${requests} requests in ${per} through${atOnce}; others get 429.`;
}
