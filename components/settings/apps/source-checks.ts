import type { Draft, Report } from "../check";
import { closest } from "../reading/suggestions";
import type { AccessRuleInput, AccessSourceInput } from "./access";
import { outsideOfMesh } from "./in-mesh";

type Path = readonly PropertyKey[];

/** A caller of a rule: there, recognizable, and one that a request can have. */
export function checkSource(
  draft: Draft,
  path: Path,
  source: AccessSourceInput,
  rule: AccessRuleInput,
  report: Report,
): void {
  if (rule.action === "CUSTOM") {
    const key = (["app", "gateway", "namespace", "principal"] as const).find((each) => source[each] !== undefined);
    if (key !== undefined)
      report(
        "apps",
        [...path, key],
        "can't decide whether the authorizer is asked: Istio knows no callers there, but their addresses",
        "Remove it, or write {ip: …}: the authorizer sees who calls, too.",
      );
  }
  const identities = (["app", "gateway", "principal"] as const).filter((key) => source[key] !== undefined);
  if (identities.length > 1)
    report(
      "apps",
      path,
      `can't hold: nobody is both ${identities.join(" and ")}`,
      "Make an entry of each: of several entries, one must fit.",
    );
  if (source.app !== undefined) checkApp(draft, path, source.app, report);
  if (source.gateway !== undefined) checkGateway(draft, path, source.gateway, report);
  if (source.ip !== undefined) checkAddress(draft, path, source, report);
  checkIdentity(draft, path, source, rule, report);
}

function checkApp(
  { apps = {}, namespaces, appsLeftOut, guessed }: Draft,
  path: Path,
  name: string,
  report: Report,
): void {
  const app = Object.hasOwn(apps, name) ? apps[name] : undefined;
  if (!app) {
    if (appsLeftOut) return;
    const near = closest(name, Object.keys(apps));
    report(
      "apps",
      [...path, "app"],
      "is no application of this stack",
      near
        ? `Did you mean "${near}"?`
        : 'Add it, with its namespace and port, or write {principal: "cluster.local/ns/NAMESPACE/sa/SERVICEACCOUNT"}.',
    );
    return;
  }
  const outside = guessed("apps", [name]) ? undefined : outsideOfMesh(app, namespaces, guessed);
  if (outside !== undefined)
    report(
      "apps",
      [...path, "app"],
      `can't be recognized: ${outside} there, so its pods have no identity to show`,
      "Let its pods into the mesh, or remove the entry.",
    );
}

function checkGateway(draft: Draft, path: Path, name: string, report: Report): void {
  const { settledGateways, settledEgressGateways = [], guessed } = draft;
  const known = settledGateways?.map(({ key }) => key);
  if (!known || known.includes(name) || guessed("gateways", [name])) return;
  const near = closest(name, known);
  report(
    "apps",
    [...path, "gateway"],
    settledEgressGateways.some(({ key }) => key === name)
      ? "is an egress gateway: what it takes leaves the mesh, and it calls no application"
      : `is not a gateway of this stack (${known.join(", ")})`,
    near ? `Did you mean "${near}"?` : `Write ${known.join(" or ")}.`,
  );
}

/** Addresses are what a gateway saw and passes on in a header. */
function checkAddress(
  { settledGateways = [], guessed }: Draft,
  path: Path,
  { app, principal, namespace, gateway }: AccessSourceInput,
  report: Report,
): void {
  const other =
    app !== undefined
      ? "app"
      : principal !== undefined
        ? "principal"
        : namespace !== undefined
          ? "namespace"
          : undefined;
  if (other !== undefined)
    report(
      "apps",
      [...path, "ip"],
      `proves nothing beside ${other}: a caller inside the mesh can claim any address`,
      `Remove one of them. Addresses are for what comes through a gateway.`,
    );
  const blind = settledGateways.find(
    ({ key, preserveClientIp }) =>
      !preserveClientIp && (gateway === undefined || gateway === key) && !guessed("gateways", [key]),
  );
  if (other === undefined && blind)
    report(
      "apps",
      [...path, "ip"],
      `can't be compared: gateways.${blind.key}.preserveClientIp is false, so that gateway sees the load balancer's address`,
      "Turn preserveClientIp on, or name another gateway in the entry.",
    );
}

/** Without mutual TLS nobody shows who they are. */
function checkIdentity(
  { mesh, guessed }: Draft,
  path: Path,
  source: AccessSourceInput,
  { action }: AccessRuleInput,
  report: Report,
): void {
  if (mesh?.mtls.mode !== "DISABLE" || guessed("mesh", ["mtls"])) return;
  const key = (["app", "gateway", "namespace", "principal"] as const).find((each) => source[each] !== undefined);
  if (key !== undefined)
    report(
      "apps",
      [...path, key],
      `never fits: mesh.mtls.mode is DISABLE, and without mutual TLS no caller shows who it is${action === "ALLOW" ? "" : ", so that the rule does nothing"}`,
      "Write PERMISSIVE or STRICT there.",
    );
}
