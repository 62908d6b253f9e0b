import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import type { ICruiseOptions, IForbiddenRuleType } from "dependency-cruiser";

// eslint-disable-next-line @typescript-eslint/no-require-imports -- the tool's own configuration, which has no types
const config = require("../.dependency-cruiser.cjs") as {
  readonly forbidden: IForbiddenRuleType[];
  readonly options: ICruiseOptions;
};

/** Who must not import whom, by the wall between them. */
const refused: Readonly<Record<string, readonly (readonly [from: string, to: string])[]>> = {
  "policies-without-components": [
    ["policies/rules/aws/borrowed.ts", "components/versions.ts"],
    ["policies/engine/whole.ts", "index.ts"],
  ],
  "components-without-policies": [
    ["components/stages/judged.ts", "policies/engine/rule.ts"],
    ["index.ts", "policies/judge.ts"],
  ],
  "nothing-below-knows-the-commands": [
    ["components/stages/printed.ts", "cli/plan/text.ts"],
    ["policies/sources/printed.ts", "cli/plan/text.ts"],
    ["components/stages/generated.ts", "scripts/generate.ts"],
  ],
  "commands-without-scripts": [["cli/generate.ts", "scripts/generate.ts"]],
  "only-tests-know-tests": [
    ["components/stages/made-up.ts", "test/stack.ts"],
    ["policies/engine/made-up.ts", "test/stack.ts"],
    ["cli/made-up.ts", "test/stack.ts"],
  ],
  "no-development-packages": [
    ["components/stages/checked.ts", "node_modules/for-tests/index.js"],
    ["policies/engine/checked.ts", "node_modules/for-tests/index.js"],
    ["cli/checked.ts", "node_modules/for-tests/index.js"],
  ],
  "settings-at-the-bottom": [
    ["components/settings/apps/resolved.ts", "components/routing/model.ts"],
    ["components/settings/mesh/written.ts", "components/manifests/names.ts"],
    ["components/settings/mesh/made.ts", "components/stages/mesh.ts"],
    ["components/settings/mesh/wired.ts", "components/platform.ts"],
    ["components/settings/mesh/referred.ts", "components/references.ts"],
  ],
  "settings-without-pulumi": [["components/settings/apps/configured.ts", "node_modules/@pulumi/pulumi/index.js"]],
  "routing-above-settings": [
    ["components/routing/written.ts", "components/manifests/names.ts"],
    ["components/routing/made.ts", "components/stages/mesh.ts"],
  ],
  "access-above-settings": [
    ["components/access/written.ts", "components/manifests/names.ts"],
    ["components/access/routed.ts", "components/routing/model.ts"],
  ],
  "manifests-above-models": [
    ["components/manifests/istio/made.ts", "components/stages/mesh.ts"],
    ["components/manifests/istio/wired.ts", "components/platform.ts"],
    ["components/manifests/istio/referred.ts", "components/references.ts"],
  ],
  "models-without-pulumi": [
    ["components/routing/awaited.ts", "node_modules/@pulumi/pulumi/index.js"],
    ["components/manifests/istio/awaited.ts", "node_modules/@pulumi/pulumi/index.js"],
  ],
  "stages-below-the-platform": [
    ["components/stages/wired.ts", "components/platform.ts"],
    ["components/stages/loaded.ts", "components/settings/load.ts"],
  ],
  "engine-without-rules": [
    ["policies/engine/judging.ts", "policies/rules/index.ts"],
    ["policies/engine/asking.ts", "policies/facts/aws/clusters.ts"],
    ["policies/engine/reading.ts", "policies/sources/plan.ts"],
  ],
  "sources-fill-the-engine": [["policies/sources/asking.ts", "policies/facts/aws/clusters.ts"]],
  "schemas-above-the-engine": [["policies/schemas/asking.ts", "policies/facts/aws/clusters.ts"]],
  "facts-below-rules": [
    ["policies/facts/aws/ruling.ts", "policies/rules/aws/one.ts"],
    ["policies/facts/istio/refusing.ts", "policies/istiod/refuse.ts"],
  ],
  "istiod-below-rules": [["policies/istiod/ruling.ts", "policies/rules/aws/one.ts"]],
  "rules-stand-alone": [
    ["policies/rules/aws/two.ts", "policies/rules/aws/one.ts"],
    ["policies/rules/istio/gateway/two.ts", "policies/rules/aws/one.ts"],
    ["policies/rules/istio/gateway/all.ts", "policies/rules/index.ts"],
    ["policies/rules/istio/gateway/reading.ts", "policies/sources/plan.ts"],
  ],
  "an-index-lists-its-own": [
    ["policies/rules/istio/index.ts", "policies/rules/aws/one.ts"],
    ["policies/rules/aws/index.ts", "policies/facts/aws/clusters.ts"],
  ],
};

