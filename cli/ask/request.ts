import { normalized, type RoutedRequest } from "../../components/routing/evaluate";
import type { Question } from "./question";

/** The port that an address asks for, said or implied. */
export function portOf({ port, protocol }: URL): number {
  return port === "" ? (protocol === "https:" ? 443 : 80) : Number(port);
}

/** A question as the proxy sees it that routes by it. */
export function requestOf({ method, url, headers, claims }: Question, port: number): RoutedRequest {
  // Routes see the token itself, whatever stands in it.
  const token = claims && { authorization: "Bearer TOKEN" };
  return {
    method,
    // TLS has ended at the load balancer.
    scheme: "http",
    authority: url.host,
    path: normalized(url.pathname),
    query: url.search.slice(1),
    headers: { ...token, ...headers },
    port,
  };
}
