/**
 * What a Release's chart is called. Some of Istio's charts have names that anybody's may have: these are Istio's if they
 * come from a place with Istio in its name. Of others the place is told, too.
 *
 * @param place an address, or the name of a Flux source
 * @example `chartName("gateway", "https://charts.example.com")` is "gateway of charts.example.com"
 */
export function chartName(chart: string, place: string): string {
  const name = chart.split("/").at(-1) ?? "";
  if (!ambiguous.has(name) || /istio/i.test(place)) return name;
  const [, host = place] = /^(?:\w+:\/\/)?([^/]+)/.exec(place) ?? [];
  return `${name} of ${host}`;
}

const ambiguous: ReadonlySet<string> = new Set(["base", "cni", "gateway"]);
