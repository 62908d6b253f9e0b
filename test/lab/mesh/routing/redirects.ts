import assert from "node:assert/strict";
import { answered } from "../../cluster/host";
import { appOf, hasStatus } from "./expect";
import { ports, type Ask, type Routing } from "./routing";

/** From http to https, and where routes say so. */
export function redirects(routing: () => Routing): void {
  describe("port 80", () => {
    const plain = (path: string, ask?: Ask) => routing().outside("web", path, { port: ports.http, ...ask });

    it("redirects to https exactly once, with path and query", async () => {
      const path = "/deep/path?query=1&text=two%20words&empty=";
      const answer = await plain(path);
      hasStatus(answer, 301);
      assert.equal(answer.headers?.location, `https://web.example.com${path}`);

      const { protocol, hostname, pathname, search } = new URL(answer.headers.location);
      assert.equal(protocol, "https:");
      const followed = await routing().outside(hostname, pathname + search);
      assert.equal(appOf(followed), "web-v1");
      assert.equal(answered(followed).path, path);
    });

    it("redirects whatever the method", async () => {
      hasStatus(await plain("/", { method: "POST", body: "text" }), 301);
    });

    it("redirects also who claims to have come over https", async () => {
      const answer = await plain("/", { headers: { "x-forwarded-proto": "https", "x-forwarded-port": "443" } });
      hasStatus(answer, 301);
    });

    it("redirects before a route does", async () => {
      const answer = await plain("/old");
      hasStatus(answer, 301);
      assert.equal(answer.headers?.location, "https://web.example.com/old");
    });

    it("passes nothing on", async () => {
      await plain("/unseen");
      assert.deepEqual(await routing().received("web", "/unseen"), []);
    });

    it("redirects an unknown host, too, which gets 404 there", async () => {
      const answer = await routing().outside("nope", "/", { port: ports.http });
      hasStatus(answer, 301);
      assert.equal(answer.headers?.location, "https://nope.example.com/");
      hasStatus(await routing().outside("nope"), 404);
    });
  });

  describe("a redirecting route", () => {
    for (const [what, path, status, location] of [
      ["leads to https, with its own code", "/old", 308, "https://web.example.com/new"],
      [
        "leads to another host, with the path and query it came for",
        "/moved/a?b=c",
        301,
        "https://shop.example.com/moved/a?b=c",
      ],
      ["leads to http where it says so", "/plain", 301, "http://plain.example.net/plain"],
    ] as const)
      // prettier-ignore
      it(`${what}, through the gateway`, async () => {
        const answer = await routing().outside("web", path);
        hasStatus(answer, status);
        assert.equal(answer.headers?.location, location);
      });

    it("keeps the caller's scheme inside the mesh", async () => {
      const answer = await routing().inside("web", "/old");
      hasStatus(answer, 308);
      assert.equal(answer.headers?.location, "http://web.web.svc.cluster.local:8080/new");
    });

    it("has the response headers of application and route", async () => {
      const { headers = {} } = await routing().outside("web", "/moved");
      assert.equal(headers["x-moved"], "yes");
      assert.equal(headers["x-served-by"], "web");
    });
  });
}
