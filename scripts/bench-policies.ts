/**
 * Measures the policy pack as the engine runs it: from the start of its process to listening, and then the judgement
 * of 1,000 and 10,000 resources through CrossGuard. Prints medians; the rules' own share of the time, which
 * is what `npm start` and `npm run check` pay, stands beside. Machines differ: compare within one run.
 *
 * Usage: npm run bench:policies [-- RUNS]
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Policies } from "@pulumi/policy";
import * as server from "@pulumi/policy/server";
import {
  AnalyzerResource,
  AnalyzerResourceOptions,
  AnalyzeRequest,
  AnalyzeStackRequest,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { record, unknown, type RecordedResource } from "../cli/plan/record";
import { Platform } from "../components/platform";
import { loadSettings } from "../components/settings/load";
import { evaluate } from "../policies/engine/evaluate";
import { Inventory } from "../policies/engine/inventory";
import { policiesOf } from "../policies/pack";
import { rules } from "../policies/rules";
import { noSettings } from "../policies/engine/settings";
import { fromPlan } from "../policies/sources/plan";
import { stackOf } from "./made-up-stack";

const root = join(__dirname, "..");
const runs = Number(process.argv[2] ?? 5);
/** What the engine sends for an unknown. */
const unknownMark = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

void main();

async function main(): Promise<void> {
  console.log(`${rules.length} rules`);
  print("start to listening", await median(start));
  for (const [count, apps] of [
    [1000, 180],
    [10_000, 1900],
  ] as const) {
    const resources = (await recorded(apps)).slice(0, count);
    const label = `${resources.length.toLocaleString("en")} resources`;
    print(`${label}, the whole pack`, await median(() => inPack(resources)));
    print(`${label}, the rules alone`, await median(() => alone(resources)));
  }
}

/** The resources of a made-up stack, whose applications are deployed by it. */
async function recorded(count: number): Promise<RecordedResource[]> {
  const { "eks-istio:apps": apps, ...config } = stackOf(count).config;
  const deployed = Object.entries(apps as Record<string, { readonly versions?: object }>).map(([name, app]) => [
    name,
    app.versions ? app : { ...app, workload: { image: `registry.example.com/${name}:1` } },
  ]);
  const keys = { ...config, "eks-istio:apps": Object.fromEntries(deployed) as object };
  const values = Object.entries(keys).map(([key, value]) => [
    key,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  return record(
    { project: "eks-istio", stack: "bench", values: Object.fromEntries(values) as Record<string, string> },
    () => {
      const settings = loadSettings();
      return new Platform(settings.cluster.name, { settings });
    },
  );
}

function alone(resources: readonly RecordedResource[]): Promise<number> {
  const begin = performance.now();
  evaluate(new Inventory(fromPlan(resources)), rules, noSettings);
  return Promise.resolve(performance.now() - begin);
}

/**
 * What the pack does in a preview: each resource by itself, then all at once, through CrossGuard's own handlers, which
 * unpack what the engine sent. The wire is left out, as here the other end of it would be this process.
 */
async function inPack(resources: readonly RecordedResource[]): Promise<number> {
  const policies = policiesOf(rules);
  const analyze = makeAnalyzeRpcFun("bench", "1.0.0", "advisory", policies);
  const analyzeStack = makeAnalyzeStackRpcFun("bench", "1.0.0", "advisory", policies);
  const requests = resources.map(analyzeRequest);
  const stack = new AnalyzeStackRequest().setResourcesList(resources.map(analyzerResource));
  const begin = performance.now();
  for (const request of requests) await answered((reply) => analyze({ request }, reply));
  await answered((reply) => analyzeStack({ request: stack }, reply));
  return performance.now() - begin;
}

type Handler = (call: { readonly request: unknown }, reply: (error: unknown) => void) => unknown;
type HandlerOf = (name: string, version: string, level: string, policies: Policies) => Handler;

/** CrossGuard's handlers, which its types leave out. */
const { makeAnalyzeRpcFun, makeAnalyzeStackRpcFun } = server as unknown as {
  readonly makeAnalyzeRpcFun: HandlerOf;
  readonly makeAnalyzeStackRpcFun: HandlerOf;
};

function answered(call: (reply: (error: unknown) => void) => unknown): Promise<void> {
  return new Promise((resolve, reject) => {
    call((error) => {
      if (error instanceof Error) reject(error);
      else resolve();
    });
  });
}

function analyzeRequest({ urn, type, name, inputs }: RecordedResource): AnalyzeRequest {
  return new AnalyzeRequest()
    .setUrn(urn)
    .setType(type)
    .setName(name)
    .setProperties(struct(inputs))
    .setOptions(new AnalyzerResourceOptions());
}

/** A stack policy sees no properties of Kubernetes objects on a first preview; here it sees them all, which takes longer. */
function analyzerResource({ urn, type, name, parent = "", inputs, dependencies }: RecordedResource): AnalyzerResource {
  return new AnalyzerResource()
    .setUrn(urn)
    .setType(type)
    .setName(name)
    .setParent(parent)
    .setDependenciesList([...dependencies])
    .setProperties(struct(inputs))
    .setOptions(new AnalyzerResourceOptions());
}

function struct(inputs: object): Struct {
  const text = JSON.stringify(inputs).replaceAll(JSON.stringify(unknown), JSON.stringify(unknownMark));
  return Struct.fromJavaScript(JSON.parse(text) as Parameters<typeof Struct.fromJavaScript>[0]);
}

/** Starts the pack as the engine does, and ends it as soon as it says its port. */
async function start(): Promise<number> {
  const begin = performance.now();
  const child = spawn(
    process.execPath,
    [join(root, "node_modules", "@pulumi", "pulumi", "cmd", "run-policy-pack"), "127.0.0.1:1", "."],
    { cwd: join(root, "policies"), stdio: ["ignore", "pipe", "inherit"] },
  );
  const listening = once(child.stdout, "data").then(() => performance.now() - begin);
  const ended = once(child, "exit").then(() => Promise.reject(new Error("The pack ended before it listened.")));
  ended.catch(() => undefined);
  const milliseconds = await Promise.race([listening, ended]);
  child.kill();
  return milliseconds;
}

/** The median of some runs, after one that warms the caches. */
async function median(measure: () => Promise<number>): Promise<number> {
  await measure();
  const all: number[] = [];
  for (let run = 0; run < runs; run += 1) all.push(await measure());
  return all.sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? Number.NaN;
}

function print(what: string, milliseconds: number): void {
  console.log(`${what.padEnd(34)} ${(milliseconds / 1000).toFixed(2)} s`);
}
