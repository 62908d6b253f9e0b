/**
 * Annotations of an object that is this stack's alone: an update takes back fields that somebody else has changed. Without
 * them the API server refuses the update ("Apply failed with 1 conflict"), and what `pulumi preview --refresh` finds can't
 * be repaired.
 *
 * Not on objects that others change on purpose: docs/changes.md has each kind and the reason.
 *
 * @see https://www.pulumi.com/registry/packages/kubernetes/how-to-guides/managing-resources-with-server-side-apply/
 */
export const oursAlone = { "pulumi.com/patchForce": "true" } as const;
