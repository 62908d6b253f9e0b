import { destinationIdentity } from "../../../../../policies/rules/istio/security/destination-identity";
import { cases } from "../../../cases";
import type { Loose, StackDraft } from "../../../stack";
import { adding } from "../drafts";

const policy = adding("AuthorizationPolicy");
const rule = adding("DestinationRule");
const details = { selector: { matchLabels: { app: "details" } } };
const members = [{ from: [{ source: { namespaces: ["membership"] } }] }];
const plain = { tls: { mode: "DISABLE" } };
const host = "details.bookinfo.svc.cluster.local";

/** A mesh that takes plain text, too. */
function permissive(stack: StackDraft): void {
  stack.object("PeerAuthentication", "istio-system", "default").spec.mtls.mode = "PERMISSIVE";
}

function allowed(stack: StackDraft, spec: Loose = { rules: members }): void {
  permissive(stack);
  policy(stack, { ...details, ...spec });
}

export default cases(destinationIdentity, {
  breaks: {
    "an ALLOW by namespaces": {
      change: (stack) => {
        allowed(stack);
        rule(stack, { host: "*.bookinfo.svc.cluster.local", trafficPolicy: plain });
      },
      finds: [
        "DestinationRule bookinfo/own: clients speak plain text to Service bookinfo/details, so they have no identity there. AuthorizationPolicy bookinfo/own allows by identity: it lets nobody in. Take tls out, or set mode: ISTIO_MUTUAL.",
      ],
    },
    "a DENY by a condition, and TLS of the client's own on the Service's port": {
      change: (stack) => {
        allowed(stack, { action: "DENY", rules: [{ when: [{ key: "source.namespace", values: ["membership"] }] }] });
        const portLevelSettings = [{ port: { number: 9080 }, tls: { mode: "SIMPLE" } }];
        rule(stack, { host: "details", trafficPolicy: { portLevelSettings } });
      },
      finds: [
        "DestinationRule bookinfo/own: clients speak TLS of their own (SIMPLE) to Service bookinfo/details, so they have no identity there. AuthorizationPolicy bookinfo/own denies by identity: it keeps nobody out. Take tls out, or set mode: ISTIO_MUTUAL.",
      ],
    },
    "an ALLOW of the root namespace for some workloads, which Istio reads for every namespace": {
      change: (stack) => {
        permissive(stack);
        policy(stack, { ...details, rules: members }, { namespace: "istio-system" });
        rule(stack, { host: "details", trafficPolicy: plain });
      },
      finds: [
        "DestinationRule bookinfo/own: clients speak plain text to Service bookinfo/details, so they have no identity there. AuthorizationPolicy istio-system/own allows by identity: it lets nobody in. Take tls out, or set mode: ISTIO_MUTUAL.",
      ],
    },
    "the mesh's own DestinationRule": {
      change: (stack) => {
        allowed(stack);
        rule(stack, { host, trafficPolicy: plain }, { namespace: "istio-system" });
      },
      finds: [
        "DestinationRule istio-system/own: clients speak plain text to Service bookinfo/details, so they have no identity there. AuthorizationPolicy bookinfo/own allows by identity: it lets nobody in. Take tls out, or set mode: ISTIO_MUTUAL.",
      ],
    },
  },
  keeps: {
    "the mesh's TLS": (stack) => {
      allowed(stack);
      rule(stack, { host, trafficPolicy: { tls: { mode: "ISTIO_MUTUAL" } } });
    },
    "a STRICT mesh, of which IST-DESTINATION-MTLS tells": (stack) => {
      policy(stack, { ...details, rules: members });
      rule(stack, { host, trafficPolicy: plain });
    },
    "another rule that lets callers in": (stack) => {
      allowed(stack, { rules: [...members, { to: [{ operation: { methods: ["GET"] } }] }] });
      rule(stack, { host, trafficPolicy: plain });
    },
    "who must not be somebody": (stack) => {
      allowed(stack, { rules: [{ from: [{ source: { notNamespaces: ["membership"] } }] }] });
      rule(stack, { host, trafficPolicy: plain });
    },
    "a policy for other ports than the one in plain text": (stack) => {
      allowed(stack, { rules: [{ ...members[0], to: [{ operation: { ports: ["9090"] } }] }] });
      rule(stack, { host, trafficPolicy: { portLevelSettings: [{ port: { number: 9080 }, ...plain }] } });
    },
    "settings for all that those of a port replace": (stack) => {
      allowed(stack);
      const portLevelSettings = [{ port: { number: 9080 }, tls: { mode: "ISTIO_MUTUAL" } }];
      rule(stack, { host, trafficPolicy: { ...plain, portLevelSettings } });
    },
    "clients of one namespace": (stack) => {
      allowed(stack);
      rule(stack, { host, trafficPolicy: plain }, { namespace: "membership" });
    },
    "some clients of a namespace": (stack) => {
      allowed(stack);
      rule(stack, { host, workloadSelector: { matchLabels: { app: "reviews" } }, trafficPolicy: plain });
    },
    "clients of the namespaces that it is exported to": (stack) => {
      allowed(stack);
      rule(stack, { host, exportTo: ["."], trafficPolicy: plain });
    },
    "a subset": (stack) => {
      allowed(stack);
      rule(stack, { host, subsets: [{ name: "v1", labels: { version: "v1" }, trafficPolicy: plain }] });
    },
    "another DestinationRule, by which clients of a namespace go": (stack) => {
      allowed(stack);
      rule(stack, { host, trafficPolicy: plain });
      rule(stack, { host }, { name: "other", namespace: "membership" });
    },
    "pods without a sidecar, which no policy protects": (stack) => {
      allowed(stack);
      stack.object("Deployment", "bookinfo", "details-v1").spec.template.metadata.labels["sidecar.istio.io/inject"] =
        "false";
      rule(stack, { host, trafficPolicy: plain });
    },
  },
});
