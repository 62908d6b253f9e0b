import type { Rule } from "../../../engine/rule";

/** A patch does what its place allows. */
export const envoyFilterIgnored: Rule = {
  id: "IST-ENVOY-FILTER-IGNORED",
  severity: "mandatory",
  title: "an EnvoyFilter's operations are ones that Istio carries out",
  why: "Istio ignores an operation that its place doesn't know, and says nothing, so the filter isn't there.",
  fix: "Use MERGE or INSERT_BEFORE on routes, and REPLACE on filters only.",
  codes: ["IST0152", "IST0153", "IST0154"],
  docs: "https://istio.io/latest/docs/reference/config/networking/envoy-filter/#EnvoyFilter-Patch-Operation",

  judge: (inventory, check) =>
    check.each(inventory.objects("EnvoyFilter"), (filter) => {
      check.each(filter.get("spec", "configPatches").list(), (patch) => {
        const place = patch.get("applyTo").text() ?? "";
        const operation = patch.get("patch", "operation");
        const name = operation.text() ?? "";
        if (!isIgnored(name, place)) return;
        check.violation(operation, {
          message: `${name} of ${place} is ignored, so the patch does nothing.`,
          fix:
            name === "REPLACE"
              ? "Use MERGE; REPLACE is for HTTP_FILTER and NETWORK_FILTER."
              : "Use MERGE, or patch the VIRTUAL_HOST that it is in.",
        });
      });
    }),
};

function isIgnored(operation: string, place: string): boolean {
  if (operation === "ADD" || operation === "REMOVE") return place === "ROUTE_CONFIGURATION" || place === "HTTP_ROUTE";
  return operation === "REPLACE" && !["NETWORK_FILTER", "HTTP_FILTER", "VIRTUAL_HOST"].includes(place);
}
