import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ask } from "../../../cli/ask/ask";
import { questionOf } from "../../../cli/ask/question";
import { until } from "../cluster/daemon";
import { answered, type Answer, type Host } from "../cluster/host";
import { realStack, type RealStack } from "./asked/real-stack";
import { callOf } from "./external/calls";
import { hasStatus, headerOf } from "./routing/expect";
import { useMesh } from "./use-mesh";

const stackFile = readFileSync(join(__dirname, "egress.yaml"), "utf8");

/** What `caller` lists in `calls`, and leaves for by the gateway. */
const leaving = [
  { what: "TLS of the application's own", url: "https://pay.example.org/" },
  { what: "another name of the same entry", url: "https://refunds.example.org/" },
  { what: "HTTPS of the application's own", url: "https://store.example.org/" },
  { what: "requests in the clear", url: "http://api.example.org/" },
  { what: "requests that get TLS at the gateway", url: "http://geo.example.org/" },
  { what: "a bare connection to an address", url: "http://ledger.example.org:5432/" },
];

/** One closed mesh for all of them, in which the gateway lets out who says so in `calls`. */
describe("an egress gateway", () => {
  const hosts = new Map<string, Host>();
  const mesh = useMesh("egress.yaml", async (started) => {
    const names = ["pay", "refunds", "store", "api", "geo", "borrowed", "direct"].map((name) => `${name}.example.org`);
    const certified = names.filter((name) => !name.startsWith("borrowed"));
    const tls = { port: 443, ...(await started.authority.issue(certified)) };
    hosts.set("partner", await started.outside("partner", "198.51.100.30", 80, tls));
    hosts.set("ledger", await started.outside("ledger", "198.51.100.31", 5432));
    await started.names.add({
      ...Object.fromEntries(names.map((name) => [name, "198.51.100.30"])),
      "ledger.example.org": "198.51.100.31",
    });
    await started.install();
  });
  let real: RealStack;
  before("wait until proxies know the way out", async () => {
    real = realStack(mesh(), stackFile);
    for (const { url } of leaving) await until(url, async () => (await send(url)).status === 200 || undefined);
  });

  async function send(url: string, from = "caller"): Promise<Answer> {
    return (await real.application(from)).call(callOf(url, mesh().authority.certificate));
  }

  const egress = () => mesh().kubelet.ready("istio-egress", { istio: "egress" });
  const asked = (url: string, from: string) => ask(real.stack, questionOf(`GET ${url} from ${from}`));

  for (const { what, url } of leaving)
    it(`takes out ${what}: the far end sees the gateway's address, as --ask says`, async () => {
      const answer = await send(url);
      hasStatus(answer, 200);
      assert.equal(answered(answer).remote.replace("::ffff:", ""), (await egress()).address);
      const { outcome, gateway } = asked(url, "caller");
      assert.deepEqual([outcome, gateway?.name], ["application", "egress"]);
    });

  it("leaves what doesn't name it to leave from the caller's own pod", async () => {
    const answer = await send("https://direct.example.org/");
    hasStatus(answer, 200);
    assert.notEqual(answered(answer).remote.replace("::ffff:", ""), (await egress()).address);
    assert.equal(asked("https://direct.example.org/", "caller").gateway, undefined);
  });

  it("speaks TLS by the name that is called, and doesn't say who calls", async () => {
    const answer = await send("http://geo.example.org/");
    assert.equal(answered(answer).servername, "geo.example.org");
    assert.equal(headerOf(answer, "host"), "geo.example.org");
    const told = Object.keys(answered(answer).headers).filter((name) => name.startsWith("x-forwarded"));
    assert.deepEqual(told, ["x-forwarded-proto"]);
  });

  it("refuses the certificate of another name", async () => {
    hasStatus(await send("http://borrowed.example.org/"), 503);
  });

  for (const { from, url, outcome, why } of [
    { from: "stranger", url: "https://pay.example.org/", outcome: "ECONNRESET", why: "lists nothing" },
    { from: "stranger", url: "http://api.example.org/", outcome: 403, why: "lists nothing" },
    { from: "stranger", url: "http://ledger.example.org:5432/", outcome: "ECONNRESET", why: "lists nothing" },
    { from: "clerk", url: "https://pay.example.org/", outcome: "ECONNRESET", why: "lists another name" },
    { from: "silent", url: "https://pay.example.org/", outcome: "ECONNRESET", why: "calls nothing" },
    { from: "silent", url: "http://api.example.org/", outcome: "ECONNRESET", why: "calls nothing" },
  ])
    it(`doesn't take ${from}, who ${why}, to ${url}, as --ask says`, async () => {
      for (const host of hosts.values()) await host.received();
      const { status, error } = await send(url, from);
      assert.equal(status ?? error, outcome);
      for (const host of hosts.values()) assert.deepEqual(await host.received(), []);
      assert.ok(["refused", "unreachable"].includes(asked(url, from).outcome));
    });

  it("takes who lists one name to that one", async () => {
    hasStatus(await send("http://api.example.org/", "clerk"), 200);
  });
});
