import assert from "node:assert/strict";
import { ask } from "../../../../cli/ask/ask";
import { questionOf } from "../../../../cli/ask/question";
import { answered, type Answer, type Host } from "../../cluster/host";
import { appOf, hasStatus } from "../routing/expect";
import type { Access } from "./access";
import { fromAdmin } from "./envoy-admin";
import { serverHost, serverPort, servers, type Server } from "./servers";

/** What an application calls, and what its sidecars know. */
export function calls(access: () => Access): void {
  describe("an application that says what it calls", () => {
    before(() => access().startServers());

    it("has sidecars that know this and what the mesh needs, and nothing else", async () => {
      assert.deepEqual(await known(await access().real.application("scoped")), [
        // The authorizers are asked by any sidecar.
        "authorizer.tools.svc.cluster.local",
        "bank.example.net",
        "istiod.istio-system.svc.cluster.local",
        "orders.shop.svc.cluster.local",
        "porter.tools.svc.cluster.local",
        "scoped.shop.svc.cluster.local",
        // A route of `orders` leads to it.
        "stock.shop.svc.cluster.local",
      ]);
    });

    it("reaches it, its other versions, and services that its routes lead to", async () => {
      const orders = (path: string, headers = {}) =>
        access().send(`GET http://orders.shop${path} from scoped`, headers);
      assert.equal(appOf(await orders("/orders")), "orders-v1");
      assert.equal(appOf(await orders("/orders", { "x-version": "v2" })), "orders-v2");
      assert.equal(appOf(await orders("/stock/7")), "stock-v1");
    });

    it("doesn't reach another application, though that would let it in", async () => {
      hasStatus(await access().send("GET http://tool.tools/ from scoped"), 502);
      hasStatus(await access().send("GET http://tool.tools/ from stranger"), 200);
    });
  });

  describe("a mesh of registered hosts only", () => {
    for (const [who, server, status] of [
      ["scoped", "bank", 200],
      ["scoped", "post", 502],
      ["scoped", "other", 502],
      ["caller", "bank", 200],
      ["caller", "post", 200],
      ["caller", "other", 502],
    ] as const)
      it(`${status === 200 ? "leads" : "doesn't lead"} ${who} to ${server}, as --ask says`, async () => {
        const answer = await (await access().real.application(who)).call(callOf(server));
        hasStatus(answer, status);
        if (status === 200) assert.equal(answered(answer).app, server);
        const planned = ask(access().real.stack, questionOf(`GET http://${server}.example.net:8080/ from ${who}`));
        assert.equal(planned.outcome, status === 200 ? "application" : "unreachable");
      });

    it("takes no bare connection to an address that nobody registered", async () => {
      const caller = await access().real.application("caller");
      const answer: Answer = await caller.call({ host: "other.example.net", port: 8079, address: servers.other });
      assert.equal(answer.error, "ECONNRESET");
    });
  });
}

function callOf(name: Server) {
  return { host: `${serverHost(name)}:${serverPort}`, port: serverPort, address: servers[name] };
}

/** The hosts that a pod's sidecar has clusters for. */
async function known(pod: Host): Promise<readonly string[]> {
  const dump = await fromAdmin(pod, "/config_dump?resource=dynamic_active_clusters");
  const { configs } = JSON.parse(dump) as {
    readonly configs: readonly { readonly cluster: { readonly name: string } }[];
  };
  const names = configs.map(({ cluster }) => cluster.name).filter((name) => name.startsWith("outbound|"));
  return [...new Set(names.map((name) => name.split("|").at(-1) ?? ""))].sort();
}
