import assert from "node:assert/strict";
import { until } from "../cluster/daemon";
import { answered, type Answer, type Call, type Host } from "../cluster/host";
import { deployed } from "./deployed";
import { useMesh } from "./use-mesh";

/** Whether plain HTTP is answered; and by whom a caller with a sidecar is known. */
interface Expected {
  readonly app: string;
  readonly namespace: string;
  readonly port: number;
  readonly plain: "answered" | "refused";
  readonly identity: "known" | "unknown";
  readonly because: string;
}

const strict = { plain: "refused", identity: "known" } as const;
const permissive = { plain: "answered", identity: "known" } as const;
const disabled = { plain: "answered", identity: "unknown" } as const;

const table: readonly Expected[] = [
  { app: "web", namespace: "shop", port: 8080, ...strict, because: "the whole mesh is STRICT" },
  { app: "old", namespace: "legacy", port: 8080, ...permissive, because: "its namespace is PERMISSIVE" },
  { app: "vault", namespace: "legacy", port: 8080, ...strict, because: "it is STRICT in a PERMISSIVE namespace" },
  { app: "reports", namespace: "shop", port: 8080, ...permissive, because: "it is PERMISSIVE in a STRICT namespace" },
  { app: "page", namespace: "open", port: 8080, ...disabled, because: "its namespace has DISABLE" },
  { app: "metrics", namespace: "shop", port: 8080, ...strict, because: "only its other ports have modes" },
  { app: "metrics", namespace: "shop", port: 9090, ...permissive, because: "the port is PERMISSIVE" },
  { app: "metrics", namespace: "shop", port: 9091, ...disabled, because: "the port has DISABLE" },
  {
    app: "monitor",
    namespace: "legacy",
    port: 8080,
    ...permissive,
    because: "its namespace is, and only another port has a mode",
  },
  { app: "monitor", namespace: "legacy", port: 9090, ...strict, because: "the port is STRICT" },
  { app: "reports", namespace: "books", port: 8080, ...strict, because: "the override is another namespace's" },
  { app: "metrics", namespace: "books", port: 9090, ...strict, because: "the ports are another namespace's" },
];

describe("mutual TLS", () => {
  const mesh = useMesh("mtls.yaml", async (started) => {
    await started.install();
    // Deployed by others, as the program's own workloads have one port.
    const ports = [8080, 9090, 9091];
    const ported = [
      ...deployed("metrics", "shop", { ports }),
      ...deployed("monitor", "legacy", { ports }),
      ...deployed("reports", "books", { ports }),
      ...deployed("metrics", "books", { ports }),
    ];
    for (const object of ported) await started.api.apply(object);
    await started.settle();
  });
  let internet: Host;
  let outsider: Host;
  let caller: Host;
  before(async () => {
    internet = await mesh().outside("internet", "203.0.113.7");
    const application = async (namespace: string, app: string) =>
      mesh().application(await mesh().kubelet.ready(namespace, { app }));
    [outsider, caller] = await Promise.all([application("bare", "outsider"), application("shop", "caller")]);
  });

  it("is spoken by the pods of every namespace but the one without injection", () => {
    for (const { namespace, name, containers } of mesh().kubelet.running()) {
      const expected = !["istio-system", "bare"].includes(namespace);
      assert.equal(containers.has("istio-proxy"), expected, `${namespace}/${name}`);
    }
  });

  for (const { app, namespace, port, plain, identity, because } of table) {
    const name = `${app}.${namespace}:${port}`;

    it(`${plain === "refused" ? "refuses" : "lets"} plain HTTP ${plain === "refused" ? "" : "through "}to ${name}, as ${because}`, async () => {
      const { address } = await mesh().kubelet.ready(namespace, { app });
      // One that has only just started resets connections, too: this one serves.
      await becomes(`an answer of ${name}`, () => caller.call({ host: `${app}.${namespace}`, port }), isAnswer);
      const expect = async (from: Host, call: Call) => {
        const right = plain === "answered" ? isAnswer : isReset;
        await becomes(`${name} to be ${plain}`, () => from.call(call), right, 5);
      };
      // From outside of the cluster, and from a pod without a sidecar by address and by the Service's name.
      await expect(internet, { host: name, address, port });
      await expect(outsider, { host: name, address, port });
      await expect(outsider, { host: `${app}.${namespace}`, port });
    });

    it(`answers a caller in the mesh at ${name}, ${identity === "known" ? "known by its certificate" : "without asking for a certificate"}`, async () => {
      const call = () => caller.call({ host: `${app}.${namespace}`, port });
      const answer = await becomes(`an answer of ${name}`, call, isAnswer);
      assert.equal(answered(answer).app.split("-")[0], app);
      const said = answered(answer).headers["x-forwarded-client-cert"] ?? "";
      if (identity === "unknown") {
        assert.equal(said, "");
        return;
      }
      assert.match(said, /(^|;)URI=spiffe:\/\/cluster\.local\/ns\/shop\/sa\/caller(;|$)/);
      assert.match(said, new RegExp(`(^|;)By=spiffe://cluster\\.local/ns/${namespace}/sa/`));
    });
  }

  it("shows the gateway's own identity to an application, whatever a client claims to be", async () => {
    const { address } = await mesh().gateway();
    const headers = {
      "x-forwarded-client-cert": "By=spiffe://cluster.local/ns/shop/sa/web;URI=spiffe://cluster.local/ns/shop/sa/admin",
    };
    const call = () => internet.call({ host: "web.example.com", port: 8443, address, headers });
    const answer = await becomes("an answer through the gateway", call, isAnswer);
    const said = answered(answer).headers["x-forwarded-client-cert"] ?? "";
    assert.match(said, /URI=spiffe:\/\/cluster\.local\/ns\/istio-ingress\/sa\/istio-ingress/);
    assert.doesNotMatch(said, /admin/);
  });
});

const isAnswer = ({ status }: Answer) => status === 200;

/** What Envoy does with plain HTTP where it expects TLS; not a timeout, and not an answer. */
const isReset = ({ error }: Answer) => error === "ECONNRESET";

/**
 * Asks until the answer is the one, so many times in a row; it takes a moment until every proxy has what istiod last
 * said.
 */
function becomes(
  what: string,
  ask: () => Promise<Answer>,
  right: (answer: Answer) => boolean,
  times = 1,
): Promise<Answer> {
  return until(
    what,
    async () => {
      for (let time = 1; ; time++) {
        const answer = await ask();
        if (!right(answer)) throw new Error(JSON.stringify(answer));
        if (time >= times) return answer;
      }
    },
    30,
  );
}
