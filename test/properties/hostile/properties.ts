import fc from "fast-check";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assertChecked, checkInput } from "./checks";
import { assertAnswered, stackInput } from "./stacks";

/** As many as `npm test` has time for; PROPERTY_RUNS=200000 tries 20,000 stack files and 5,000 folders to check. */
const numRuns = Number(process.env.PROPERTY_RUNS ?? 1000);

/** What hangs or is large takes long to make smaller: the seed of a fault is enough. */
const parameters = { endOnFailure: true } as const;

async function inFolder(judge: (folder: string) => unknown): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "hostile-"));
  try {
    await judge(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export function hostileStacks(): void {
  describe("a hostile stack file", function () {
    this.timeout(0);

    it("gets a plan or problems, in plain text and without a credential in it", async () => {
      await fc.assert(
        fc.asyncProperty(stackInput, (input) => inFolder((folder) => assertAnswered(folder, input))),
        { ...parameters, numRuns: Math.ceil(numRuns / 10) },
      );
    });
  });
}

export function hostileChecks(): void {
  describe("a hostile folder", function () {
    this.timeout(0);

    it("is judged by rules that don't fail, in plain text and without a credential in it", async () => {
      await fc.assert(
        fc.asyncProperty(checkInput, (input) => inFolder((folder) => assertChecked(folder, input))),
        { ...parameters, numRuns: Math.ceil(numRuns / 40) },
      );
    });
  });
}
