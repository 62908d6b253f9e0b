import { copy, type Loose, type StackDraft } from "../../stack";

/** A Deployment of the sample stack `dev`: one pod at least, three at most, behind the Service details. */
export function details(stack: StackDraft): Loose {
  return stack.object("Deployment", "bookinfo", "details-v1");
}

/** Its pods. */
export function podsOf(stack: StackDraft): Loose {
  return details(stack).spec.template.spec;
}

/** Their container. */
export function container(stack: StackDraft): Loose {
  return podsOf(stack).containers[0];
}

/** Adds an object of any shape; gives its properties. */
export function add(stack: StackDraft, object: object): Loose {
  return stack.add(object as Loose);
}

/** Adds a valid DaemonSet with the pods of details, which nothing selects; gives its properties. */
export function addDaemonSet(stack: StackDraft, namespace: string, name: string): Loose {
  return add(stack, {
    apiVersion: "apps/v1",
    kind: "DaemonSet",
    metadata: { name, namespace },
    spec: {
      selector: { matchLabels: { app: name } },
      template: { metadata: { labels: { app: name } }, spec: copy(podsOf(stack)) },
    },
  });
}

/** Adds a namespace with a Deployment and its Service to the sample stack `prod`, which has none of its own; gives the Deployment's properties. */
export function addShop(stack: StackDraft): Loose {
  const labels = { app: "cart", version: "v1" };
  const metadata = { name: "cart", namespace: "shop" };
  add(stack, {
    apiVersion: "v1",
    kind: "Namespace",
    metadata: { name: "shop", labels: { "istio-injection": "enabled" } },
  });
  add(stack, {
    apiVersion: "v1",
    kind: "Service",
    metadata,
    spec: { selector: { app: "cart" }, ports: [{ name: "http", port: 80, targetPort: 8080 }] },
  });
  return add(stack, {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata,
    spec: {
      replicas: 3,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: "cart", image: "cart:1" }] } },
    },
  });
}

/** Adds an autoscaler of the Deployment that {@link addShop} adds. */
export function addScaler(
  stack: StackDraft,
  range: { readonly minReplicas: number; readonly maxReplicas: number },
): void {
  add(stack, {
    apiVersion: "autoscaling/v2",
    kind: "HorizontalPodAutoscaler",
    metadata: { name: "cart", namespace: "shop" },
    spec: { scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "cart" }, ...range },
  });
}

/** Adds a disruption budget of the Deployment that {@link addShop} adds; gives its properties. */
export function addBudget(stack: StackDraft, spec: object): Loose {
  return add(stack, {
    apiVersion: "policy/v1",
    kind: "PodDisruptionBudget",
    metadata: { name: "cart", namespace: "shop" },
    spec: { maxUnavailable: 1, selector: { matchLabels: { app: "cart" } }, ...spec },
  });
}

/** Adds an Ingress of `bookinfo` to the Service details; gives its properties. */
export function addIngress(stack: StackDraft, spec: object = {}, metadata: object = {}): Loose {
  const backend = { service: { name: "details", port: { number: 9080 } } };
  return add(stack, {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: { name: "own", namespace: "bookinfo", ...metadata },
    spec: {
      ingressClassName: "nginx",
      rules: [{ http: { paths: [{ path: "/", pathType: "Prefix", backend }] } }],
      ...spec,
    },
  });
}

/** Adds an object of others' kinds to `bookinfo`. */
export function addCustom(stack: StackDraft, apiVersion: string, kind: string, name: string, spec: object): void {
  add(stack, { apiVersion, kind, metadata: { name, namespace: "bookinfo" }, spec });
}

/** Adds an IngressClass. */
export function addIngressClass(stack: StackDraft, name: string, controller: string): void {
  add(stack, { apiVersion: "networking.k8s.io/v1", kind: "IngressClass", metadata: { name }, spec: { controller } });
}

/** Adds a Release of one of Istio's charts. */
export function addChart(stack: StackDraft, chart: string, values: object, valueYamlFiles?: readonly string[]): void {
  const release = { name: "own", namespace: "istio-system", chart, values, ...(valueYamlFiles && { valueYamlFiles }) };
  stack.addResource("kubernetes:helm.sh/v3:Release", "own", release);
}

/** Adds a HelmRelease of Flux of one of Istio's charts, with whatever else is said of it. */
export function addFlux(stack: StackDraft, chart: string, values: object, spec: object = {}): void {
  const source = { chart, sourceRef: { kind: "HelmRepository", name: "istio" } };
  add(stack, {
    apiVersion: "helm.toolkit.fluxcd.io/v2",
    kind: "HelmRelease",
    metadata: { name: "own", namespace: "flux" },
    spec: { chart: { spec: source }, values, ...spec },
  });
}

/** Adds an Application of Argo CD of one of Istio's charts. */
export function addArgo(stack: StackDraft, chart: string, helm: object): void {
  add(stack, {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "Application",
    metadata: { name: "own", namespace: "argocd" },
    spec: {
      destination: { namespace: "istio-system" },
      source: { repoURL: "https://istio-release.storage.googleapis.com/charts", chart, helm },
    },
  });
}

/** Adds an IstioOperator. */
export function addOperator(stack: StackDraft, spec: object): void {
  add(stack, {
    apiVersion: "install.istio.io/v1alpha1",
    kind: "IstioOperator",
    metadata: { name: "own", namespace: "istio-system" },
    spec,
  });
}

/** Adds an object as the chart of the sample's istiod would make it. */
export function addRendered(stack: StackDraft, object: object): void {
  const properties = object as Loose;
  const version = properties.apiVersion.includes("/") ? properties.apiVersion : `core/${properties.apiVersion}`;
  stack.resources.push({
    source: "yaml",
    type: `kubernetes:${version}:${properties.kind}`,
    name: properties.metadata.name,
    properties,
    dependencies: [],
    release: "Release istio-system/istiod",
  });
}

/** Adds a Deployment with two pods, or as many as are asked for, and its Service, as the chart of istiod would make them. */
export function addRenderedIstiod(stack: StackDraft, replicas = 2): void {
  const metadata = { name: "istiod", namespace: "istio-system" };
  const labels = { app: "istiod" };
  const template = { metadata: { labels }, spec: { containers: [{ name: "discovery", image: "pilot:1" }] } };
  addRendered(stack, { apiVersion: "v1", kind: "Service", metadata, spec: { selector: labels } });
  addRendered(stack, {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata,
    spec: { replicas, selector: { matchLabels: labels }, template },
  });
}
