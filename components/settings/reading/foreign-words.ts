/*
 * Words that users bring along from Istio, Helm charts and other tools: what each is called here, or that this project
 * doesn't have it. A key that this project has is not among them.
 */

/** Where Istio's own word is a key here, under which another one is looked for. */
interface Word {
  readonly answer: string;
  /** Only where this key may stand. */
  readonly beside?: string;
}

const limits =
  'It is "rateLimit" here: {local: {requests: 100, per: 1s}}, of an application, of a route and of a gateway.';
const replicas = 'It is "replicas" here: {min: 2, max: 6}, of a gateway, of mesh.istiod and of a workload.';
const objects = "The entry of an application makes it: see docs/routing.md for the keys.";
const nodes = "Its place is cluster.nodeGroups.NAME.";

/** What has another name here, or another shape. */
const renamed: Readonly<Record<string, string | Word>> = {
  // Istio's objects.
  http: 'It is "routes" here, directly below the application.',
  route: 'It is "to" here: a version, {service: …}, or a list of {version: …, weight: …}.',
  destination: 'Its fields stand in "to" itself: {service: …, version: …, port: …, weight: …}.',
  subset: 'It is "version" here.',
  subsets: 'It is "versions" here: a map of names, each with its weight.',
  trafficPolicy: "Write loadBalancer, connectionPool, outlierDetection and tls directly below the application.",
  perRetryTimeout: 'It is "perTryTimeout".',
  // YAML 1.1 reads the key `on` as true.
  on: { answer: 'It is "retryOn", as in Istio: retryOn: [connect-failure, refused-stream].', beside: "retryOn" },
  true: {
    answer: 'If this was "on", it is "retryOn", as in Istio: retryOn: [connect-failure, refused-stream].',
    beside: "retryOn",
  },
  cors: "It is Istio's corsPolicy, below a route: routes: [{corsPolicy: {allowOrigins: [{exact: https://www.example.com}]}}].",
  virtualService: objects,
  destinationRule: objects,
  requestAuthentication: "Tokens are checked by apps.NAME.jwt: [{issuer: …, jwksUri: …, audiences: […]}].",
  authorizationPolicy:
    "Who may call an application is apps.NAME.access: [{from: [{app: …}], methods: […], paths: […]}].",
  serviceEntry: "What lies outside of the mesh is external: {NAME: {hosts: […], port: 443, protocol: tls}}.",
  sidecar: "What an application's sidecars know follows from apps.NAME.calls: [NAME, {external: NAME}].",
  extAuthz: "External authorizers are mesh.providers: {NAME: {envoyExtAuthzGrpc: {service: …, port: …}}}.",
  peerAuthentication: "Mutual TLS is set by mesh.mtls: {mode: STRICT, overrides: {NAME: {namespace: …, mode: …}}}.",
  mtls: { answer: "It is set for the mesh, by mesh.mtls; tls is for calls to this application.", beside: "tls" },
  meshConfig: "Settings of the mesh stand directly below mesh, under names of their own: see docs/settings.md.",
  localRateLimit: limits,
  rateLimiting: limits,
  throttling: limits,
  // Names of an application.
  www: 'Several names of an application are a list: hosts: ["@", www].',
  hostname: 'It is "host" here: the first label alone, e.g. host: checkout for https://checkout.DOMAIN.',
  subdomain: 'It is "host" here: the first label alone, e.g. host: checkout for https://checkout.DOMAIN.',
  alias: 'Several names of an application are a list: hosts: ["@", www].',
  ingress:
    "An application with a host is reached through the gateway: host: checkout. Gateways themselves are gateways.NAME.",
  // Helm charts and Kubernetes.
  replicaCount: replicas,
  autoscaling: replicas,
  hpa: replicas,
  minReplicas: replicas,
  maxReplicas: replicas,
  readinessProbe: 'It is "readiness" here: {path: /health}, below workload.',
  livenessProbe: 'It is "liveness" here: {path: /health}, below workload.',
  targetPort: {
    answer: "Its place is apps.NAME.workload.containerPort. Default: the application's port.",
    beside: "workload",
  },
  securityContext: "Pods run without root rights as they are; the user is apps.NAME.workload.runAsUser.",
  serviceAnnotations:
    "Keys of gateways.NAME make the load balancer's annotations: scheme, sourceRanges, tlsPolicy and others.",
  // Terraform's modules, eksctl and EKS.
  kubernetesVersion: 'It is "version" of the cluster: cluster: {version: "1.35"}.',
  clusterVersion: 'It is "version" of the cluster: cluster: {version: "1.35"}.',
  managedNodeGroups: `It is "nodeGroups" here. ${nodes}`,
  nodePools: `It is "nodeGroups" here. ${nodes}`,
  desiredCapacity: 'It is "desiredSize" here.',
  spot: "Write capacityType: SPOT, below cluster.nodeGroups.NAME.",
  volumeSize: 'It is "diskSize" here, in GiB.',
  awsAuth: "Access entries take its place: cluster.admins, and cluster.access for less than an admin's rights.",
  mapRoles: "Access entries take its place: cluster.admins, and cluster.access for less than an admin's rights.",
  mapUsers: "Access entries take its place: cluster.admins, and cluster.access for less than an admin's rights.",
  endpointPublicAccess: "Addresses in cluster.publicAccessCidrs make the endpoint public, for them alone.",
  endpointPublicAccessCidrs: 'It is "publicAccessCidrs" here.',
  vpc: 'It is "network" here; a VPC that exists is network: {existing: {vpcId: …, privateSubnetIds: […], publicSubnetIds: […]}}.',
  cidrBlock: 'It is "cidr" here: network: {cidr: 10.0.0.0/16}.',
  availabilityZones: "Its place is network.zones.",
  azs: "Its place is network.zones.",
  hostedZone: "Its place is domain.zone: {id: …}, {name: …} or {create: true}.",
  zoneId: "Its place is domain.zone: {id: …}.",
  certificateArn: "Its place is domain.certificate: {arn: …}.",
  internal: "Write scheme: internal, below gateways.NAME.",
  egress: "Names outside are external: {NAME: …}; a gateway on the way there is gateways: {NAME: {type: egress}}.",
  iam: "Its place is apps.NAME.aws: {policies: […]} or {statements: […]}.",
  egressGateway: "It is gateways: {NAME: {type: egress}}, and external.NAME.via.",
  loadBalancerSourceRanges: 'It is "sourceRanges" here, below gateways.NAME.',
};

