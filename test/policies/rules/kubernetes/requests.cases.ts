import { requests } from "../../../../policies/rules/kubernetes/requests";
import { cases } from "../../cases";
import { add, addRenderedIstiod, container, podsOf } from "./drafts";

export default cases(requests, {
  breaks: {
    "no requests at all": {
      change: (stack) => delete container(stack).resources,
      finds: [
        "Deployment bookinfo/details-v1: container details requests no CPU and no memory: its pods land on nodes that are full, and are the first to suffer there. Set resources.requests.cpu and resources.requests.memory to what it takes under normal load.",
      ],
      severity: "mandatory",
    },
    "no CPU": {
      change: (stack) => delete container(stack).resources.requests.cpu,
      finds: [
        "Deployment bookinfo/details-v1: container details requests no CPU: its pods land on nodes that are full, and are the first to suffer there. Set resources.requests.cpu to what it takes under normal load.",
      ],
    },
    "a sidecar without memory": {
      change: (stack) =>
        (podsOf(stack).initContainers = [
          { name: "log", restartPolicy: "Always", resources: { requests: { cpu: "10m" } } },
        ]),
      finds: [
        "Deployment bookinfo/details-v1: container log requests no memory: its pods land on nodes that are full, and are the first to suffer there. Set resources.requests.memory to what it takes under normal load.",
      ],
    },
  },
  keeps: {
    "what a chart makes, whose values are judged": (stack) => addRenderedIstiod(stack),
    "a limit, which is the request as well": (stack) =>
      (container(stack).resources = { limits: { cpu: "1", memory: "1Gi" } }),
    "requests of the pod as a whole": (stack) => {
      delete container(stack).resources;
      podsOf(stack).resources = { requests: { cpu: "1", memory: "1Gi" } };
    },
    "an init container, which is gone when the rest starts": (stack) =>
      (podsOf(stack).initContainers = [{ name: "prepare" }]),
    "a LimitRange that fills them in": (stack) => {
      delete container(stack).resources;
      add(stack, { apiVersion: "v1", kind: "LimitRange", metadata: { name: "all", namespace: "bookinfo" } });
    },
    "the proxy, which Istio sees to": (stack) => podsOf(stack).containers.push({ name: "istio-proxy", image: "auto" }),
  },
});
