import { partitionOf } from "../aws/partition";
import type { Draft, Report } from "../check";
import { isOfRegion } from "../external/of-aws";
import { firstWithWildcards, looksUpWildcards } from "../external/wildcards";
import { eachRepeated } from "../repeated";
import { mostInlineCharacters } from "./aws-rights";
import { lengthOf } from "./aws-policy";
import { podsOf } from "./complete";
import type { AppInput } from "./schema";

type Apps = readonly (readonly [string, AppInput])[];

/** Names a role for tokens of the cluster's own OIDC provider, the older way. */
export const roleAnnotation = "eks.amazonaws.com/role-arn";

/** What one application's pods may do in AWS, by itself. */
export function checkAws(draft: Draft, name: string, app: AppInput, report: Report): void {
  const { region, guessed } = draft;
  const { aws, workload } = app;
  if (!aws) return;
  checkEndpoints(draft, name, report);
  const path = [name, "aws"];
  const { policies = [], statements = [] } = aws;
  eachRepeated(policies, (index) =>
    report("apps", [...path, "policies", index], "is listed twice", "Remove one of them."),
  );
  const partition = region && partitionOf(region);
  policies.forEach((arn, index) => {
    const own = arn.split(":")[1] ?? "";
    if (partition !== undefined && own !== partition)
      report(
        "apps",
        [...path, "policies", index],
        `is in the partition ${own}, and ${region} is in ${partition}: a role takes policies of its own partition only`,
        `Write arn:${partition}:….`,
      );
  });
  const length = lengthOf(statements);
  if (length > mostInlineCharacters && !guessed("apps", [...path, "statements"]))
    report(
      "apps",
      [...path, "statements"],
      `makes a policy of ${length} characters, and IAM takes ${mostInlineCharacters} in a role`,
      'Make managed policies of them, and list these in "policies".',
    );
  if (!workload && podsOf(name, app).serviceAccount === "default")
    report(
      "apps",
      [name, "serviceAccount"],
      `is the account of every pod in ${app.namespace} that names none: all of them would have these rights`,
      "Give its pods a ServiceAccount of their own, and write its name.",
    );
  if (workload && Object.hasOwn(workload.serviceAccount.annotations, roleAnnotation))
    report(
      "apps",
      [name, "workload", "serviceAccount", "annotations", roleAnnotation],
      "names a role beside aws, which makes another: AWS's libraries would take this one, by a token that needs an OIDC provider",
      "Remove the annotation.",
    );
}

/** Sidecars that call nothing but what they know must know AWS's endpoints: by wildcards, or one by one. */
function checkEndpoints({ region, mesh, external, guessed }: Draft, name: string, report: Report): void {
  if (region === undefined || !mesh || !external || guessed("mesh", ["version"]) || guessed("external", [])) return;
  if (mesh.outboundTrafficPolicy !== "REGISTRY_ONLY" || looksUpWildcards(mesh.version)) return;
  if (Object.values(external).some((one) => isOfRegion(region, one))) return;
  report(
    "apps",
    [name, "aws"],
    `needs AWS's endpoints in external: mesh.outboundTrafficPolicy is REGISTRY_ONLY, and sidecars of Istio before 1.${firstWithWildcards} can't look up all names of a region`,
    `Add those that it calls, e.g. external: {s3: {hosts: [s3.${region}.amazonaws.com], port: 443, protocol: tls}}, or raise mesh.version.`,
  );
}

/** A ServiceAccount has one role: who else has it has the same rights, and must say so. */
export function checkAwsAccounts({ guessed }: Draft, apps: Apps, report: Report): void {
  const known = apps.filter(([name]) => !guessed("apps", [name]));
  const first = new Map<string, readonly [string, AppInput]>();
  for (const [name, app] of known) {
    const account = `${app.namespace}/${podsOf(name, app).serviceAccount}`;
    const [other, shared] = first.get(account) ?? [];
    if (other === undefined || shared === undefined) {
      first.set(account, [name, app]);
      continue;
    }
    if (JSON.stringify(app.aws) === JSON.stringify(shared.aws)) continue;
    report(
      "apps",
      [name, "aws"],
      `differs from apps.${other}.aws, and both have the ServiceAccount ${account}, which has one role: AWS can't tell the two apart`,
      "Give each a ServiceAccount of its own, or the same rights to both.",
    );
  }
}
