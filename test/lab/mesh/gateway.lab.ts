import assert from "node:assert/strict";
import { answered, type Host } from "../cluster/host";
import { useMesh } from "./use-mesh";

describe("through the gateway", () => {
  const mesh = useMesh("routing.yaml");
  let internet: Host;
  before(async () => {
    internet = await mesh().outside("internet", "203.0.113.7");
  });

  /** A request as the load balancer passes it on: TLS is off, and the client's address is kept. */
  async function ask(host: string, port: 8443 | 8081 = 8443) {
    const { address } = await mesh().gateway();
    return internet.call({ host, port, address });
  }

  it("an application is reached at its host", async () => {
    const answer = await ask("web.example.com");
    assert.equal(answer.status, 200);
    assert.equal(answered(answer).app, "web-v1");
  });

  it("an unknown host gets 404", async () => assert.equal((await ask("nope.example.com")).status, 404));
});
