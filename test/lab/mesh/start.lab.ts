import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { smallest } from "../../stack";
import type { KubernetesObject } from "../cluster/api";
import { remove } from "../tools/tool";
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

  it("that ran leaves nothing behind", async () => {
    const mesh = await Mesh.start(smallest);
    await mesh.outside("internet", "203.0.113.7");
    for (const object of application) await mesh.api.apply(object);
    await mesh.settle();
    assert.equal(mesh.kubelet.running().length, 1);
    await mesh.stop();
    assert.deepEqual(left(), before);
  });
});

const labels = { app: "web" };
const container = { name: "web", image: "registry.example.com/web:1", ports: [{ containerPort: 8080 }] };
const application: readonly KubernetesObject[] = [
  { apiVersion: "v1", kind: "Namespace", metadata: { name: "shop" } },
  {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "web", namespace: "shop" },
    spec: {
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [container] } },
    },
  },
];

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
