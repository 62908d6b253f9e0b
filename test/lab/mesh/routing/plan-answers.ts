import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { assertAgreement } from "../asked/agreement";
import { count, questions } from "../asked/questions";
import { realStack } from "../asked/real-stack";
import { routingQuestions } from "../asked/routing-questions";
import type { Routing } from "./routing";

/** What the plan says where a request goes. */
export function planAnswers(routing: () => Routing): void {
  it("a request goes where --ask says, question for question", async function () {
    this.timeout(600_000);
    const real = realStack(routing().mesh, readFileSync(join(__dirname, "..", "routing.yaml"), "utf8"));
    const counts = await assertAgreement(real, questions(routingQuestions, count));
    for (const end of ["application", "redirect 301", "redirect 308", "notFound 404"])
      assert.ok((counts[end] ?? 0) > 0, `no question ends with ${end}: ${JSON.stringify(counts)}`);
  });
}
