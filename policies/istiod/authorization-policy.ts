import type { Check } from "../engine/rule";
import type { Value } from "../engine/value";
import { isAddressRange } from "../facts/istio/domains";
import { textsOf } from "../facts/istio/objects";
import { eachIn, guarded, type Refusals, type Refuse } from "./refuse";
import { knownTexts } from "./values";

// Rules that aren't there are IST-AUTHZ-EMPTY's.
export const refuseAuthorizationPolicy: Refusals = (policy, refuse, check) => {
  const spec = policy.get("spec");
  guarded(check, () => refuseProvider(spec, refuse));
  eachIn(check, spec.get("rules"), (rule) => {
    const isCustom = spec.get("action").text() === "CUSTOM";
    eachIn(check, rule.get("from"), (from) => {
      refuseSource(from.get("source"), isCustom, refuse, check);
    });
    eachIn(check, rule.get("to"), (to) => {
      refuseOperation(to.get("operation"), refuse, check);
    });
    eachIn(check, rule.get("when"), (when) => refuseCondition(when, isCustom, refuse));
  });
};

function refuseProvider(spec: Value, refuse: Refuse): void {
  const action = spec.get("action").text() ?? "ALLOW";
  const provider = spec.get("provider");
  if (action !== "CUSTOM" && provider.exists)
    refuse(provider, `has a provider, and the action ${action}`, "Set action: CUSTOM, or take it out.");
  if (action === "CUSTOM" && spec.get("rules").exists && !provider.get("name").text())
    refuse(spec, "has the action CUSTOM and no provider", "Add provider with the name of one in meshConfig.");
}

const identities = ["principals", "requestPrincipals", "namespaces", "serviceAccounts", "trustDomains"];
const addresses = ["ipBlocks", "remoteIpBlocks"];

/** With what takes all but those: `notPrincipals`. */
function withNegations(keys: readonly string[]): readonly string[] {
  return keys.flatMap((key) => [key, `not${key.charAt(0).toUpperCase()}${key.slice(1)}`]);
}

/** What is unknown may well have entries. */
function isGiven(list: Value): boolean {
  return list.isUnknown || list.list().length > 0;
}

function refuseSource(source: Value, isCustom: boolean, refuse: Refuse, check: Check): void {
  const keys = withNegations([...identities, ...addresses]);
  guarded(check, () => {
    if (!keys.some((key) => isGiven(source.get(key))))
      refuse(source, "has a source that names nobody", "Name one, or take from out.");
  });
  guarded(check, () => {
    const given = keys.filter((key) => !source.get(key).isUnknown && isGiven(source.get(key)));
    const accounts = given.find((key) => withNegations(["serviceAccounts"]).includes(key));
    const other = given.find((key) => withNegations(["principals", "namespaces"]).includes(key));
    if (accounts !== undefined && other !== undefined)
      refuse(source, `has ${accounts} and ${other} in one source`, "Keep one of them.");
    const unknowable = given.find((key) => withNegations(identities).includes(key));
    if (isCustom && unknowable !== undefined)
      refuse(source, `has ${unknowable} and the action CUSTOM`, "Let the provider decide it.");
  });
  for (const key of keys) refuseEmpty(source.get(key), key, refuse, check);
  for (const key of withNegations(addresses))
    eachIn(check, source.get(key), (value) => refuseAddress(value, key, refuse));
}

function refuseAddress(value: Value, key: string, refuse: Refuse): void {
  const text = value.text();
  if (text !== undefined && text !== "" && !isAddressRange(text))
    refuse(value, `has "${text}" in ${key}, which is no address`, "Write e.g. 10.0.0.1 or 10.0.0.0/8.");
}

const operations = ["hosts", "ports", "methods", "paths"];

function refuseOperation(operation: Value, refuse: Refuse, check: Check): void {
  guarded(check, () => {
    if (!withNegations(operations).some((key) => isGiven(operation.get(key))))
      refuse(operation, "has an operation that names nothing", "Name something, or take to out.");
  });
  for (const key of withNegations(operations)) refuseEmpty(operation.get(key), key, refuse, check);
  for (const key of withNegations(["ports"]))
    eachIn(check, operation.get(key), (value) => {
      const text = value.text();
      if (text !== undefined && text !== "" && !isPort(text))
        refuse(value, `has "${text}" in ${key}, which is no port`, "Write its number.");
    });
}

function isPort(text: string): boolean {
  return /^\d+$/.test(text) && Number(text) <= 65535;
}

function refuseEmpty(list: Value, key: string, refuse: Refuse, check: Check): void {
  eachIn(check, list, (value) => {
    if (value.text() === "") refuse(value, `has an empty text in ${key}`, "Write something, or take it out.");
  });
}

/** Attributes by name, and those that have a name in brackets. */
const attributes = [
  ...["source.ip", "remote.ip", "source.namespace", "source.serviceAccount", "source.principal", "source.trustDomain"],
  ...["request.auth.principal", "request.auth.audiences", "request.auth.presenter"],
  ...["destination.ip", "destination.port", "connection.sni"],
];
const maps = ["request.headers", "request.auth.claims", "experimental.envoy.filters."];

function refuseCondition(when: Value, isCustom: boolean, refuse: Refuse): void {
  const key = when.get("key").text() ?? "";
  const values = [when.get("values"), when.get("notValues")];
  if (!attributes.includes(key) && !maps.some((name) => key.startsWith(name) && /^[^[]+\[.+\]$/.test(key))) {
    refuse(
      when,
      `has a condition for "${key}", which is no attribute`,
      `Use ${attributes.join(", ")}, or request.headers[NAME].`,
    );
    return;
  }
  if (isCustom && /^(source\.(namespace|serviceAccount|trustDomain|principal)$|request\.auth\.)/.test(key))
    refuse(when, `has a condition for ${key} and the action CUSTOM`, "Let the provider decide it.");
  if (values.every((list) => list.list().length === 0))
    refuse(when, `has a condition for ${key} without values`, "Add values or notValues.");
  const texts = values.flatMap(knownTexts);
  const isWrong = key.endsWith(".ip") ? (text: string) => !isAddressRange(text) : (text: string) => text === "";
  const wrong = texts.find(key === "destination.port" ? (text) => !isPort(text) : isWrong);
  if (wrong !== undefined) refuse(when, `has the value "${wrong}" for ${key}`, "Correct it, or take it out.");
  // One that is unknown may be wrong, too.
  else values.forEach(textsOf);
}
