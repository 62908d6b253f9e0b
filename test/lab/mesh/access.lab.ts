import assert from "node:assert/strict";
import { useAccess } from "./access/access";
import { authorizers } from "./access/authorizers";
import { calls } from "./access/calls";
import { callers } from "./access/callers";
import { changingDefault } from "./access/changing-default";
import { generatedStackFiles } from "./access/generated-stacks";
import { withTokens } from "./access/with-tokens";
import { accessQuestions, everyCharacter } from "./asked/access-questions";
import { assertAgreement } from "./asked/agreement";
import { count, questions } from "./asked/questions";

/** One mesh for all of them, as its start takes longer than most. */
describe("access", () => {
  const access = useAccess();
  callers(access);
  withTokens(access);
  authorizers(access);
  calls(access);

  it("is what --ask answers, request for request", async function () {
    this.timeout(600_000);
    const counts = await assertAgreement(access().real, [...everyCharacter, ...questions(accessQuestions, count)]);
    for (const end of ["application", "refused 403", "refused 401", "redirect 301", "notFound 404", "unreachable"])
      assert.ok((counts[end] ?? 0) > 0, `no question ends with ${end}: ${JSON.stringify(counts)}`);
  });

  changingDefault(access);
  generatedStackFiles(access);
});
