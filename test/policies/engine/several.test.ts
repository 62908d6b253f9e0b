import assert from "node:assert/strict";
import { evaluate } from "../../../policies/engine/evaluate";
import { Inventory } from "../../../policies/engine/inventory";
import type { Rule } from "../../../policies/engine/rule";
import { entryOnce } from "../../../policies/rules/istio/routing/entry-once";
import { gatewayConflict } from "../../../policies/rules/istio/gateway/gateway-conflict";
import { noSettings } from "../../../policies/engine/settings";
import { fromYaml } from "../../../policies/sources/yaml";

/** What a rule says about objects of a kind that are told by their names. */
function messages(rule: Rule, kind: string, specs: Readonly<Record<string, object>>): Record<string, string> {
  const documents = Object.entries(specs).map(([name, spec]) =>
    JSON.stringify({ apiVersion: "networking.istio.io/v1", kind, metadata: { name, namespace: "shop" }, spec }),
  );
  const { resources } = fromYaml(documents.join("\n---\n"), "");
  const { findings } = evaluate(new Inventory(resources), [rule], noSettings);
  return Object.fromEntries(findings.map(({ resource, message }) => [resource.split("/")[1], message]));
}

describe("a finding about several others", () => {
  const entry = (protocol: string) => ({ hosts: ["db.example.org"], ports: [{ number: 443, name: "a", protocol }] });
  const server = (host: string, protocol: string) => ({
    selector: { istio: "ingress" },
    servers: [{ hosts: [host], port: { number: 8443, name: "a", protocol } }],
  });

  it("names those that say something else", () => {
    assert.deepEqual(messages(entryOnce, "ServiceEntry", { a: entry("HTTP"), b: entry("TLS"), c: entry("TLS") }), {
      a: "db.example.org:443 is HTTP here and TLS in ServiceEntry shop/b and ServiceEntry shop/c: proxies take one of them for both.",
      b: "db.example.org:443 is TLS here and HTTP in ServiceEntry shop/a: proxies take one of them for both.",
      c: "db.example.org:443 is TLS here and HTTP in ServiceEntry shop/a: proxies take one of them for both.",
    });
  });

  it("names all where they agree", () => {
    assert.deepEqual(messages(entryOnce, "ServiceEntry", { a: entry("TLS"), b: entry("TLS"), c: entry("TLS") }), {
      a: "db.example.org:443 is in ServiceEntry shop/b and ServiceEntry shop/c too: its endpoints come from all of them.",
      b: "db.example.org:443 is in ServiceEntry shop/a and ServiceEntry shop/c too: its endpoints come from all of them.",
      c: "db.example.org:443 is in ServiceEntry shop/a and ServiceEntry shop/b too: its endpoints come from all of them.",
    });
  });

  it("speaks of them in the plural", () => {
    const gateways = { a: server("a.org", "TLS"), b: server("b.org", "TLS"), c: server("c.org", "HTTP") };
    assert.deepEqual(messages(gatewayConflict, "Gateway", gateways), {
      a: "takes TLS on port 8443, and Gateway shop/c takes HTTP there on the same pods: Istio drops one of them.",
      b: "takes TLS on port 8443, and Gateway shop/c takes HTTP there on the same pods: Istio drops one of them.",
      c: "takes HTTP on port 8443, and Gateway shop/a and Gateway shop/b take TLS there on the same pods: Istio drops one of them.",
    });
  });
});
