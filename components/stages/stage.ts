import * as pulumi from "@pulumi/pulumi";

/**
 * A part of the platform: a component whose children are its own, and whose outputs are what the next part takes.
 *
 * A stage adds nothing to Pulumi's component but its type token, `eks-istio:stage:KIND`.
 */
export abstract class Stage extends pulumi.ComponentResource {
  /**
   * @param kind the stage's kind, e.g. `Network`
   * @param name the beginning of its children's names, and so of their identity: changing it replaces them, but for those that
   * `objectName` names
   */
  protected constructor(kind: string, name: string, opts?: pulumi.ComponentResourceOptions) {
    super(`eks-istio:stage:${kind}`, name, {}, opts);
  }
}
