import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { istioGroups, kubernetesGroups, requiredFields } from "../../../components/settings/manifests/kinds";
import { meshKinds } from "../../../components/manifests/mesh-object";
import { classOf } from "../../../components/stages/manifests";

const kinds = ({ namespaced = [], cluster = [] }: { namespaced?: readonly string[]; cluster?: readonly string[] }) => [
  ...namespaced,
  ...cluster,
];

describe("the kinds that every cluster has", () => {
  it("have a class of Pulumi's package each, where they are Kubernetes' own", () => {
    const without = Object.entries(kubernetesGroups).flatMap(([group, own]) =>
      kinds(own)
        .filter(
          (kind) =>
            !own.versions?.some((version) => classOf({ apiVersion: group ? `${group}/${version}` : version, kind })),
        )
        .map((kind) => `${group}/${kind}`),
    );
    assert.deepEqual(without, []);
  });

  it("are all that the package has in a first version, but for what nobody applies", () => {
    const root = dirname(require.resolve("@pulumi/kubernetes/package.json"));
    const own = Object.entries(kubernetesGroups).flatMap(([group, each]) =>
      kinds(each).map((kind) => `${(group || "core").split(".")[0] ?? ""} ${kind}`),
    );
    const classes = Object.keys(kubernetesGroups).flatMap((group) => {
      const name = (group || "core").split(".")[0] ?? "";
      return readdirSync(join(root, name, "v1"))
        .filter((file) => file.endsWith(".js") && file !== "index.js")
        .map((file) => `${name} ${file.slice(0, -".js".length)}`)
        .filter((each) => !/(Patch|List)$/.test(each));
    });
    const lower = new Set(own.map((each) => each.toLowerCase()));
    assert.deepEqual(
      classes.filter((each) => !lower.has(each.toLowerCase())),
      ["core binding", "core event"],
    );
  });

  it("each ask for the field without which the package's class refuses to be made", async () => {
    await pulumi.runtime.setMocks({
      newResource: ({ inputs }) => ({ id: "a", state: inputs as object }),
      call: () => ({}),
    });
    const needed = Object.entries(kubernetesGroups).flatMap(([group, own]) =>
      kinds(own).flatMap((kind) => {
        const [version] = (own.versions ?? []).flatMap(
          (each) => classOf({ apiVersion: group ? `${group}/${each}` : each, kind }) ?? [],
        );
        try {
          if (version) new version(kind, { metadata: { name: "a" } }, {});
          return [];
        } catch (error) {
          return [`${kind} ${/'(.*)'/.exec(String(error))?.[1] ?? String(error)}`];
        }
      }),
    );
    await pulumi.runtime.disconnect();
    assert.deepEqual(needed.sort(), [...requiredFields].map((each) => each.join(" ")).sort());
  });

  it("are all that the mesh reads, where they are Istio's", () => {
    assert.deepEqual(Object.values(istioGroups).flatMap(kinds).sort(), [...meshKinds].sort());
  });

  for (const [apiVersion, kind] of [
    ["helm.sh/v3", "Release"],
    ["helm/v3", "Release"],
    ["yaml/v2", "ConfigGroup"],
    ["apps/v1", "DeploymentPatch2"],
    ["networking.istio.io/v1", "Gateway"],
    ["constructor/v1", "name"],
  ] as const)
    it(`don't include ${kind} of ${apiVersion}, which has no class to be registered by`, () => {
      assert.equal(classOf({ apiVersion, kind }), undefined);
    });
});
