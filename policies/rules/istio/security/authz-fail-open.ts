import { controlPlanes, hasControlPlane, unknownControlPlanes } from "../../../facts/istio/control-planes";
import type { Rule } from "../../../engine/rule";

/** An authorizer that doesn't answer lets nobody in. */
export const authzFailOpen: Rule = {
  id: "IST-AUTHZ-FAIL-OPEN",
  severity: "advisory",
  title: "an external authorizer that doesn't answer lets nobody in",
  why: "With failOpen whoever brings the authorizer down, or catches it restarting, comes in without being asked about.",
  fix: "Leave failOpen out, and give the authorizer replicas enough to answer.",
  codes: [],
  docs: "https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#MeshConfig-ExtensionProvider-EnvoyExternalAuthorizationHttpProvider",

  judge: (inventory, check) => {
    check.each(unknownControlPlanes(inventory), (value) => value.text());
    if (!hasControlPlane(inventory)) return;
    check.each(controlPlanes(inventory), ({ config }) =>
      check.each(config.get("extensionProviders").list(), (provider) => {
        for (const kind of ["envoyExtAuthzHttp", "envoyExtAuthzGrpc"]) {
          const failOpen = provider.get(kind, "failOpen");
          if (failOpen.boolean() !== true) continue;
          check.violation(failOpen, {
            message: `the provider ${provider.get("name").text() ?? "(unnamed)"} lets every request in while its authorizer doesn't answer.`,
            fix: "Leave failOpen out, and give the authorizer replicas enough to answer.",
          });
        }
      }),
    );
  },
};
