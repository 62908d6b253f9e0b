import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { StackFile } from "../charts/stacks";
import { recorded } from "../../stack";
import { until } from "../cluster/daemon";
import { answered, type Answer, type Call, type Host } from "../cluster/host";
import { useMesh } from "./use-mesh";

/** How long istiod is away, in seconds: short of a certificate's end, which is a day away, more time makes no difference. */
const outage = 60;

describe("istiod", function () {
  // Besides the outage, each test waits for things that may take a minute or two.
  this.timeout((outage + 240) * 1000);
  const mesh = useMesh("istiod.yaml");
  let internet: Host;
  let inside: Host;
  before(async () => {
    internet = await mesh().outside("internet", "203.0.113.7");
    inside = mesh().application(await mesh().kubelet.ready("shop", { app: "caller" }));
    const answers = await throughout(() => Promise.resolve());
    assert.deepEqual(failed(answers), []);
  });

  it("can be restarted without a request failing", async () => {
    const before = istiods();
    const answers = await throughout(() => mesh().restartIstiod());
    assert.notDeepEqual(istiods(), before);
    assert.deepEqual(failed(answers), []);
  });

  it(`can be away for ${outage} s without a request failing`, async () => {
    const answers = await throughout(async () => {
      await mesh().scaleIstiod(0);
      const gone = performance.now();
      await until("the end of the outage", () => performance.now() - gone > outage * 1000 || undefined, outage + 5);
      assert.deepEqual(istiods(), []);
    });
    assert.deepEqual(failed(answers), []);
    assert.ok(answers.length > outage, `${answers.length} requests`);
  });

  it("serves a new application once it is back, and no request fails", async () => {
    const answers = await throughout(async () => {
      await mesh().scaleIstiod(1);
      await mesh().apply(await planWithOneMore());
      await mesh().settle();
      const { address } = await mesh().gateway();
      const answer = await until("an answer of the new application", async () => {
        const each = await internet.call({ host: "late.example.com", port: 8443, address });
        return each.status === 200 ? each : undefined;
      });
      assert.equal(answered(answer).app, "late-v1");
      assert.match(answered(answer).headers["x-forwarded-client-cert"] ?? "", /spiffe:/);
    });
    assert.deepEqual(failed(answers), []);
  });

  /** Sends requests from outside through the gateway, and from sidecar to sidecar, for as long as something takes. */
  async function throughout(work: () => Promise<void>): Promise<readonly Answer[]> {
    const { address } = await mesh().gateway();
    let done = false;
    const answers: Answer[] = [];
    const send = async (from: Host, call: Call) => {
      // One round more after the end.
      for (let last = false; !last;) {
        last = done;
        answers.push(...(await from.calls(call, 20, { parallel: 2, interval: 50 })));
      }
    };
    const traffic = Promise.all([
      send(internet, { host: "web.example.com", port: 8443, address }),
      send(inside, { host: "web.shop", port: 8080 }),
    ]);
    try {
      await work();
    } finally {
      done = true;
      await traffic;
    }
    return answers;
  }

  function istiods(): readonly string[] {
    return mesh()
      .kubelet.running("istio-system")
      .map(({ name }) => name);
  }

  async function planWithOneMore() {
    const file = parse(readFileSync(join(__dirname, "istiod.yaml"), "utf8")) as StackFile;
    const late = { host: "late", namespace: "late", port: 8080, workload: { image: "registry.example.com/late:1" } };
    const plan = await recorded({ ...file, "eks-istio:apps": { ...(file["eks-istio:apps"] as object), late } });
    const known = new Set(mesh().plan.map(({ urn }) => urn));
    return plan.filter(({ urn }) => !known.has(urn));
  }
});

function failed(answers: readonly Answer[]): readonly Answer[] {
  return answers.filter(({ status }) => status !== 200);
}
