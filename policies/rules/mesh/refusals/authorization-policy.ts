import type { Check } from "../../../rule";
import type { Value } from "../../../value";
import { isAddressRange } from "../support/domains";
import { textsOf } from "../support/objects";
import { guarded, type Refusals, type Refuse } from "./refuse";

// Rules that aren't there are IST-AUTHZ-EMPTY's.
export const refuseAuthorizationPolicy: Refusals = (policy, refuse, check) => {
  const spec = policy.get("spec");
  guarded(check, () => refuseProvider(spec, refuse));
  check.each(spec.get("rules").list(), (rule) => {
    const isCustom = spec.get("action").text() === "CUSTOM";
    check.each(rule.get("from").list(), (from) => {
      refuseSource(from.get("source"), isCustom, refuse, check);
    });
    check.each(rule.get("to").list(), (to) => {
      refuseOperation(to.get("operation"), refuse, check);
    });
    check.each(rule.get("when").list(), (when) => refuseCondition(when, isCustom, refuse));
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

function refuseSource(source: Value, isCustom: boolean, refuse: Refuse, check: Check): void {
  guarded(check, () => {
    const given = withNegations([...identities, ...addresses]).filter((key) => source.get(key).list().length > 0);
    if (given.length === 0) refuse(source, "has a source that names nobody", "Name one, or take from out.");
    const accounts = given.find((key) => withNegations(["serviceAccounts"]).includes(key));
    const other = given.find((key) => withNegations(["principals", "namespaces"]).includes(key));
    if (accounts !== undefined && other !== undefined)
      refuse(source, `has ${accounts} and ${other} in one source`, "Keep one of them.");
    const unknowable = given.find((key) => withNegations(identities).includes(key));
    if (isCustom && unknowable !== undefined)
      refuse(source, `has ${unknowable} and the action CUSTOM`, "Let the provider decide it.");
  });
  for (const key of withNegations([...identities, ...addresses])) refuseEmpty(source.get(key), key, refuse, check);
  for (const key of withNegations(addresses))
    check.each(source.get(key).list(), (value) => refuseAddress(value, key, refuse));
}

function refuseAddress(value: Value, key: string, refuse: Refuse): void {
  const text = value.text();
  if (text !== undefined && text !== "" && !isAddressRange(text))
    refuse(value, `has "${text}" in ${key}, which is no address`, "Write e.g. 10.0.0.1 or 10.0.0.0/8.");
}

const operations = ["hosts", "ports", "methods", "paths"];

function refuseOperation(operation: Value, refuse: Refuse, check: Check): void {
  guarded(check, () => {
    if (withNegations(operations).every((key) => operation.get(key).list().length === 0))
      refuse(operation, "has an operation that names nothing", "Name something, or take to out.");
  });
  for (const key of withNegations(operations)) refuseEmpty(operation.get(key), key, refuse, check);
  for (const key of withNegations(["ports"]))
    check.each(operation.get(key).list(), (value) => {
      const text = value.text();
      if (text !== undefined && text !== "" && !isPort(text))
        refuse(value, `has "${text}" in ${key}, which is no port`, "Write its number.");
    });
}

function isPort(text: string): boolean {
  return /^\d+$/.test(text) && Number(text) <= 65535;
}

function refuseEmpty(list: Value, key: string, refuse: Refuse, check: Check): void {
  check.each(list.list(), (value) => {
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
  const texts = values.flatMap(textsOf);
  const isWrong = key.endsWith(".ip") ? (text: string) => !isAddressRange(text) : (text: string) => text === "";
  const wrong = texts.find(key === "destination.port" ? (text) => !isPort(text) : isWrong);
  if (wrong !== undefined) refuse(when, `has the value "${wrong}" for ${key}`, "Correct it, or take it out.");
}
