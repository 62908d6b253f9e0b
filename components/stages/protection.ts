import type * as pulumi from "@pulumi/pulumi";

/**
 * Pulumi's `protect` for what a setting protects: the engine refuses to delete or replace it, in the preview of a destroy
 * already, before anything has gone. Off, it says nothing, and a `protect` around it holds.
 *
 * docs/changes.md lists which setting protects what.
 *
 * @see https://www.pulumi.com/docs/iac/concepts/resources/options/protect/
 */
export function protection(on: boolean): Pick<pulumi.ResourceOptions, "protect"> {
  return on ? { protect: true } : {};
}
