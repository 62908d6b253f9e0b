import { authzProvider } from "../../../../../policies/rules/istio/security/authz-provider";
import { cases } from "../../../cases";
import type { StackDraft } from "../../../stack";
import { adding } from "../drafts";

const add = adding("AuthorizationPolicy");
const custom = { action: "CUSTOM", provider: { name: "oauth" }, rules: [{}] };

function defined(stack: StackDraft, name: string): void {
  stack.values("istiod").meshConfig.extensionProviders = [{ name, envoyExtAuthzHttp: {} }];
}

export default cases(authzProvider, {
  breaks: {
    "a provider that the mesh doesn't define": {
      change: (stack) => {
        defined(stack, "oauth2");
        add(stack, custom);
      },
      finds: [
        'AuthorizationPolicy bookinfo/own: no provider "oauth" is defined, so every request that its rules match is refused. Did you mean oauth2? Define it in extensionProviders of the mesh\'s configuration, with envoyExtAuthzHttp or envoyExtAuthzGrpc.',
      ],
    },
  },
  keeps: {
    "a provider of the mesh": (stack) => {
      defined(stack, "oauth");
      add(stack, custom);
    },
    "a policy without rules, which asks nobody": (stack) => {
      add(stack, { ...custom, rules: [] });
    },
    "a mesh that others configure": (stack) => {
      stack.resources = stack.resources.filter(({ properties }) => properties.chart !== "istiod");
      add(stack, custom);
    },
    "values in other files": (stack) => {
      stack.resource("kubernetes:helm.sh/v3:Release", "eks-istio-dev-mesh-istiod").valueYamlFiles = [{}];
      add(stack, custom);
    },
  },
});
