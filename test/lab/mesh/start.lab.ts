import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { smallest } from "../../stack";
import type { KubernetesObject } from "../cluster/api";
import { until } from "../cluster/daemon";
import { remove } from "../tools/tool";
import { deployed } from "./deployed";
import { Mesh } from "./mesh";

describe("a mesh", () => {
  const { PATH, LAB_ISTIO_SOURCES } = process.env;
  let folder: string;
  let before: Left;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "start-"));
    before = left();
  });
  afterEach(() => {
    Object.assign(process.env, { PATH, LAB_ISTIO_SOURCES });
    remove(folder);
  });

  it("whose API server ends at once leaves nothing behind", async () => {
    const bin = join(folder, "bin");
    mkdirSync(bin);
    writeFileSync(join(bin, "kube-apiserver"), "#!/bin/sh\necho no memory >&2\nexit 1\n");
    chmodSync(join(bin, "kube-apiserver"), 0o755);
    process.env.PATH = [bin, PATH].join(delimiter);
    await assert.rejects(Mesh.start(smallest), /kube-apiserver ended:\nno memory/);
    assert.deepEqual(left(), before);
  });

  it("that lacks a file after its API server began leaves nothing behind", async () => {
    process.env.LAB_ISTIO_SOURCES = folder;
    await assert.rejects(Mesh.start(smallest), /ENOENT.*envoy_bootstrap\.json/);
    assert.deepEqual(left(), before);
  });

  it("whose pod can't start says so until that is deleted, and leaves nothing behind", async () => {
    const mesh = await Mesh.start(smallest);
    try {
      await mesh.outside("internet", "203.0.113.7");
      for (const object of [...application, unable]) await mesh.api.apply(object);
      await assert.rejects(mesh.kubelet.ready("shop", { app: "unable" }), /The kubelet failed: .*"nowhere" not found/);
      await assert.rejects(mesh.settle(), /The kubelet failed/);
      await mesh.api.delete(unable);
      await until("the pod to go", async () => {
        const pods = await mesh.api.list("v1", "Pod");
        return pods.every(({ metadata }) => metadata.name !== unable.metadata.name) || undefined;
      });
      await mesh.settle();
      assert.equal(mesh.kubelet.running().length, 1);
    } finally {
      await mesh.stop();
    }
    assert.deepEqual(left(), before);
  });
});

const application: readonly KubernetesObject[] = [
  { apiVersion: "v1", kind: "Namespace", metadata: { name: "shop" } },
  ...deployed("web", "shop"),
];

/** A pod with a volume that isn't there. */
const unable: KubernetesObject = {
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name: "unable", namespace: "shop", labels: { app: "unable" } },
  spec: {
    containers: [{ name: "unable", image: "registry.example.com/unable:1" }],
    volumes: [{ name: "missing", configMap: { name: "nowhere" } }],
  },
};

type Left = ReturnType<typeof left>;

/** What a cluster makes on its machine. */
function left() {
  const ip = (...args: readonly string[]) => execFileSync("ip", args, { encoding: "utf8" });
  return {
    folders: readdirSync(tmpdir()).sort(),
    mounts: readFileSync("/proc/mounts", "utf8")
      .split("\n")
      .filter((line) => line.includes(tmpdir())),
    addresses: ip("-oneline", "-4", "address"),
    namespaces: ip("netns", "list"),
    processes: processes(),
  };
}

/** The names of those that run, but for what asks. */
function processes(): readonly string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((id) => {
      try {
        const [, name = "", state] = /\((.*)\) (\S)/.exec(readFileSync(`/proc/${id}/stat`, "utf8")) ?? [];
        return state === "Z" ? [] : [name];
      } catch {
        return [];
      }
    })
    .sort();
}
