import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ask } from "../../../cli/ask/ask";
import { questionOf } from "../../../cli/ask/question";
import { until } from "../cluster/daemon";
import { answered, type Answer, type Host } from "../cluster/host";
import { realStack, type RealStack } from "./asked/real-stack";
import { callOf, reached, unreachable, type OutsideCall } from "./external/calls";
import { startInternet, type Internet } from "./external/internet";
import { hasStatus, headerOf } from "./routing/expect";
import { useMesh } from "./use-mesh";

const stackFile = readFileSync(join(__dirname, "external.yaml"), "utf8");

/** One mesh for all of them, whose sidecars let out nothing that the stack file doesn't list. */
describe("what lies outside of the mesh", () => {
  let internet: Internet;
  const mesh = useMesh("external.yaml", async (started) => {
    internet = await startInternet(started);
    await started.install();
  });
  let real: RealStack;
  before("wait until proxies know it", async () => {
    real = realStack(mesh(), stackFile);
    for (const each of reached) await until(each.url, async () => (await send(each)).status === 200 || undefined);
  });

  const originated = (name: string) => send({ url: `http://${name}.example.org/` });

  async function send({ url, from = "caller" }: Pick<OutsideCall, "url" | "from">): Promise<Answer> {
    return (await real.application(from)).call(callOf(url, mesh().authority.certificate));
  }

  describe("a pod", () => {
    for (const name of ["caller", "caller.shop", "caller.shop.svc", "caller.shop.svc.cluster.local"])
      it(`finds its Service by the name ${name}`, async () => {
        const metadata = { name: "caller", namespace: "shop" };
        const { spec } = await mesh().api.get({ apiVersion: "v1", kind: "Service", metadata });
        assert.equal(await (await real.application("reports")).lookup(name), (spec as { clusterIP: string }).clusterIP);
      });

    it("finds names of the internet, and no others", async () => {
      const caller = await real.application("caller");
      assert.equal(await caller.lookup("api.example.org"), "198.51.100.20");
      assert.equal(await caller.lookup("nobody.example.org"), "ENOTFOUND");
    });

    it("doesn't find a Service of another namespace by its short name", async () => {
      assert.equal(await (await real.application("outsider")).lookup("caller"), "ENOTFOUND");
    });

    it("without a sidecar calls what it likes", async () => {
      const answer = await (await real.application("outsider")).call(callOf("http://other.example.org/"));
      assert.equal(answered(answer).app, "unlisted");
    });
  });

  for (const each of reached)
    it(`is reached: ${each.what}, as --ask says`, async () => {
      const answer = await send(each);
      hasStatus(answer, each.outcome as number);
      assert.equal(answered(answer).app, each.by);
      assert.equal(outcomeOf(each), "application");
    });

  for (const each of unreachable)
    it(`is out of reach with ${each.outcome}: ${each.what}, as --ask says`, async () => {
      await internet.hosts.unlisted.received();
      const { status, error } = await send(each);
      assert.equal(status ?? error, each.outcome);
      assert.deepEqual(await internet.hosts.unlisted.received(), []);
      assert.equal(outcomeOf(each), "unreachable");
    });

  it("below a wildcard is any port that a request's Host names", async () => {
    const call = { host: "books.parts.example.org:5432", address: "198.51.100.20", port: 80 };
    assert.equal(answered(await (await real.application("caller")).call(call)).app, "ledger");
  });

  describe("TLS that the sidecar originates", () => {
    for (const name of ["geo", "lender", "c.maps"])
      it(`greets ${name} by its name`, async () => {
        const answer = await originated(name);
        assert.equal(answered(answer).servername, `${name}.example.org`);
        assert.equal(headerOf(answer, "host"), `${name}.example.org`);
      });

    for (const name of ["borrowed", "borrowed.maps"])
      it(`refuses the certificate of another name for ${name}`, async () => {
        await internet.hosts.borrowed.received();
        hasStatus(await originated(name), 503);
        assert.deepEqual(await internet.hosts.borrowed.received(), []);
      });

    it("refuses the certificate of an authority that nobody trusts", async () => {
      hasStatus(await originated("forged"), 503);
      assert.deepEqual(await internet.hosts.forged.received(), []);
      // Who trusts it is answered: it is the certificate, and nothing else.
      const outsider: Host = await real.application("outsider");
      hasStatus(await outsider.call(callOf("https://forged.example.org/", internet.stranger.certificate)), 200);
    });
  });

  function outcomeOf({ url, from = "caller" }: OutsideCall): string {
    return ask(real.stack, questionOf(`GET ${url} from ${from}`)).outcome;
  }
});
