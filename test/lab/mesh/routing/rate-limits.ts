import { execFileSync } from "node:child_process";
import assert from "node:assert/strict";
import { until } from "../../cluster/daemon";
import type { Answer } from "../../cluster/host";
import type { RunningPod } from "../../cluster/kubelet";
import { appOf, hasStatus } from "./expect";
import { ports, type Routing } from "./routing";

/** How many requests are let through. Buckets begin full, and each is emptied by one test alone. */
export function rateLimits(routing: () => Routing): void {
  it("each pod of an application lets through as many as its entry says, whoever calls", async () => {
    const [pod] = routing().pods("counted");
    assert.ok(pod);
    await configured(pod, "local_ratelimit");
    const outside = () => routing().outside("counted", "/limited");
    const inside = () => routing().inside("counted", "/limited");
    for (const ask of [outside, inside, outside, inside]) assert.equal(appOf(await ask()), "counted-v1");
    for (const ask of [outside, inside]) isLimited(await ask());
    assert.equal((await routing().received("counted", "/limited")).length, 4);
  });

  it("a route has one limit over its hosts and conditions, and others have none", async () => {
    await configured(await routing().mesh.gateway(), "apps.doors.routes[0]");
    const ways = [
      ["front", "/in"],
      ["back", "/in"],
      ["front", "/enter/now"],
    ] as const;
    for (const [host, path] of ways) assert.equal(appOf(await routing().outside(host, path)), "web-v1");
    for (const [host, path] of ways) isLimited(await routing().outside(host, path));
    for (const host of ["front", "back"]) assert.equal(appOf(await routing().outside(host, "/out")), "web-v1");
  });

  it("each pod of a gateway lets through as many as its entry says, and counts a route apart", async () => {
    const gateway = await routing().mesh.kubelet.ready("istio-ingress-limited", { istio: "ingress-limited" });
    await configured(gateway, "apps.doors.routes[0]");
    const ask = (path: string) =>
      routing().internet.call({ host: "side.example.edu", port: ports.https, path, address: gateway.address });
    for (let each = 0; each < 3; each += 1) assert.equal(appOf(await ask("/in")), "web-v1");
    isLimited(await ask("/in"));
    assert.equal(appOf(await ask("/out")), "web-v1");
    isLimited(await ask("/out"));
  });
}

function isLimited(answer: Answer): void {
  hasStatus(answer, 429);
  assert.equal(answer.text, "local_rate_limited");
}

/** Waits until a pod's Envoy has something in its settings: a request would take from what is counted. */
async function configured(pod: RunningPod, text: string): Promise<void> {
  const program = 'fetch("http://127.0.0.1:15000/config_dump").then((dump) => dump.text()).then(console.log)';
  await until(`${text} in the settings of ${pod.host}`, () => {
    const dump = execFileSync("ip", ["netns", "exec", pod.host, process.execPath, "-e", program], {
      encoding: "utf8",
      maxBuffer: 64 * 2 ** 20,
    });
    return Promise.resolve(dump.includes(text) || undefined);
  });
}
