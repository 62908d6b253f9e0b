import type { Draft, Report } from "../check";
import { closest } from "../reading/suggestions";
import type { AccessRuleInput, AccessSourceInput } from "./access";
import type { AppInput } from "./schema";

type Path = readonly PropertyKey[];

/** Rules of who may call one application: callers that there are, and rules that some request can fit. */
export function checkAccess(draft: Draft, name: string, app: AppInput, report: Report): void {
  checkPods(name, app, draft, report);
  app.access?.forEach((rule, index) => {
    const path = [name, "access", index];
    checkAction(draft, path, rule, report);
    checkToken(path, rule, app, draft, report);
    checkOperation(path, rule, app, draft, report);
    rule.from?.forEach((source, nth) => checkSource(draft, [...path, "from", nth], source, rule, report));
  });
}

/** Rules hold at the sidecars of an application's pods. */
function checkPods(name: string, app: AppInput, { namespaces, guessed }: Draft, report: Report): void {
  for (const key of ["selector", "serviceAccount"] as const) {
    if (app.workload && app[key] !== undefined)
      report(
        "apps",
        [name, key],
        `has no effect beside workload, which has its own ${key === "selector" ? "labels" : "ServiceAccount"}`,
        key === "selector" ? 'Remove "selector".' : "Write workload.serviceAccount.name instead.",
      );
  }
  if (app.selector && Object.keys(app.selector).length === 0)
    report("apps", [name, "selector"], "has no labels, and so means every pod of its namespace", "Name at least one.");
  const rules = (["access", "jwt"] as const).filter((key) => app[key] !== undefined);
  if (rules.length === 0 || guessed("apps", [name, "workload"])) return;
  const outside = outsideOfMesh(app, namespaces, guessed);
  if (outside === undefined) return;
  for (const key of rules)
    report(
      "apps",
      [name, key],
      `changes nothing: ${outside}, so its pods have no sidecar that would hold to it`,
      "Remove it, or let its pods into the mesh.",
    );
}

/** What keeps an application's pods out of the mesh, as far as the stack file says it. */
function outsideOfMesh(
  { namespace, workload }: AppInput,
  namespaces: Draft["namespaces"],
  guessed: Draft["guessed"],
): string | undefined {
  if (workload && !workload.inject) return "workload.inject is false";
  const said = namespaces?.[namespace];
  return said?.injection === false && !guessed("namespaces", [namespace])
    ? `namespaces.${namespace}.injection is false`
    : undefined;
}

function checkAction(
  { mesh, guessed }: Draft,
  path: Path,
  { action, provider }: AccessRuleInput,
  report: Report,
): void {
  const known = Object.keys(mesh?.providers ?? {});
  if (action !== "CUSTOM") {
    if (provider !== undefined)
      report(
        "apps",
        [...path, "provider"],
        `has no effect with action: ${action}`,
        'Write "action: CUSTOM", or remove it.',
      );
    return;
  }
  if (provider === undefined)
    report("apps", path, "has action CUSTOM and names nobody to ask", 'Set "provider" to one of mesh.providers.');
  else if (mesh && !known.includes(provider) && !guessed("mesh", ["providers", provider])) {
    const near = closest(provider, known);
    report(
      "apps",
      [...path, "provider"],
      known.length > 0
        ? `is none of mesh.providers (${known.join(", ")})`
        : "is not there: the stack has no mesh.providers",
      near
        ? `Did you mean "${near}"?`
        : `Add it: mesh: {providers: {${provider}: {envoyExtAuthzGrpc: {service: …, port: …}}}}.`,
    );
  }
}

function checkToken(
  path: Path,
  { action, token, claims }: AccessRuleInput,
  app: AppInput,
  { guessed }: Draft,
  report: Report,
): void {
  const [name = ""] = path;
  const tokens = app.jwt !== undefined || guessed("apps", [name, "jwt"]);
  if (claims && !tokens)
    report(
      "apps",
      [...path, "claims"],
      "can't hold: the application has no jwt, so nobody reads a token",
      'Add "jwt" with the issuer of the tokens.',
    );
  if (claims && token === false)
    report("apps", [...path, "token"], "contradicts claims: only a token has claims", "Remove one of them.");
  if (token === undefined) return;
  if (action !== "ALLOW")
    report(
      "apps",
      [...path, "token"],
      `has no effect with action: ${action}, which holds for requests with and without a token`,
      'Remove "token".',
    );
  else if (!tokens)
    report(
      "apps",
      [...path, "token"],
      "has no effect: the application has no jwt, so nobody reads a token",
      token ? 'Add "jwt" with the issuer of the tokens.' : 'Remove "token".',
    );
}

function checkOperation(
  path: Path,
  { methods = [], ports = [] }: AccessRuleInput,
  app: AppInput,
  { guessed }: Draft,
  report: Report,
): void {
  const [name = ""] = path;
  if (app.protocol === "grpc" && !guessed("apps", [name, "protocol"])) {
    methods.forEach((method, index) => {
      if (method !== "POST" && method !== "*")
        report(
          "apps",
          [...path, "methods", index],
          "can't match: every gRPC call is a POST",
          'Remove it, and write the call itself as a path, e.g. "/shop.Checkout/Pay".',
        );
    });
  }
  const container = app.workload?.containerPort ?? app.port;
  if (!app.workload || container === app.port || guessed("apps", [name, "workload"])) return;
  ports.forEach((port, index) => {
    if (port === app.port)
      report(
        "apps",
        [...path, "ports", index],
        "is the Service's port, and rules hold for ports of the containers: no request fits",
        `Write ${container}, the container's port.`,
      );
  });
}

function checkSource(draft: Draft, path: Path, source: AccessSourceInput, rule: AccessRuleInput, report: Report): void {
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

function checkGateway({ settledGateways, guessed }: Draft, path: Path, name: string, report: Report): void {
  const known = settledGateways?.map(({ key }) => key);
  if (!known || known.includes(name) || guessed("gateways", [name])) return;
  const near = closest(name, known);
  report(
    "apps",
    [...path, "gateway"],
    `is not a gateway of this stack (${known.join(", ")})`,
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
