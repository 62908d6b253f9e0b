import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

describe("the lab, on a machine that has nothing for it", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "lab-run-"));
    mkdirSync(join(folder, "bin"));
    symlinkSync(process.execPath, join(folder, "bin", "node"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function lab(part: string, env: NodeJS.ProcessEnv = {}) {
    const { status, stderr } = spawnSync(
      process.execPath,
      ["--import", "tsx", join(__dirname, "lab", "run.ts"), part],
      {
        encoding: "utf8",
        cwd: join(__dirname, ".."),
        env: { PATH: join(folder, "bin"), HOME: folder, ...env },
      },
    );
    return { status, lines: stderr.trimEnd().split("\n") };
  }

  /** A line for each thing that the engine part lacks here. */
  const lacks = [
    "unshare is missing: install util-linux (apt-get install util-linux).",
    "setpriv is missing: install util-linux (apt-get install util-linux).",
    "ip is missing: install iproute2 (apt-get install iproute2).",
    "mount is missing: install mount (apt-get install mount).",
    "go is missing: install Go 1.26 or later, see https://go.dev/doc/install.",
    ...(process.getuid?.() === 0
      ? []
      : ["The lab needs root, for namespaces of its own: run it with sudo, or in a container."]),
  ];
  const elsewhere = [`The lab needs Linux: its servers run in network namespaces. This is ${process.platform}.`];
  const expected = process.platform === "linux" ? lacks : elsewhere;

  it("fails, with a line for each thing", () => assert.deepEqual(lab("engine"), { status: 1, lines: expected }));

  it("is skipped if it is optional, and says so", () =>
    assert.deepEqual(lab("engine", { LAB: "optional" }), {
      status: 0,
      lines: [...expected, "SKIPPED THE LAB (LAB=optional): nothing was tested."],
    }));

  it("says which parts there are when it is asked for another", () =>
    assert.deepEqual(lab("mash"), {
      status: 1,
      lines: ["The lab has no part called mash. Parts: engine, provider, mesh."],
    }));
});
