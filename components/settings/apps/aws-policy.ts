import type { AwsRights } from "./aws-rights";

type Statements = NonNullable<AwsRights["statements"]>;

/**
 * Statements of an application as the document that IAM gets. It stands here, as its length is checked.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function policyOf(statements: Statements) {
  return {
    Version: "2012-10-17" as const,
    Statement: statements.map(({ actions, resources, conditions }) => ({
      Effect: "Allow" as const,
      Action: [...actions],
      Resource: [...resources],
      ...(conditions && { Condition: conditions }),
    })),
  };
}

/** Characters of the document as IAM counts them: white space is free. */
export function lengthOf(statements: Statements): number {
  return JSON.stringify(policyOf(statements)).replace(/\s/g, "").length;
}
