import { ingressBackend } from "../../../../policies/rules/kubernetes/ingress-backend";
import { cases } from "../../cases";
import { addCustom, addIngress } from "./drafts";

const here = "Ingress bookinfo/own:";

function to(name: string, port: object) {
  const backend = { service: { name, port } };
  return { rules: [{ http: { paths: [{ path: "/", pathType: "Prefix", backend }] } }] };
}

export default cases(ingressBackend, {
  breaks: {
    "a Service that nobody makes": {
      change: (stack) => addIngress(stack, to("detail", { number: 9080 })),
      finds: [
        `${here} no Service detail exists in the namespace bookinfo: requests for it are answered with an error. Did you mean details? If somebody else deploys it, name "Service bookinfo/detail" under outside in the policies' configuration.`,
      ],
      severity: "mandatory",
    },
    "a port that the Service lacks, by number": {
      change: (stack) => {
        Object.assign(stack.object("Service", "bookinfo", "details").spec.ports[0], { port: 80, targetPort: 9080 });
        addIngress(stack, to("details", { number: 9080 }));
      },
      finds: [
        `${here} Service bookinfo/details has no port 9080, only 80 http: requests for it are answered with an error. Write the Service's port instead of the container's: 80.`,
      ],
    },
    "a port that the Service lacks, by name, behind the default": {
      change: (stack) => addIngress(stack, { defaultBackend: { service: { name: "details", port: { name: "web" } } } }),
      finds: [
        `${here} Service bookinfo/details has no port web, only 9080 http: requests for it are answered with an error. Write one of the Service's ports, by number or name.`,
      ],
    },
  },
  keeps: {
    "a Service and its port": (stack) => addIngress(stack),
    "a port by its name": (stack) => addIngress(stack, to("details", { name: "http" })),
    "an action that an annotation describes": (stack) =>
      addIngress(stack, to("ssl-redirect", { name: "use-annotation" })),
    "a backend that is no Service": (stack) =>
      addIngress(stack, { defaultBackend: { resource: { apiGroup: "example.com", kind: "Bucket", name: "own" } } }),
    "a Service that Flagger makes": (stack) => {
      addCustom(stack, "flagger.app/v1beta1", "Canary", "web", { service: { name: "shop", port: 80 } });
      addIngress(stack, to("shop", { number: 80 }));
    },
    "a Service where no Services are here": (stack) => addIngress(stack, {}, { namespace: "shop" }),
  },
});
