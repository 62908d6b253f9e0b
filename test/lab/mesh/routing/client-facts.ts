import assert from "node:assert/strict";
import { answered } from "../../cluster/host";
import { appOf, hasStatus, headerOf } from "./expect";
import { clientAddress, type Routing } from "./routing";

/** What an application is told about the client, and who can forge it. */
export function clientFacts(routing: () => Routing): void {
  describe("what the application is told of the client", () => {
    it("is https, whatever the client says", async () => {
      assert.equal(headerOf(await routing().outside("web"), "x-forwarded-proto"), "https");
      const headers = { "x-forwarded-proto": "http" };
      assert.equal(headerOf(await routing().outside("web", "/", { headers }), "x-forwarded-proto"), "https");
    });

    it("is https on every kind of route", async () => {
      for (const [host, path] of [
        ["web", "/api/members"],
        ["web", "/shop/"],
        ["web", "/headers"],
        ["reviews", "/export"],
        ["apex", "/"],
      ] as const) {
        const answer = await routing().outside(host === "apex" ? "example.com" : host, path);
        assert.equal(headerOf(answer, "x-forwarded-proto"), "https", `${host} ${path}`);
      }
    });

    it("is not https for a caller inside the mesh", async () => {
      assert.equal(headerOf(await routing().inside("web"), "x-forwarded-proto"), "http");
    });

    it("is the client's address", async () => {
      const answer = await routing().outside("web");
      assert.equal(headerOf(answer, "x-forwarded-for"), clientAddress);
      assert.equal(headerOf(answer, "x-envoy-external-address"), clientAddress);
    });

    it("is the client's own address in the last place, whatever stands before it", async () => {
      const headers = { "x-forwarded-for": "10.0.0.9, 198.51.100.1", "x-envoy-external-address": "198.51.100.2" };
      const answer = await routing().outside("web", "/", { headers });
      const addresses = headerOf(answer, "x-forwarded-for")?.split(/,\s*/) ?? [];
      assert.equal(addresses.at(-1), clientAddress);
      assert.equal(headerOf(answer, "x-envoy-external-address"), clientAddress);
    });

    it("has no identity that the client claims", async () => {
      const claim = "spiffe://cluster.local/ns/web/sa/admin";
      const answer = await routing().outside("web", "/", { headers: { "x-forwarded-client-cert": `URI=${claim}` } });
      const certificates = headerOf(answer, "x-forwarded-client-cert") ?? "";
      assert.ok(!certificates.includes(claim), certificates);
      assert.match(certificates, /URI=spiffe:\/\/cluster\.local\/ns\/istio-ingress\/sa\/istio-ingress$/);
    });
  });

  describe("a client that gives orders to Envoy", () => {
    for (const [where, address] of [
      ["in the internet", undefined],
      ["with a private address", "10.77.0.5"],
    ] as const)
      it(`gets no retries, ${where}`, async () => {
        const client = address ? await routing().mesh.outside("intranet", address) : routing().internet;
        for (const program of routing().programs("flaky")) await program.behave({ status: 503 });
        const headers = { "x-envoy-retry-on": "5xx", "x-envoy-max-retries": "5" };
        hasStatus(await client.call(routing().publicCall("flaky", "/never", { headers })), 503);
        assert.equal((await routing().received("flaky", "/never")).length, 1);
      });

    it("gets no other timeout", async () => {
      for (const program of routing().programs("flaky")) await program.behave({ delay: 1000 });
      const headers = { "x-envoy-upstream-rq-timeout-ms": "10", "x-envoy-upstream-rq-per-try-timeout-ms": "10" };
      const answer = await routing().outside("flaky", "/patient", { headers });
      assert.equal(appOf(answer), "flaky-v1");
      assert.deepEqual(
        Object.keys(answered(answer).headers).filter((name) => name in headers),
        [],
      );
    });
  });
}
