import type { Rule } from "../../../engine/rule";

/** A patch that depends on others says when it is its turn. */
export const envoyFilterOrder: Rule = {
  id: "IST-ENVOY-FILTER-ORDER",
  severity: "advisory",
  title: "an EnvoyFilter whose operation depends on others has a priority",
  why: "Without one, filters are applied by their age: after a re-creation the place that this one refers to may not be there yet, and it is dropped.",
  fix: "Set priority.",
  codes: ["IST0151", "IST0155"],
  docs: "https://istio.io/latest/docs/reference/config/networking/envoy-filter/#EnvoyFilter-priority",

  judge: (inventory, check) =>
    check.each(inventory.objects("EnvoyFilter"), (filter) => {
      if ((filter.get("spec", "priority").number() ?? 0) !== 0) return;
      check.each(filter.get("spec", "configPatches").list(), (patch) => {
        const operation = patch.get("patch", "operation");
        const name = operation.text() ?? "";
        const place = patch.get("applyTo").text() ?? "";
        if (!relative.has(name) || (name === "REMOVE" && ["ROUTE_CONFIGURATION", "HTTP_ROUTE"].includes(place))) return;
        if (name === "REPLACE" && !["NETWORK_FILTER", "HTTP_FILTER", "VIRTUAL_HOST"].includes(place)) return;
        const version = patch.get("match", "proxy", "proxyVersion").text();
        check.violation(operation, {
          message: `${name} depends on what other EnvoyFilters did before${version === undefined ? "" : ` (for proxies of version ${version})`}, and has no priority: their age decides.`,
          fix: "Set spec.priority: above 0 to come after those without one.",
        });
      });
    }),
};

const relative: ReadonlySet<string> = new Set(["INSERT_BEFORE", "INSERT_AFTER", "REMOVE", "REPLACE"]);
