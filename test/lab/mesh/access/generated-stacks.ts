import assert from "node:assert/strict";
import fc from "fast-check";
import type { RecordedResource } from "../../../../cli/plan/record";
import { recorded } from "../../../stack";
import { assertAgreement } from "../asked/agreement";
import { questions, seed } from "../asked/questions";
import { assertShares } from "../asked/shares";
import { questionsAbout } from "../generated/questions";
import { generatedStacks } from "../generated/stack";
import type { Access } from "./access";
import { serverAddresses } from "./servers";
import { accessStackFile } from "./stack-file";

const stacks = Number(process.env.LAB_STACKS ?? 3);
const each = Number(process.env.LAB_QUESTIONS ?? 70);

/** One stack file after another on the pods of access.yaml. */
export function generatedStackFiles(access: () => Access): void {
  describe("generated stacks", () => {
    let plan: readonly RecordedResource[];
    before(async () => {
      plan = access().mesh.plan;
      await access().startServers();
    });

    for (const [index, file] of fc.sample(generatedStacks(accessStackFile), { numRuns: stacks, seed }).entries())
      it(`proxies answer ${each} questions as --ask does, and have its shares: stack ${index + 1} of ${stacks}`, async function () {
        this.timeout(600_000);
        const next = await recorded(file, "dev");
        await access().mesh.change(plan, next);
        plan = next;
        const real = access().real.with(file, serverAddresses);
        const asked = questions(questionsAbout(real.stack.settings), each, index);
        const counts = await assertAgreement(real, asked);
        assert.ok((counts.application ?? 0) > 0, JSON.stringify(counts));
        assert.ok((await assertShares(real, asked)) > 0);
      });
  });
}
