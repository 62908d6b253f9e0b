import type { Draft, Report } from "../check";
import { callOf } from "./calls";
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
export function checkSharedAccounts(draft: Draft, apps: Apps, report: Report): void {
  const { guessed } = draft;
  const accountOf = (name: string, app: AppInput) => `${app.namespace}/${podsOf(name, app).serviceAccount}`;
  const accounts = new Map(apps.map(([name, app]) => [name, accountOf(name, app)]));
  const holders = new Map<string, string[]>();
  for (const [name, account] of accounts) holders.set(account, [...(holders.get(account) ?? []), name]);
  checkWaysOut(draft, apps, (name) => holders.get(accounts.get(name) ?? "") ?? [], report);
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

/** In a closed mesh, an egress gateway lets out by identity: who lists a name, and every other that has its account. */
function checkWaysOut(
  { mesh, external = {}, guessed }: Draft,
  apps: Apps,
  sharing: (name: string) => readonly string[],
  report: Report,
): void {
  if (!mesh || mesh.access.default === "allow") return;
  const byName = new Map(apps);
  const lists = (name: string, entry: string) =>
    (byName.get(name)?.calls ?? []).some((call) => callOf(call).external === entry);
  for (const [name, { calls = [] }] of apps)
    calls.forEach((call, index) => {
      const { external: entry } = callOf(call);
      if (entry === undefined || external[entry]?.via === undefined) return;
      const same = sharing(name).find((other) => other !== name && !lists(other, entry));
      if (same === undefined || guessed("apps", [same]) || guessed("apps", [name])) return;
      report(
        "apps",
        [name, "calls", index],
        `leaves by gateways.${external[entry].via}, which knows callers by their ServiceAccount, and apps.${same} has the same: it would be let out, too`,
        "Give each a ServiceAccount of its own, or list it in both.",
      );
    });
}
