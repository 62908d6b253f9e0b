import { mtlsPorts } from "../../../../../policies/rules/istio/security/mtls-ports";
import { cases } from "../../../cases";
import type { Loose, StackDraft } from "../../../stack";
import { adding } from "../drafts";

const add = adding("PeerAuthentication");
const details = { selector: { matchLabels: { app: "details" } } };

/** The Service of details on port 80, its pods on 9080 as before. */
function on80(stack: StackDraft): void {
  stack.object("Service", "bookinfo", "details").spec.ports[0].port = 80;
}

function mesh(stack: StackDraft): Loose {
  return stack.object("PeerAuthentication", "istio-system", "default").spec;
}

export default cases(mtlsPorts, {
  breaks: {
    "a port for the whole mesh": {
      change: (stack) => (mesh(stack).portLevelMtls = { 8080: { mode: "STRICT" } }),
      finds: [
        "PeerAuthentication istio-system/default: has modes for ports but selects no workloads: Istio refuses it. Add selector.matchLabels for the workloads whose ports these are, or take portLevelMtls out.",
      ],
    },
    "a port for an empty selector": {
      change: (stack) => Object.assign(mesh(stack), { selector: {}, portLevelMtls: { 8080: { mode: "STRICT" } } }),
      finds: [
        "PeerAuthentication istio-system/default: has modes for ports but selects no workloads: Istio refuses it. Add selector.matchLabels for the workloads whose ports these are, or take portLevelMtls out.",
      ],
    },
    "STRICT for a Service's port": {
      change: (stack) => {
        on80(stack);
        add(stack, { ...details, mtls: { mode: "PERMISSIVE" }, portLevelMtls: { 80: { mode: "STRICT" } } });
      },
      finds: [
        "PeerAuthentication bookinfo/own: STRICT for port 80 does nothing: that is the port of Service bookinfo/details, and modes go by the containers' ports. On 9080, where Deployment bookinfo/details-v1 gets these connections, PERMISSIVE holds: plain text is let in. Write 9080 instead of 80.",
      ],
    },
    "STRICT for a Service's port, where the container's says nothing of its own": {
      change: (stack) => {
        on80(stack);
        const ports = { 80: { mode: "STRICT" }, 9080: { mode: "UNSET" } };
        add(stack, { ...details, mtls: { mode: "PERMISSIVE" }, portLevelMtls: ports });
      },
      finds: [
        "PeerAuthentication bookinfo/own: STRICT for port 80 does nothing: that is the port of Service bookinfo/details, and modes go by the containers' ports. On 9080, where Deployment bookinfo/details-v1 gets these connections, PERMISSIVE holds: plain text is let in. Write 9080 instead of 80.",
      ],
    },
    "plain text for a Service's port": {
      change: (stack) => {
        on80(stack);
        add(stack, { ...details, portLevelMtls: { 80: { mode: "PERMISSIVE" }, 9080: {} } });
      },
      finds: [
        "PeerAuthentication bookinfo/own: PERMISSIVE for port 80 does nothing: that is the port of Service bookinfo/details, and modes go by the containers' ports. On 9080, where Deployment bookinfo/details-v1 gets these connections, STRICT holds: plain text is turned away. Write 9080 instead of 80.",
      ],
    },
    "mutual TLS off for a Service's port, where it is optional": {
      change: (stack) => {
        on80(stack);
        add(stack, { ...details, mtls: { mode: "PERMISSIVE" }, portLevelMtls: { 80: { mode: "DISABLE" } } });
      },
      finds: [
        "PeerAuthentication bookinfo/own: DISABLE for port 80 does nothing: that is the port of Service bookinfo/details, and modes go by the containers' ports. On 9080, where Deployment bookinfo/details-v1 gets these connections, PERMISSIVE holds: mutual TLS is not as DISABLE says. Write 9080 instead of 80.",
      ],
    },
    "a Service's port, where others may have set the mesh's mode": {
      change: (stack) => {
        stack.remove("PeerAuthentication", "default");
        on80(stack);
        add(stack, { ...details, portLevelMtls: { 80: { mode: "STRICT" } } });
      },
      severity: "advisory",
      finds: [
        "PeerAuthentication bookinfo/own: STRICT for port 80 does nothing: that is the port of Service bookinfo/details, and modes go by the containers' ports. On 9080, where Deployment bookinfo/details-v1 gets these connections, PERMISSIVE holds unless the mesh has another mode: plain text is let in. Write 9080 instead of 80.",
      ],
    },
  },
  keeps: {
    "a container's port": (stack) => {
      on80(stack);
      add(stack, { ...details, mtls: { mode: "PERMISSIVE" }, portLevelMtls: { 9080: { mode: "STRICT" } } });
    },
    "a Service's port beside the container's": (stack) => {
      on80(stack);
      const ports = { 80: { mode: "STRICT" }, 9080: { mode: "STRICT" } };
      add(stack, { ...details, mtls: { mode: "PERMISSIVE" }, portLevelMtls: ports });
    },
    "a Service's port that says what holds anyway, and one that says nothing": (stack) => {
      on80(stack);
      add(stack, { ...details, portLevelMtls: { 80: { mode: "STRICT" }, 81: { mode: "UNSET" } } });
    },
    "a port that no Service has": (stack) => {
      add(stack, { ...details, portLevelMtls: { 9090: { mode: "PERMISSIVE" } } });
    },
    "a policy of the root namespace, which Istio passes over with all its ports": (stack) => {
      stack.values("istiod").meshConfig = { rootNamespace: "bookinfo" };
      on80(stack);
      add(stack, { ...details, mtls: { mode: "PERMISSIVE" }, portLevelMtls: { 80: { mode: "STRICT" } } });
    },
    "a port of selected workloads": (stack) =>
      Object.assign(mesh(stack), {
        selector: { matchLabels: { app: "istiod" } },
        portLevelMtls: { 8080: { mode: "STRICT" } },
      }),
  },
});
