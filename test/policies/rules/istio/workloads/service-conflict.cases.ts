import { serviceConflict } from "../../../../../policies/rules/istio/workloads/service-conflict";
import { cases } from "../../../cases";
import type { Loose, StackDraft } from "../../../stack";
import { add } from "../../kubernetes/drafts";

function addService(stack: StackDraft, ports: readonly object[]): Loose {
  const metadata = { name: "more", namespace: "bookinfo" };
  return add(stack, { apiVersion: "v1", kind: "Service", metadata, spec: { selector: { app: "details" }, ports } });
}

export default cases(serviceConflict, {
  breaks: {
    "two Services with different ports for one": {
      change: (stack) => addService(stack, [{ port: 80, targetPort: 9080 }]),
      finds: [
        "Deployment bookinfo/details-v1: the Services details (9080) and more (80) lead to its port 9080 from different ports: its proxy knows one of them only. Use the same port in both, or another targetPort.",
      ],
      severity: "advisory",
    },
    "two Services with different protocols": {
      change: (stack) => addService(stack, [{ port: 9080, targetPort: 9081, protocol: "UDP" }]),
      finds: [
        "Deployment bookinfo/details-v1: its port 9080 has different protocols in the Services details (TCP) and more (UDP): one of them is served wrongly. Use one protocol, or another port.",
      ],
    },
    "pods with a proxy by hand": {
      change: (stack) => {
        addService(stack, [{ port: 80, targetPort: 9080 }]);
        const { metadata, spec } = stack.object("Deployment", "bookinfo", "details-v1").spec.template;
        metadata.labels["sidecar.istio.io/inject"] = "false";
        spec.containers.push({ name: "istio-proxy", image: "registry.example.com/istio/proxyv2:1.31.0" });
      },
      finds: [
        "Deployment bookinfo/details-v1: the Services details (9080) and more (80) lead to its port 9080 from different ports: its proxy knows one of them only. Use the same port in both, or another targetPort.",
      ],
    },
  },
  keeps: {
    "pods without a proxy": (stack) => {
      addService(stack, [{ port: 80, targetPort: 9080 }]);
      stack.object("Deployment", "bookinfo", "details-v1").spec.template.metadata.labels["sidecar.istio.io/inject"] =
        "false";
    },
    "two Services that agree": (stack) => addService(stack, [{ port: 9080 }]),
    "a port of its own": (stack) => addService(stack, [{ port: 80, targetPort: 9081 }]),
    "two ports of one Service": (stack) =>
      stack.object("Service", "bookinfo", "details").spec.ports.push({ port: 80, targetPort: 9080 }),
    "two ports of one Service beside another Service": (stack) =>
      addService(stack, [
        { port: 81, targetPort: 9081 },
        { port: 82, targetPort: 9081 },
      ]),
  },
});
