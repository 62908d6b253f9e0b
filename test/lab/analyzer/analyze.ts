import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../tools/tool";
import { textOf, type Input } from "./input";

/** What Istio says about an object. */
export interface Message {
  readonly code: string;
  /** E.g. `VirtualService shop/checkout`. */
  readonly object: string;
  readonly message: string;
}

/** What Istio's analyzers say about each input by itself, all kinds of objects seen. */
export async function analyze(inputs: readonly Input[]): Promise<readonly (readonly Message[])[]> {
  return inFiles(inputs, (files, folder) => analyzeFiles(files, folder));
}

/** The same, by what `istioctl analyze` sees of files alone, and what it says itself. */
export async function analyzeOffline(inputs: readonly Input[]) {
  return inFiles(inputs, async (files, folder) => {
    const istioctl: (readonly Message[])[] = [];
    for (const file of files) {
      const options = ["--use-kube=false", "--all-namespaces", "--output", "json"];
      const messages = JSON.parse(await run("istioctl", ["analyze", ...options, file], folder)) as readonly Printed[];
      istioctl.push(messages.map(({ code, origin, message }) => ({ code, object: origin, message })));
    }
    return { istioctl, analyzers: await analyzeFiles(["-offline", ...files], folder) };
  });
}

/** Whether Istio refuses each input, or can't even read it. */
export async function refusals(inputs: readonly Input[]): Promise<readonly boolean[]> {
  return (await takings(inputs)).map((taken) => taken === undefined);
}

/** What Istio's analyzers say about each input that it takes; undefined of one that it refuses, or can't even read. */
export async function takings(inputs: readonly Input[]): Promise<readonly (readonly Message[] | undefined)[]> {
  const reports = await inFiles(inputs, (files, folder) => reportsOf(files, folder));
  return reports.map(({ error, messages }) =>
    error !== undefined || messages.some(({ code }) => code === "IST0106") ? undefined : messages,
  );
}

interface Printed {
  readonly code: string;
  readonly origin: string;
  readonly message: string;
}

interface Report {
  readonly file: string;
  readonly error?: string;
  readonly messages: readonly Message[];
}

async function analyzeFiles(args: readonly string[], folder: string): Promise<readonly (readonly Message[])[]> {
  const reports = await reportsOf(args, folder);
  for (const { file, error } of reports) if (error !== undefined) throw new Error(`${file}: ${error}`);
  return reports.map(({ messages }) => messages);
}

async function reportsOf(args: readonly string[], folder: string): Promise<readonly Report[]> {
  return JSON.parse(await run("istio-analyze", args, folder)) as readonly Report[];
}

async function inFiles<T>(
  inputs: readonly Input[],
  use: (files: readonly string[], folder: string) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "analyzer-"));
  try {
    const files = inputs.map((input, index) => {
      const file = join(folder, `${index}.yaml`);
      writeFileSync(file, textOf(input));
      return file;
    });
    return await use(files, folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
