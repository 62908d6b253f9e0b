import type { Draft, Report } from "../check";
import { closest } from "../reading/suggestions";
import type { AccessRuleInput } from "./access";
import { checkAuthorizers } from "./authorizer-checks";
import { outsideOfMesh } from "./in-mesh";
import type { AppInput } from "./schema";
import { checkSource } from "./source-checks";

type Path = readonly PropertyKey[];

/** Rules of who may call one application: callers that there are, and rules that some request can fit. */
export function checkAccess(draft: Draft, name: string, app: AppInput, report: Report): void {
  checkPods(name, app, draft, report);
  checkAuthorizers(name, app, draft, report);
  app.access?.forEach((rule, index) => {
    const path = [name, "access", index];
    checkAction(draft, path, rule, report);
    checkConditions(path, rule, report);
    checkAttributes(draft, path, rule, report);
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

function checkAction(
  { mesh, guessed }: Draft,
  path: Path,
  { action, provider, claims }: AccessRuleInput,
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
  if (claims)
    report(
      "apps",
      [...path, "claims"],
      "can't decide whether the authorizer is asked, which is before the token is read",
      "Remove it: the authorizer sees the token, too.",
    );
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

/** The first Istio that knows `source.trustDomain`, but for 1.30.0, which came before it was taken over there. */
const firstWithTrustDomain = 30;

/**
 * Attributes that older versions of Istio don't know: their webhook refuses the whole policy. `source.serviceAccount` is
 * older than all versions here.
 *
 * @see https://github.com/istio/istio/pull/60528
 */
function checkAttributes({ mesh, guessed }: Draft, path: Path, { when = [] }: AccessRuleInput, report: Report): void {
  if (!mesh || guessed("mesh", ["version"])) return;
  if (Number(mesh.version.split(".")[1]) >= firstWithTrustDomain && mesh.version !== "1.30.0") return;
  when.forEach(({ key }, index) => {
    if (key === "source.trustDomain")
      report(
        "apps",
        [...path, "when", index, "key"],
        `is nothing that Istio ${mesh.version} knows: istiod refuses the whole policy`,
        "Write from: [{principal: TRUST-DOMAIN/*}] instead, or raise mesh.version.",
      );
  });
}

/** An address in a condition of Istio's own is what a header says, unless a gateway wrote it. */
function checkConditions(path: Path, { action, from, when = [] }: AccessRuleInput, report: Report): void {
  const throughGateways = from?.every(({ gateway }) => gateway !== undefined) ?? false;
  when.forEach(({ key, values }, index) => {
    if (key === "remote.ip" && values && action === "ALLOW" && !throughGateways)
      report(
        "apps",
        [...path, "when", index, "key"],
        "lets in whoever claims such an address: a caller inside the mesh can write it into a header",
        "Write from: [{ip: …}], which holds for what comes through a gateway, or name gateways in every entry of from.",
      );
    if (key.startsWith("request.auth.") && action === "CUSTOM")
      report(
        "apps",
        [...path, "when", index, "key"],
        "can't decide whether the authorizer is asked, which is before the token is read",
        "Remove it: the authorizer sees the token, too.",
      );
  });
}
