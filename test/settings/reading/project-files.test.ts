import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { filesBelow } from "../../../components/settings/reading/project-files";

describe("files that a stack file names", () => {
  let project: string;
  beforeEach(() => (project = mkdtempSync(join(tmpdir(), "eks-istio-files-"))));
  afterEach(() => rmSync(project, { recursive: true }));

  function write(path: string, content: string | Buffer = path): string {
    mkdirSync(dirname(join(project, path)), { recursive: true });
    writeFileSync(join(project, path), content);
    return join(project, path);
  }
  const texts = (path: string) => filesBelow(project)(path).files.map(({ path, text }) => [path, text]);
  const obstacles = (path: string) =>
    filesBelow(project)(path).obstacles.map(({ path, reason }) => `${path} ${reason}`);

  it("are all that a folder and those below it hold, sorted, and nothing else that lies there", () => {
    for (const path of [
      "b.yml",
      "a.yaml",
      "c/d.json",
      "README.md",
      ".hidden.yaml",
      "node_modules/x.yaml",
      ".git/y.yaml",
    ])
      write(`own/${path}`);
    assert.deepEqual(
      texts("own").map(([path]) => path),
      ["own/a.yaml", "own/b.yml", "own/c/d.json"],
    );
    assert.deepEqual(obstacles("own"), []);
  });

  it("are one file, whatever it is called", () => {
    write("rules.txt", "a: 1");
    assert.deepEqual(texts("rules.txt"), [["rules.txt", "a: 1"]]);
  });

  it("may lie beside the project's folder", () => {
    write("own/a.yaml", "a: 1");
    mkdirSync(join(project, "stack"));
    assert.deepEqual(filesBelow(join(project, "stack"))("../own").files, [{ path: "../own/a.yaml", text: "a: 1" }]);
  });

  it("are read without a byte order mark", () => {
    write("own/a.yaml", "\uFEFFa: 1");
    assert.deepEqual(texts("own"), [["own/a.yaml", "a: 1"]]);
  });

  it("are read once, where a link in the folder leads to one of them, hidden or not", () => {
    write("own/a.yaml", "a");
    write("own/..data/b.yaml", "b");
    symlinkSync("a.yaml", join(project, "own/z.yaml"));
    symlinkSync("..data/b.yaml", join(project, "own/b.yaml"));
    symlinkSync(".", join(project, "own/circle"));
    assert.deepEqual(texts("own"), [
      ["own/a.yaml", "a"],
      ["own/b.yaml", "b"],
    ]);
    assert.deepEqual(obstacles("own"), []);
  });

  describe("are an obstacle", () => {
    it("where there is nothing", () => assert.deepEqual(obstacles("own"), ["own isn't there"]));

    it("where a folder has none", () => {
      write("own/README.md");
      assert.deepEqual(obstacles("own"), ["own holds no file whose name ends in .yaml, .yml or .json"]);
    });

    it("where a link leads out of the folder, to a file or to a folder", () => {
      write("elsewhere/secret.yaml");
      write("own/a.yaml");
      symlinkSync("../elsewhere/secret.yaml", join(project, "own/b.yaml"));
      symlinkSync("../elsewhere", join(project, "own/c"));
      assert.deepEqual(obstacles("own"), [
        "own/b.yaml is a link out of the folder",
        "own/c is a link out of the folder",
      ]);
      assert.deepEqual(texts("own"), [["own/a.yaml", "own/a.yaml"]]);
    });

    it("where a link leads nowhere, or back to itself", () => {
      mkdirSync(join(project, "own"));
      symlinkSync("nowhere", join(project, "own/a.yaml"));
      symlinkSync("b.yaml", join(project, "own/b.yaml"));
      symlinkSync("nowhere", join(project, "own/c"));
      assert.deepEqual(obstacles("own"), ["own/a.yaml isn't there", "own/b.yaml is a link that leads back to itself"]);
    });

    it("where a named pipe waits for somebody who writes", () => {
      mkdirSync(join(project, "own"));
      execFileSync("mkfifo", [join(project, "own/a.yaml")]);
      assert.deepEqual(obstacles("own"), ["own/a.yaml is no plain file"]);
    });

    it("where a file is no text", () => {
      write("own/a.yaml", Buffer.from([0xff, 0x41]));
      write("own/b.yaml", "a\0b");
      assert.deepEqual(obstacles("own"), [
        "own/a.yaml is no text: it has bytes that UTF-8 doesn't allow",
        "own/b.yaml is no text: it has a NUL in it",
      ]);
    });

    it("where a file is longer than any manifest", () => {
      truncateSync(write("own/a.yaml"), 2 ** 24 + 1);
      assert.deepEqual(obstacles("own"), ["own/a.yaml has 17 MiB, and may have 16"]);
    });
  });
});
