import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Stack } from "../charts/stacks";
import { Mesh } from "./mesh";

/**
 * Gives the tests of a `describe` a cluster with the mesh of a stack file, and ends it after them.
 *
 * @param stack a file in this folder, with what stands under `config:` of a stack file; or a stack
 * @param install what is installed before the first test. Default: everything in the stack file's plan
 * @example
 * const mesh = useMesh("routing.yaml");
 * it("answers", async () => assert.equal((await mesh().gateway()).namespace, "istio-ingress"));
 */
export function useMesh(stack: string | Stack, install = (mesh: Mesh) => mesh.install()): () => Mesh {
  let mesh: Mesh | undefined;
  before("start the mesh", async function () {
    this.timeout(300_000);
    mesh =
      typeof stack === "string"
        ? await Mesh.start(readFileSync(join(__dirname, stack), "utf8"))
        : await Mesh.start(stack.file, stack.name);
    try {
      await install(mesh);
    } catch (error) {
      process.stderr.write(`${mesh.logs()}\n`);
      throw error;
    }
  });
  afterEach(function () {
    if (this.currentTest?.state === "failed") process.stderr.write(`${mesh?.logs() ?? ""}\n`);
  });
  after("end the mesh", () => mesh?.stop());
  return () => {
    if (!mesh) throw new Error("The mesh starts before the first test: ask for it inside of one.");
    return mesh;
  };
}
