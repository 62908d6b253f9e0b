import { identity, namespaceOf, ofThisMesh } from "../../components/access/identities";
import { QuestionError, type Question } from "./question";
import type { AskedApp, AskedStack } from "./stack";

/** Who asks, as proxies see it. */
export interface Caller {
  /** Undefined for somebody outside, and for pods without a sidecar. */
  readonly principal?: string;
  readonly namespace?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly app?: AskedApp;
}

/** @throws QuestionError for a caller that the stack doesn't have */
export function callerOf({ apps, settings }: AskedStack, { asker }: Question): Caller {
  switch (asker.kind) {
    case "internet":
      return { labels: {} };
    case "namespace":
      // No rule names its ServiceAccount; a pattern for all of the namespace fits.
      return { principal: identity(asker.name, "?"), namespace: asker.name, labels: {} };
    case "principal":
      return {
        principal: ofThisMesh(asker.name, settings.mesh.trustDomain),
        namespace: namespaceOf(asker.name),
        labels: {},
      };
    case "app": {
      const app = apps.get(asker.name);
      if (!app)
        throw new QuestionError(
          `--ask: the stack has no application ${asker.name}. It has ${[...apps.keys()].join(", ") || "none"}; or write internet, an address, namespace NAME or principal NAME.`,
        );
      return {
        ...(app.identity !== undefined && { principal: app.identity }),
        namespace: app.app.namespace,
        labels: app.app.pods.labels,
        app,
      };
    }
  }
}
