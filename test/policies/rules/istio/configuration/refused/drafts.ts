import type { Breaking, Keeping } from "../../../../cases";
import type { Loose } from "../../../../stack";
import { adding } from "../../drafts";

type Kind = Parameters<typeof adding>[0];

/** An object that istiod refuses, how, and what to do. */
export function breaks(kind: Kind, spec: Loose, what: string, fix: string, more: Partial<Breaking> = {}): Breaking {
  return {
    change: keeps(kind, spec),
    finds: [`${kind} bookinfo/own: ${what}: istiod refuses it. ${fix}`],
    ...more,
  };
}

/** An object that istiod takes. */
export function keeps(kind: Kind, spec: Loose): Keeping {
  return (stack) => {
    adding(kind)(stack, spec);
  };
}
