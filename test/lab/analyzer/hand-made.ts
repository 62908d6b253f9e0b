import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import type { KubernetesObject } from "../cluster/api";
import type { Input } from "./input";

/**
 * What the tests of Istio's analyzers analyze.
 *
 * @param sources the folder of the istio.io/istio module
 */
export function handMade(sources: string): Input[] {
  const folder = join(sources, "pkg", "config", "analysis", "analyzers");
  const tests = readFileSync(join(folder, "analyzers_test.go"), "utf8");
  const groups = [...tests.matchAll(/inputFiles:\s*\[\]string\{([^}]*)\}/g)].map(([, list = ""]) =>
    [...list.matchAll(/"([^"]+)"/g)].map(([, file = ""]) => file),
  );
  // Some files serve several analyzers.
  const inputs = new Map(groups.map((files) => [files.map(shortName).join(" + "), files]));
  return [...inputs].map(([title, files]) => ({
    title,
    objects: [
      ...files.flatMap((file) => objectsIn(readFileSync(join(folder, file), "utf8"))),
      ...ingress,
      ...(istiods[title] ? [istiod(istiods[title])] : []),
    ],
  }));
}

function shortName(file: string): string {
  return file.replace(/^testdata\/(common\/)?/, "");
}

function objectsIn(text: string): KubernetesObject[] {
  return parseAllDocuments(text, { merge: true }).flatMap((document) => placed(document.toJS() as unknown));
}

type Loose = KubernetesObject & { readonly items?: readonly unknown[] };

/** What istiod is installed with, where Istio reads that from the cluster and the rules from the Release. */
const istiods: Readonly<Record<string, object>> = {
  "injection.yaml + sidecar-injector-enabled-nsbydefault.yaml": {
    sidecarInjectorWebhook: { enableNamespacesByDefault: true },
  },
  "telemetry-invalid-provider.yaml": { meshConfig: {} },
};

/** Istio passes over it, as it does over any kind that it doesn't know. */
function istiod(values: object): KubernetesObject {
  const chart = { name: "istiod", namespace: "istio-system", chart: "istiod", values };
  return { apiVersion: "helm.sh/v3", kind: "Release", metadata: { name: "istiod" }, ...chart };
}

/** With what `kubectl` and the API server fill in, and Istio's analyzers take for granted. */
function placed(content: unknown): KubernetesObject[] {
  if (typeof content !== "object" || content === null || !("kind" in content)) return [];
  const object = content as Loose;
  if (object.items) return object.items.flatMap(placed);
  if (wide.has(object.kind)) return [object];
  const metadata = { ...object.metadata, namespace: object.metadata.namespace ?? "default" };
  return [object.kind === "Service" ? withProtocols({ ...object, metadata }) : { ...object, metadata }];
}

function withProtocols(service: KubernetesObject): KubernetesObject {
  const spec = (service.spec ?? {}) as { readonly ports?: readonly object[] };
  return { ...service, spec: { ...spec, ports: spec.ports?.map((port) => ({ protocol: "TCP", ...port })) } };
}

/** Kinds without a namespace, of those that the tests have. */
const wide = new Set([
  "CustomResourceDefinition",
  "MutatingWebhookConfiguration",
  "Namespace",
  "ValidatingWebhookConfiguration",
]);

/** The gateway that Istio's analyzers take for granted. @see https://github.com/istio/istio/blob/master/pkg/config/analysis/local/defaults.go */
const ingress: readonly KubernetesObject[] = [
  {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      name: "istio-ingressgateway-dummypod",
      namespace: "istio-system",
      labels: { istio: "ingressgateway" },
    },
    spec: { containers: [{ name: "istio-proxy" }] },
  },
  {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "istio-ingressgateway", namespace: "istio-system" },
    spec: {
      selector: { istio: "ingressgateway" },
      ports: [
        { name: "http2", protocol: "TCP", port: 80, targetPort: 80 },
        { name: "https", protocol: "TCP", port: 443, targetPort: 443 },
        { name: "tcp", protocol: "TCP", port: 31400, targetPort: 31400 },
        { name: "tls", protocol: "TCP", port: 15443, targetPort: 15443 },
      ],
    },
  },
];
