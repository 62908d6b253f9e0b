import type { Inventory } from "../../engine/inventory";
import type { KubernetesObject } from "../../engine/resource";
import type { Check, Rule, Violation } from "../../engine/rule";
import type { Value } from "../../engine/value";
import { isIstios, listenersOf } from "../../facts/gateway-api/listeners";

/** Listeners of a Gateway are ones that the API server takes. */
export const listener: Rule = {
  id: "GWAPI-LISTENER",
  severity: "mandatory",
  title: "a Gateway's listeners have names, hosts and TLS settings that go together",
  why: "The API server refuses a whole Gateway for one listener whose settings contradict each other.",
  fix: "Give each listener a name of its own, and tls only where its protocol has it.",
  codes: [],
  docs: "https://gateway-api.sigs.k8s.io/reference/spec/#listener",

  judge: (inventory, check) =>
    check.each(inventory.objects("KubernetesGateway"), (gateway) => {
      check.each(listenersOf(gateway), (value) => {
        check.each([value], () => judgeTls(value, gateway, inventory, check));
        check.each([value], () => judgeHostname(value, check));
      });
      check.each([gateway], () => judgeNames(gateway, check));
    }),
};

function judgeTls(value: Value, gateway: KubernetesObject, inventory: Inventory, check: Check): void {
  const problem = tlsProblem(value, gateway, inventory);
  if (problem) check.violation(value.get("tls"), problem);
}

function tlsProblem(value: Value, gateway: KubernetesObject, inventory: Inventory): Violation | undefined {
  const tls = value.get("tls");
  const protocol = value.get("protocol").text() ?? "";
  const mode = tls.get("mode").text() || "Terminate";
  if (["HTTP", "TCP", "UDP"].includes(protocol)) {
    if (!tls.exists) return undefined;
    return {
      message: `has tls, and the protocol ${protocol} has none: the API server refuses the Gateway.`,
      fix: `Set the protocol to ${protocol === "HTTP" ? "HTTPS" : "TLS"}, or take tls out.`,
    };
  }
  if (protocol !== "HTTPS" && protocol !== "TLS") return undefined;
  if (!tls.exists) {
    // It keeps the port for listeners of ListenerSets, which bring certificates.
    if (gateway.get("spec", "allowedListeners").exists || !isIstios(gateway, inventory)) return undefined;
    return {
      message: `has the protocol ${protocol} and no tls: without a certificate nobody can connect to it.`,
      fix: "Name the certificate's Secret in tls.certificateRefs.",
    };
  }
  if (protocol === "HTTPS" && mode !== "Terminate")
    return {
      message: `has the protocol HTTPS and the mode ${mode}: the API server refuses the Gateway.`,
      fix: "Set the protocol to TLS to pass connections through, or the mode to Terminate.",
    };
  const hasNone = tls.get("certificateRefs").list().length === 0 && tls.get("options").entries().length === 0;
  if (mode !== "Terminate" || !hasNone) return undefined;
  return {
    message: "ends TLS and names no certificate: the API server refuses the Gateway.",
    fix: "Name the certificate's Secret in tls.certificateRefs.",
  };
}

function judgeHostname(value: Value, check: Check): void {
  const hostname = value.get("hostname");
  const protocol = value.get("protocol").text() ?? "";
  if (!["TCP", "UDP"].includes(protocol) || !hostname.text()) return;
  check.violation(hostname, {
    message: `has a hostname, and connections of ${protocol} bring none: the API server refuses the Gateway.`,
    fix: "Take hostname out.",
  });
}

/** Which of them have the same place, IST-GATEWAY-LISTENER tells. */
function judgeNames(gateway: KubernetesObject, check: Check): void {
  const seen = new Set<string>();
  for (const value of listenersOf(gateway)) {
    const name = value.get("name").text() ?? "";
    if (seen.has(name))
      check.violation(value.get("name"), {
        message: `two listeners are called ${name}: the API server refuses the Gateway.`,
        fix: "Give one of them another name.",
      });
    seen.add(name);
  }
}
