import { parse } from "yaml";
import type { RecordedResource } from "../../../cli/plan/record";
import { everyFeature } from "../../schemas/every-feature";
import { recorded } from "../../stack";
import { isIstioChart, releaseType, type Release } from "./charts";
import { sampleConfig, type SampleName } from "../../samples";

/** What stands under `config:` of a stack file. */
export type StackFile = Readonly<Record<string, unknown>>;

/** A stack that the lab holds against Istio. */
export interface Stack {
  readonly title: string;
  /** Its name: Pulumi's own. */
  readonly name: string;
  readonly file: StackFile;
}

/** A sample of this project. */
function sample(name: SampleName): Stack {
  return { title: `the sample ${name}`, name, file: sampleConfig(name) };
}

export const devSample = sample("dev");
export const prodSample = sample("prod");

/** Every setting from which a typed object is made, and every one of mesh and gateway that goes into a chart's values. */
export const everySetting: Stack = {
  title: "a stack with every setting",
  name: "every",
  file: withCharts(parse(everyFeature) as StackFile),
};

function withCharts(file: StackFile): StackFile {
  const mesh = {
    hub: "registry.example.com/istio",
    trustDomain: "shop.example",
    istiod: {
      replicas: { min: 2, max: 4, cpu: 70 },
      resources: { requests: { cpu: "1", memory: "1Gi" }, limits: { cpu: "2", memory: "3Gi" } },
    },
    proxy: {
      resources: { requests: { cpu: "50m", memory: "96Mi" }, limits: { cpu: "1500m", memory: "768Mi" } },
      concurrency: 3,
      drain: "40s",
      holdUntilReady: false,
      logLevel: "info",
    },
  };
  const gateway = {
    name: "istio-edge",
    namespace: "edge",
    replicas: { min: 2, max: 7, cpu: 65 },
    resources: { requests: { cpu: "300m", memory: "300Mi" }, limits: { cpu: "3", memory: "2Gi" } },
  };
  const gateways = file["eks-istio:gateways"] as { readonly default: object };
  return {
    ...file,
    "eks-istio:mesh": { ...(file["eks-istio:mesh"] as object), ...mesh },
    "eks-istio:gateways": { ...gateways, default: { ...gateways.default, ...gateway } },
  };
}

/** What the program registers for a stack. */
export function planned({ file, name }: Stack): Promise<readonly RecordedResource[]> {
  return recorded(file, name);
}

/** The Releases of Istio's charts in a plan. */
export function istioReleases(plan: readonly RecordedResource[]): readonly Release[] {
  return releases(plan).filter(isIstioChart);
}

/** The Release of the AWS Load Balancer Controller in a plan. */
export function loadBalancerControllerRelease(plan: readonly RecordedResource[]): Release {
  const [release, ...more] = releases(plan).filter((each) => !isIstioChart(each));
  if (!release || more.length > 0) throw new Error("The plan has not one chart beside Istio's.");
  return release;
}

function releases(plan: readonly RecordedResource[]): readonly Release[] {
  return plan.filter(({ type }) => type === releaseType).map(({ inputs }) => inputs as unknown as Release);
}