/** What this project doesn't have, as the end of "This project has no …", and what there is instead. */
const missing: Readonly<Record<string, readonly [what: string, instead?: string]>> = {
  envoyFilter: ["EnvoyFilters", "Apply one of your own, in a folder of manifests."],
  wasmPlugin: ["WasmPlugins", "Apply one of your own, in a folder of manifests."],
  telemetry: ["settings for Telemetry", "Apply a Telemetry of your own, in a folder of manifests."],
  tracing: ["tracing", "Apply a Telemetry of your own, in a folder of manifests."],
  accessLog: ["settings for access logs", "Apply a Telemetry of your own, in a folder of manifests."],
  ambient: ["ambient mode: its data plane is sidecars"],
  ztunnel: ["ambient mode: its data plane is sidecars"],
  waypoint: ["ambient mode: its data plane is sidecars"],
  cni: ["istio-cni"],
  multiCluster: ["meshes over several clusters"],
  eastWestGateway: ["meshes over several clusters"],
  httpRoute: ["routes of the Gateway API", "An application's routes stand in apps.NAME.routes."],
  karpenter: ["Karpenter", "With a node autoscaler of your own, set cluster.nodeGroups.NAME.autoscaled: true."],
  clusterAutoscaler: ["node autoscaler", "With one of your own, set cluster.nodeGroups.NAME.autoscaled: true."],
  autoMode: ["EKS Auto Mode", nodes],
  fargate: ["Fargate", nodes],
  fargateProfiles: ["Fargate", nodes],
  irsa: ["IAM roles by OIDC: it uses Pod Identity"],
  oidc: ["IAM roles by OIDC: it uses Pod Identity"],
  alb: ["Application Load Balancer: each gateway has a Network Load Balancer"],
  waf: ["WAF, as a Network Load Balancer takes none"],
  webAcl: ["WAF, as a Network Load Balancer takes none"],
  externalDns: ["external-dns", "A wildcard record answers for every host of the domain."],
  certManager: ["cert-manager", "ACM's wildcard certificate is for every host of the domain."],
  prometheus: ["Prometheus", "Install it beside this stack."],
  grafana: ["Grafana", "Install it beside this stack."],
  kiali: ["Kiali", "Install it beside this stack."],
  jaeger: ["Jaeger", "Install it beside this stack."],
  loki: ["Loki", "Install it beside this stack."],
  observability: ["Prometheus, Grafana or Kiali", "Install them beside this stack."],
  argocd: ["Argo CD", "Install it beside this stack."],
  chart: ["charts but its own", "Install others beside this stack."],
  helm: ["charts but its own", "Install others beside this stack."],
  volume: ["volumes but emptyDirs", "Deploy the application beside this stack, and leave workload out."],
  cronJob: ["jobs", "Apply them beside this stack."],
};

/** Spelling doesn't matter: `serviceEntries`, `service_entry` and `ServiceEntry` are one word. */
function plain(word: string): string {
  return word
    .toLowerCase()
    .replace(/[-_ ]/g, "")
    .replace(/(?<=.{3})ies$/, "y")
    .replace(/(?<=.{3})s$/, "");
}

/** The table by spellings: as it is, and plain. */
function bySpelling<T>(words: Readonly<Record<string, T>>): (name: string) => T | undefined {
  const exact = new Map(Object.entries(words));
  const alike = new Map(Object.entries(words).map(([word, answer]) => [plain(word), answer]));
  return (name) => exact.get(name) ?? alike.get(plain(name));
}

const renamedAs = bySpelling(renamed);
const missingAs = bySpelling(missing);

/** What another tool's word is called here, where these keys may stand. */
export function wordHere(name: string, known: readonly string[]): string | undefined {
  const word = renamedAs(name);
  if (word === undefined || typeof word === "string") return word;
  return word.beside === undefined || known.includes(word.beside) ? word.answer : undefined;
}

/** What to say of a word for something that this project doesn't have. */
export function wordsMissing(name: string): string | undefined {
  const [what, instead] = missingAs(name) ?? [];
  return what && `Remove it: this project has no ${what}.${instead ? ` ${instead}` : ""}`;
}

/** Several places, as in "a, b or c". */
export function elsewhere(places: readonly string[]): string {
  return places.join(", ").replace(/, ([^,]*)$/, " or $1");
}
