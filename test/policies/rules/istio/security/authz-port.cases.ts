import { authzPort } from "../../../../../policies/rules/istio/security/authz-port";
import { cases } from "../../../cases";
import type { Loose, StackDraft } from "../../../stack";
import { adding } from "../drafts";

const add = adding("AuthorizationPolicy");
const sidecar = adding("Sidecar");
const entry = adding("ServiceEntry");
const details = { selector: { matchLabels: { app: "details" } } };

/** The Service of details on port 80, its pods on 9080 as before. */
function on80(stack: StackDraft): Loose {
  const [port] = stack.object("Service", "bookinfo", "details").spec.ports;
  port.port = 80;
  return port;
}

function ports(...of: string[]): Loose {
  return [{ to: [{ operation: { ports: of } }] }];
}

export default cases(authzPort, {
  breaks: {
    "an ALLOW for a Service's port": {
      change: (stack) => {
        on80(stack);
        add(stack, { ...details, rules: ports("80") });
      },
      finds: [
        'AuthorizationPolicy bookinfo/own: port 80 is that of Service bookinfo/details, and rules go by the containers\' ports: Deployment bookinfo/details-v1 gets these connections on 9080, so this never matches and lets nobody in. Write "9080".',
      ],
    },
    "a DENY for a Service's port, by the name of its target": {
      change: (stack) => {
        on80(stack).targetPort = "http";
        add(stack, { ...details, action: "DENY", rules: ports("80", "9090") });
      },
      finds: [
        'AuthorizationPolicy bookinfo/own: port 80 is that of Service bookinfo/details, and rules go by the containers\' ports: Deployment bookinfo/details-v1 gets these connections on 9080, so this never matches and keeps nobody out. Write "9080".',
      ],
    },
    "an exception for a Service's port": {
      change: (stack) => {
        on80(stack);
        add(stack, { ...details, action: "DENY", rules: [{ to: [{ operation: { notPorts: ["80"] } }] }] });
      },
      finds: [
        'AuthorizationPolicy bookinfo/own: port 80 is that of Service bookinfo/details, and rules go by the containers\' ports: Deployment bookinfo/details-v1 gets these connections on 9080, so this leaves nothing out. Write "9080".',
      ],
    },
    "a condition, by several Services": {
      change: (stack) => {
        for (const name of ["details", "ratings", "reviews", "productpage"])
          stack.object("Service", "bookinfo", name).spec.ports[0].port = 80;
        add(stack, { rules: [{ when: [{ key: "destination.port", values: ["80"] }] }] });
      },
      finds: [
        'AuthorizationPolicy bookinfo/own: port 80 is that of Service bookinfo/details, and rules go by the containers\' ports: Deployment bookinfo/details-v1 gets these connections on 9080, so this never matches and lets nobody in. Write "9080".',
      ],
    },
  },
  keeps: {
    "the container's port": (stack) => {
      on80(stack);
      add(stack, { ...details, rules: ports("9080") });
    },
    "both ports": (stack) => {
      on80(stack);
      add(stack, { ...details, rules: [...ports("80"), ...ports("9080")] });
    },
    "a port that no Service has, which a container may have undeclared": (stack) => {
      on80(stack);
      add(stack, { ...details, rules: ports("9090") });
    },
    "a port that a container has, too": (stack) => {
      on80(stack);
      stack.object("Deployment", "bookinfo", "details-v1").spec.template.spec.containers[0].ports.push({
        containerPort: 80,
      });
      add(stack, { ...details, rules: ports("80") });
    },
    "a port that another Service leads to": (stack) => {
      on80(stack);
      stack.add({
        apiVersion: "v1",
        kind: "Service",
        metadata: { name: "details-plain", namespace: "bookinfo" },
        spec: { selector: { app: "details" }, ports: [{ port: 8000, targetPort: 80 }] },
      } as Loose);
      add(stack, { ...details, rules: ports("80") });
    },
    "a headless Service, whose clients reach pods themselves": (stack) => {
      on80(stack);
      stack.object("Service", "bookinfo", "details").spec.clusterIP = "None";
      add(stack, { ...details, rules: ports("80") });
    },
    "a name that no container has": (stack) => {
      on80(stack).targetPort = "web";
      add(stack, { ...details, rules: ports("80") });
    },
    "a whole namespace of which one workload may listen there": (stack) => {
      on80(stack);
      add(stack, { rules: ports("80") });
    },
    "the whole mesh": (stack) => {
      on80(stack);
      add(stack, { rules: ports("80") }, { namespace: "istio-system" });
    },
    "a Sidecar that listens there": (stack) => {
      on80(stack);
      sidecar(stack, { ingress: [{ port: { number: 80, name: "http", protocol: "HTTP" } }], egress: [] });
      add(stack, { ...details, rules: ports("80") });
    },
    "a ServiceEntry that leads there": (stack) => {
      on80(stack);
      entry(stack, {
        hosts: ["details.example.org"],
        ports: [{ number: 80, name: "http", protocol: "HTTP" }],
        resolution: "STATIC",
        workloadSelector: { labels: { app: "details" } },
      });
      add(stack, { ...details, rules: ports("80") });
    },
    "a gateway, which listens itself": (stack) => {
      add(
        stack,
        { selector: { matchLabels: { istio: "ingress" } }, rules: ports("443") },
        { namespace: "istio-ingress" },
      );
    },
    "pods that others deploy": (stack) => {
      add(stack, { ...details, rules: ports("80") }, { namespace: "loyalty" });
    },
    "a Service, by targetRefs": (stack) => {
      on80(stack);
      add(stack, { targetRefs: [{ kind: "Service", group: "", name: "details" }], rules: ports("80") });
    },
  },
});
