import type { Draft, Report } from "../check";
import { podsOf } from "./complete";
import { eachSharing } from "./same-pods";
import type { AppInput } from "./schema";

type Apps = readonly (readonly [string, AppInput])[];

/** Rules and limits hold for pods: those of two applications with the same ones add up, and hold for both. */
export function checkSharedPods({ guessed }: Draft, apps: Apps, report: Report): void {
  const known = apps.filter(([name]) => !guessed("apps", [name, "selector"]));
  const ruled = new Set(known.flatMap(([name, app]) => ((app.access ?? app.jwt) ? [name] : [])));
  const limited = new Set(known.flatMap(([name, app]) => (app.rateLimit ? [name] : [])));
  eachSharing(known, (name, other) => {
    const isRuled = ruled.has(name) || ruled.has(other);
    if (!isRuled && !limited.has(name) && !limited.has(other)) return;
    const held = isRuled ? "rules of who may call hold" : "a rateLimit holds";
    report(
      "apps",
      [name, "selector"],
      `is for the same pods as apps.${other}, and ${held} for pods: those of each would hold for both`,
      "Give their pods labels that tell them apart, or make one application of the two.",
    );
  });
}

/** A ServiceAccount is who pods are: what lets in one application lets in every other that has its account. */
export function checkSharedAccounts({ guessed }: Draft, apps: Apps, report: Report): void {
  const accountOf = (name: string, app: AppInput) => `${app.namespace}/${podsOf(name, app).serviceAccount}`;
  const accounts = new Map(apps.map(([name, app]) => [name, accountOf(name, app)]));
  const holders = new Map<string, string[]>();
  for (const [name, account] of accounts) holders.set(account, [...(holders.get(account) ?? []), name]);
  for (const [name, { access = [] }] of apps)
    access.forEach(({ from = [] }, index) =>
      from.forEach(({ app: caller = "" }, nth) => {
        const account = accounts.get(caller) ?? "";
        const same = (holders.get(account) ?? []).find(
          (other) => other !== caller && !from.some(({ app }) => app === other),
        );
        if (same === undefined || guessed("apps", [same]) || guessed("apps", [caller])) return;
        report(
          "apps",
          [name, "access", index, "from", nth, "app"],
          `has the ServiceAccount of apps.${same}, ${account}: nobody can tell the two apart, and the rule would let in both`,
          "Give each a ServiceAccount of its own, or list both.",
        );
      }),
    );
}
