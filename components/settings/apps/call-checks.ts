import type { Draft, Report } from "../check";
import { closest } from "../reading/suggestions";
import { callerOf, shutsOut } from "./callers";
import { callOf } from "./calls";
import { outsideOfMesh } from "./in-mesh";
import { eachSharing } from "./same-pods";
import type { AppInput } from "./schema";

type Apps = readonly (readonly [string, AppInput])[];

/** What applications call: there, in the mesh, and ready to let them in. */
export function checkCalls(draft: Draft, apps: Apps, report: Report): void {
  checkScopes(draft, apps, report);
  for (const [name, app] of apps)
    app.calls?.forEach((entry, index) => {
      const call = callOf(entry);
      const path = [name, "calls", index];
      const at = (key: string) => (typeof entry === "string" ? path : [...path, key]);
      if (call.app !== undefined) checkApp(draft, at("app"), name, call.app, report);
      if (call.external !== undefined) checkExternal(draft, at("external"), call.external, report);
    });
}

/** Pods have one Sidecar. */
function checkScopes({ namespaces, guessed }: Draft, apps: Apps, report: Report): void {
  const scoped = apps.filter(([name, app]) => app.calls !== undefined && !guessed("apps", [name, "selector"]));
  for (const [name, app] of scoped) {
    const outside = guessed("apps", [name, "workload"]) ? undefined : outsideOfMesh(app, namespaces, guessed);
    if (outside !== undefined)
      report(
        "apps",
        [name, "calls"],
        `changes nothing: ${outside}, so its pods have no sidecar`,
        "Remove it, or let its pods into the mesh.",
      );
  }
  eachSharing(scoped, (name, other) =>
    report(
      "apps",
      [name, "calls"],
      `is for the same pods as apps.${other}.calls, and pods have one Sidecar: istiod would take either`,
      "List what both call in one of them, and remove the other.",
    ),
  );
}

function checkApp(draft: Draft, path: readonly PropertyKey[], name: string, called: string, report: Report): void {
  const { apps = {}, appsLeftOut, guessed } = draft;
  const target = Object.hasOwn(apps, called) ? apps[called] : undefined;
  if (called === name) {
    report("apps", path, "is the application itself", "Remove it: its pods find their own Service without it.");
    return;
  }
  if (!target) {
    if (appsLeftOut) return;
    const near = closest(called, Object.keys(apps));
    report(
      "apps",
      path,
      "is no application of this stack",
      near
        ? `Did you mean "${near}"?`
        : `Write {service: ${called}, namespace: NAMESPACE} for a Service of others, or {external: ${called}} for one outside.`,
    );
    return;
  }
  const caller = apps[name];
  if (!caller || guessed("apps", [called, "access"]) || guessed("apps", [name])) return;
  if (shutsOut(draft, target, callerOf(name, caller)))
    report(
      "apps",
      path,
      `is called by ${name}, and apps.${called}.access lets no such caller in: every call would be answered with 403`,
      `Add {from: [{app: ${name}}]} to apps.${called}.access, or remove it here.`,
    );
}

function checkExternal(
  { external, guessed }: Draft,
  path: readonly PropertyKey[],
  called: string,
  report: Report,
): void {
  if (!external || Object.hasOwn(external, called) || guessed("external", [called])) return;
  const near = closest(called, Object.keys(external));
  report(
    "apps",
    path,
    "is not in external",
    near ? `Did you mean "${near}"?` : `Add it: external: {${called}: {hosts: [HOST], port: 443, protocol: tls}}.`,
  );
}
