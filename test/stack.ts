import { parse } from "yaml";
import { record, type RecordedResource } from "../cli/plan/record";
import { Platform } from "../components/platform";
import { SettingsError, type Problem } from "../components/settings/errors";
import type { GatewaySettings } from "../components/settings/gateways/schema";
import { loadSettings } from "../components/settings/load";
import type { StackConfig } from "../components/settings/reading/decode";
import { parseSettings, type Settings } from "../components/settings/settings";

/** The smallest stack file that is valid: what each test adds to or changes in. */
export const smallest = {
  "aws:region": "ap-northeast-2",
  "eks-istio:domain": { name: "example.com" },
  "eks-istio:cluster": { version: "1.35" },
};

type Keys = Readonly<Record<string, unknown>>;

/**
 * A stack's configuration as the engine would hand it over.
 *
 * @param keys what stands under `config:`: YAML text, or the parsed map; laid over the smallest stack, key by key
 */
export function stackConfig(keys: string | Keys = {}, stack = "dev"): StackConfig {
  const own: Keys = typeof keys === "string" ? ((parse(keys) as Keys | null) ?? {}) : keys;
  const values = Object.entries<unknown>({ ...smallest, ...own }).filter(([, value]) => value !== undefined);
  return {
    project: "eks-istio",
    stack,
    values: Object.fromEntries(
      values.map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]),
    ),
  };
}

/** The settings of a valid stack. */
export function settingsOf(keys: string | Keys = {}, stack?: string): Settings {
  return parseSettings(stackConfig(keys, stack));
}

/** The settings of the one gateway, `default`, of a stack that says this of it. */
export function gatewayOf(own: Keys = {}): GatewaySettings {
  const [gateway] = settingsOf({ "eks-istio:gateways": { default: own } }).gateways;
  if (!gateway) throw new Error("The stack has no gateway");
  return gateway;
}

/** The problems of a stack; none if it is valid. */
export function problemsOf(keys: string | Keys, stack?: string): readonly Problem[] {
  try {
    parseSettings(stackConfig(keys, stack));
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
}

/** What the whole program registers for a stack. */
export function recorded(keys: string | Keys = {}, stack?: string): Promise<RecordedResource[]> {
  return record(stackConfig(keys, stack), () => {
    const settings = loadSettings();
    return new Platform(settings.cluster.name, { settings });
  });
}
