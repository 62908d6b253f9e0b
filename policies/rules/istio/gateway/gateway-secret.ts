import type { Inventory } from "../../../engine/inventory";
import type { KubernetesObject } from "../../../engine/resource";
import type { Check, Rule } from "../../../engine/rule";
import type { Value } from "../../../engine/value";
import { namespaceOf } from "../../../facts/istio/objects";
import { isFilledByCharts } from "../../../facts/istio/places";
import { proxiesOf } from "../../../facts/istio/servers";
import { nameOf } from "../../../facts/kubernetes/names";
import { KeyIndex } from "../../../facts/key-index";
import { isCopied, promisedSecrets } from "../../../facts/kubernetes/secrets";
import { assertKnown } from "../../../facts/kubernetes/selection";

/** A Gateway's certificates are in Secrets beside its pods. */
export const gatewaySecret: Rule = {
  id: "IST-GATEWAY-SECRET",
  severity: "mandatory",
  title: "the Secret of a Gateway's certificate is beside its pods and complete",
  why: "Without the Secret the gateway resets every TLS connection to those hosts, and it looks for it in its pods' namespace only.",
  fix: "Put a Secret with tls.crt and tls.key into the namespace of the gateway's pods.",
  codes: ["IST0101", "IST0161"],
  docs: "https://istio.io/latest/docs/tasks/traffic-management/ingress/secure-ingress/",

  judge: (inventory, check) =>
    check.each(inventory.objects("Gateway"), (gateway) => {
      check.each(gateway.get("spec", "servers").list(), (server) => {
        const tls = server.get("tls");
        const mode = tls.get("mode").text();
        const names = [tls.get("credentialName"), ...tls.get("credentialNames").list()];
        for (const name of names) judge(gateway, name, mode, inventory, check);
      });
    }),
};

function judge(
  gateway: KubernetesObject,
  credential: Value,
  mode: string | undefined,
  inventory: Inventory,
  check: Check,
): void {
  const name = credential.text();
  // kubernetes:// and the like name other stores.
  if (!name || name.includes("://")) return;
  const proxies = proxiesOf(gateway, inventory);
  if (proxies.found.length === 0) assertKnown(proxies);
  for (const namespace of new Set(proxies.found.map((proxy) => proxy.knownNamespace))) {
    // With a namespace istiod takes it, too, if that is the pods' own.
    const own = name.startsWith(`${namespace}/`) ? name.slice(namespace.length + 1) : name;
    const secret = inventory.find("Secret", namespace, own);
    if (secret) judgeSecret(secret, credential, mode, namespace, inventory, check);
    else judgeMissing(credential, own, namespace, inventory, check);
  }
}

function judgeMissing(at: Value, name: string, namespace: string, inventory: Inventory, check: Check): void {
  if (inventory.isOutside("Secret", namespace, name) || isFilledByCharts(inventory, namespace)) return;
  const promised = inventory.once(promisedSecrets);
  if (promised.get(name).some((one) => namespaceOf(one) === namespace)) return;
  promised.assertKnown();
  const secrets = inventory.once(secretsByName);
  const strays = [...secrets.get(name), ...promised.get(name)];
  // Whoever asks for copies in other namespaces gets them from a controller.
  if (strays.some(isCopied)) return;
  const [stray] = strays;
  if (!stray) secrets.assertKnown();
  if (!stray && !inventory.missing("Secret", namespace, name)) return;
  check.violation(at, {
    message: `no Secret ${name} exists in the namespace ${namespace}, where the gateway's pods are${stray ? ` (${whatOf(stray)} is of no use to them)` : ""}: TLS connections to its hosts are reset.`,
    fix: `${stray ? `Put ${stray.kind === "Secret" ? "it" : stray.label} into ${namespace}.` : `Make it there.`} If somebody else does, name "Secret ${namespace}/${name}" under outside in the policies' configuration.`,
  });
}

function whatOf(stray: KubernetesObject): string {
  return stray.kind === "Secret" ? stray.label : `the one that ${stray.label} makes beside itself`;
}

function judgeSecret(
  secret: KubernetesObject,
  at: Value,
  mode: string | undefined,
  namespace: string,
  inventory: Inventory,
  check: Check,
): void {
  const keys = keysOf(secret);
  // A Secret without data is filled in later.
  if (keys.size === 0) return;
  if (!(keys.has("tls.crt") && keys.has("tls.key")) && !(keys.has("cert") && keys.has("key"))) {
    check.violation(at, {
      message: `${secret.label} has ${[...keys].sort().join(", ")} where the gateway wants tls.crt and tls.key: TLS connections to its hosts are reset.`,
      fix: "Name the certificate tls.crt and its key tls.key.",
    });
    return;
  }
  if (mode !== "MUTUAL" && mode !== "OPTIONAL_MUTUAL") return;
  const others = inventory.find("Secret", namespace, `${secret.name}-cacert`);
  if (["ca.crt", "cacert"].some((key) => keys.has(key)) || others) return;
  if (inventory.isOutside("Secret", namespace, `${secret.name}-cacert`)) return;
  check.violation(at, {
    message: `${secret.label} has no ca.crt, and there is no Secret ${secret.name}-cacert: with ${mode} no client can be verified, and all are refused.`,
    fix: "Add the clients' CA to it as ca.crt.",
  });
}

function keysOf(secret: KubernetesObject): Set<string> {
  return new Set(
    ["data", "stringData"].flatMap((field) =>
      secret
        .get(field)
        .entries()
        .map(([key]) => key),
    ),
  );
}

function secretsByName(inventory: Inventory): KeyIndex<KubernetesObject> {
  return new KeyIndex(inventory.objects("Secret"), (secret) => [nameOf(secret) ?? ""]);
}
