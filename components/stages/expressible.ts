import * as pulumi from "@pulumi/pulumi";
import { inexpressible, type Capabilities } from "../routing/capabilities";
import type { ResolvedApp } from "../routing/resolve";
import type { Problem } from "../settings/errors";
import { keyOf, valueAt } from "../settings/reading/problems";
import { refuse } from "./refusal";

/**
 * Refuses a stack whose applications ask for more than the renderer of their routes can write.
 *
 * It is no check of the settings, which know no renderer: whoever brings a renderer asks this before the first resource.
 *
 * @throws pulumi.RunError with every such place of the stack file
 */
export function requireExpressible(apps: readonly ResolvedApp[], renderer: Capabilities): void {
  const problems = apps.flatMap(({ app, routing }): Problem[] =>
    inexpressible(app, routing, renderer).map(({ path, rule, fix }) => ({
      key: keyOf(`${pulumi.getProject()}:apps`, [app.name, ...path]),
      value: valueAt(app, path),
      rule,
      fix,
    })),
  );
  refuse(problems);
}