/** Ways from a file back to itself. */
const cycles: readonly (readonly string[])[] = [
  ["components/stages/one.ts", "components/stages/two.ts", "components/stages/three.ts"],
  // The pair that may know each other makes no way through others fine.
  ["policies/engine/third.ts", "policies/engine/value.ts"],
];

/** Neighbours of those, which stand. */
const allowed: readonly (readonly [from: string, to: string])[] = [
  ["index.ts", "components/platform.ts"],
  ["cli/plan.ts", "index.ts"],
  ["cli/plan.ts", "policies/judge.ts"],
  ["components/platform.ts", "components/stages/mesh.ts"],
  ["components/stages/mesh.ts", "components/manifests/names.ts"],
  ["components/stages/mesh.ts", "node_modules/@pulumi/pulumi/index.js"],
  ["components/manifests/names.ts", "components/versions.ts"],
  ["components/manifests/istio/route.ts", "components/routing/model.ts"],
  ["components/routing/model.ts", "components/settings/apps/schema.ts"],
  ["components/settings/apps/schema.ts", "components/versions.ts"],
  ["components/settings/load.ts", "node_modules/@pulumi/pulumi/index.js"],
  ["policies/judge.ts", "policies/rules/index.ts"],
  ["policies/rules/index.ts", "policies/rules/aws/index.ts"],
  ["policies/rules/aws/index.ts", "policies/rules/aws/one.ts"],
  ["policies/rules/istio/index.ts", "policies/rules/istio/gateway/index.ts"],
  ["policies/rules/aws/one.ts", "policies/istiod/refuse.ts"],
  ["policies/rules/aws/one.ts", "policies/facts/aws/clusters.ts"],
  ["policies/istiod/refuse.ts", "policies/facts/aws/clusters.ts"],
  ["policies/facts/aws/clusters.ts", "policies/engine/rule.ts"],
  ["policies/sources/plan.ts", "policies/engine/rule.ts"],
  ["policies/engine/resource.ts", "policies/engine/value.ts"],
  ["policies/engine/value.ts", "policies/engine/resource.ts"],
  ["scripts/generate.ts", "node_modules/for-tests/index.js"],
  ["test/stack.ts", "components/versions.ts"],
  ["test/stack.ts", "policies/engine/rule.ts"],
];

/** Inputs' types may be had from Pulumi where its functions may not. */
const typesOnly: readonly (readonly [from: string, to: string])[] = [
  ["components/manifests/istio/input.ts", "node_modules/@pulumi/pulumi/index.js"],
];

/** A folder of files with nothing in them but these imports. */
function written(): string {
  const folder = mkdtempSync(join(tmpdir(), "eks-istio-walls-"));
  const lines = new Map<string, string[]>();
  const linesOf = (file: string) => lines.get(file) ?? lines.set(file, []).get(file)!;
  const write = (keyword: string, from: string, to: string) => {
    const packageName = /^node_modules\/(.*)\/index\.js$/.exec(to)?.[1];
    const module = packageName ?? `./${relative(dirname(from), to).replace(/\.ts$/, "")}`;
    linesOf(from).push(`${keyword} * as import${linesOf(from).length} from "${module}";`);
    linesOf(to);
  };
  for (const [from, to] of [...Object.values(refused).flat(), ...allowed]) write("import", from, to);
  for (const [from, to] of typesOnly) write("import type", from, to);
  for (const cycle of cycles)
    cycle.forEach((from, index) => write("import type", from, cycle[(index + 1) % cycle.length]!));
  linesOf("package.json").push('{"dependencies": {"@pulumi/pulumi": "1"}, "devDependencies": {"for-tests": "1"}}');
  linesOf("tsconfig.json").push("{}");
  for (const [path, text] of lines) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), text.join("\n"));
  }
  return folder;
}

describe("the walls between the rooms", () => {
  it("refuse each import across them, and none beside", async () => {
    const { cruise } = await import("dependency-cruiser");
    const folder = written();
    try {
      const { output } = await cruise(["index.ts", "components", "policies", "cli", "scripts", "test"], {
        ...config.options,
        baseDir: folder,
        ruleSet: config,
        validate: true,
      });
      assert.ok(typeof output !== "string");
      const found = output.summary.violations.map(({ rule, from, to, cycle }) =>
        [rule.name, ...(cycle ? cycle.map(({ name }) => name).sort() : [from, to])].join(" "),
      );
      const expected = [
        ...Object.entries(refused).flatMap(([wall, pairs]) => pairs.map((pair) => [wall, ...pair])),
        ...cycles.map((cycle) => ["no-cycles", ...[...cycle].sort()]),
      ];
      assert.deepEqual(found.sort(), expected.map((parts) => parts.join(" ")).sort());
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("each say why, and each have an import that they refuse", () => {
    const tried = ["no-cycles", ...Object.keys(refused)];
    assert.deepEqual(config.forbidden.map(({ name }) => name).sort(), tried.sort());
    for (const { name, comment = "" } of config.forbidden) assert.match(comment, /^[A-Z].*[.]$/, name);
  });
});
