import { authzDryRun } from "../../../../../policies/rules/istio/security/authz-dry-run";
import { cases } from "../../../cases";
import type { Loose, StackDraft } from "../../../stack";

/** Adds an AuthorizationPolicy that is a dry run, or none. */
function add(stack: StackDraft, spec: object, dryRun = "true"): void {
  stack.add({
    apiVersion: "security.istio.io/v1",
    kind: "AuthorizationPolicy",
    metadata: { name: "own", namespace: "bookinfo", annotations: { "istio.io/dry-run": dryRun } },
    spec,
  } as unknown as Loose);
}

const one = [{ to: [{ operation: { methods: ["GET"] } }] }];

export default cases(authzDryRun, {
  breaks: {
    "a rule that lets in some, and is only counted": {
      change: (stack) => {
        add(stack, { action: "ALLOW", rules: one });
      },
      finds: [
        "AuthorizationPolicy bookinfo/own: its rules are only counted: who they don't let in gets in. Take the annotation off (in a stack file: mesh.access.default deny or allow) when the counters no longer grow.",
      ],
    },
  },
  keeps: {
    "one that holds": (stack) => {
      add(stack, { action: "ALLOW", rules: one }, "false");
    },
    "one that lets in everybody": (stack) => {
      add(stack, { action: "ALLOW", rules: [{}] });
    },
    "one that closes what has no rules of its own": (stack) => {
      add(stack, {});
    },
    "a DENY": (stack) => {
      add(stack, { action: "DENY", rules: one });
    },
  },
});
