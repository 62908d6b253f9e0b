import { telemetryProvider } from "../../../../../policies/rules/istio/configuration/telemetry-provider";
import { cases } from "../../../cases";
import type { Loose } from "../../../stack";
import { adding } from "../drafts";

const add = adding("Telemetry");

export default cases(telemetryProvider, {
  breaks: {
    "no provider": {
      change: (stack) => {
        add(stack, { accessLogging: [{}, { disabled: true }] });
      },
      finds: [
        "Telemetry bookinfo/own: logs access without a provider, and the mesh has no default one: nothing is logged. Add providers: [{name: envoy}], or defaultProviders.accessLogging to the mesh's configuration.",
      ],
    },
  },
  keeps: {
    "a provider": (stack) => {
      add(stack, { accessLogging: [{ providers: [{ name: "envoy" }] }] });
    },
    "the mesh's provider": (stack) => {
      stack.values("istiod").meshConfig.defaultProviders = { accessLogging: ["envoy"] };
      add(stack, { accessLogging: [{}] });
    },
    "a mesh that others configure": (stack) => {
      stack.resources = stack.resources.filter(({ properties }) => (properties as Loose).chart !== "istiod");
      add(stack, { accessLogging: [{}] });
    },
  },
});
