import assert from "node:assert/strict";
import { judge } from "../../../policies/judge";
import { fromYaml } from "../../../policies/sources/yaml";

const rule = (name: string, namespace?: string) => `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: ${name}${namespace === undefined ? "" : `, namespace: ${namespace}`}}
spec: {host: web, trafficPolicy: {outlierDetection: {}}}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: ${name}${namespace === undefined ? "" : `, namespace: ${namespace}`}}
spec: {hosts: [web], http: [{route: [{destination: {host: web}}]}]}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: ${name}${namespace === undefined ? "" : `, namespace: ${namespace}`}}
spec:
  selector: {istio: ingress}
  servers: [{port: {number: 443, name: tls, protocol: TLS}, tls: {mode: PASSTHROUGH}, hosts: [web.example.com]}]
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: {name: ${name}${namespace === undefined ? "" : `, namespace: ${namespace}`}}
spec: {mtls: {mode: STRICT}}
`;

/** The levels of what two objects do to each other. */
function levels(...files: readonly string[]): string[] {
  const resources = files.flatMap((text, index) => fromYaml(text, `${index}.yaml`).resources);
  const conflicts = ["IST-DESTINATION-ONCE", "IST-HOST-ONCE", "IST-GATEWAY-CONFLICT", "IST-POLICY-ONCE"];
  return judge(resources)
    .findings.filter((one) => conflicts.includes(one.rule))
    .map((one) => `${one.severity} ${one.rule}`);
}

const all = (severity: string) =>
  ["IST-DESTINATION-ONCE", "IST-HOST-ONCE", "IST-GATEWAY-CONFLICT", "IST-POLICY-ONCE"].map((id) => `${severity} ${id}`);

describe("objects in each other's way", () => {
  it("are a likely mistake only where the command says the namespace of each file", () =>
    assert.deepEqual(levels(rule("a"), rule("b")), all("advisory")));

  it("are one in a single file", () => assert.deepEqual(levels(`${rule("a")}---\n${rule("b")}`), all("mandatory")));

  it("are one where both files say the namespace", () =>
    assert.deepEqual(levels(rule("a", "shop"), rule("b", "shop")), all("mandatory")));
});
