import assert from "node:assert/strict";
import { render } from "../charts/charts";
import { devSample, everySetting, istioReleases, prodSample, type Stack } from "../charts/stacks";
import { ApiError, type KubernetesObject } from "../cluster/api";
import { until } from "../cluster/daemon";
import { deployed } from "./deployed";
import { useMesh } from "./use-mesh";
import { wrong } from "./wrong";

/** What `istioctl analyze` may say, and why that is right. */
interface Known {
  readonly code: string;
  /** What it says, and about which object. */
  readonly says: RegExp;
  readonly because: string;
}

interface Case {
  readonly stack: Stack;
  /** What the stack file takes for granted that others made, or will make. */
  readonly others: readonly KubernetesObject[];
}

const cases: readonly Case[] = [
  {
    stack: devSample,
    others: ["membership", "members", "points"].flatMap((name) => deployed(name, "membership")),
  },
  {
    stack: prodSample,
    others: [
      ...["checkout", "catalog"].map((name) => namespace(name)),
      ...deployed("checkout", "checkout", { versions: [{ track: "stable" }, { track: "canary" }] }),
      ...deployed("catalog", "catalog"),
    ],
  },
  { stack: everySetting, others: deployed("orders", "batch", { ports: [9000, 9001] }) },
];

const known: readonly Known[] = [
  { code: "IST0102", says: /^Namespace default: /, because: "nobody deploys there" },
  {
    code: "IST0133",
    says: /^EnvoyFilter \S+rate-limit: Schema validation warning: EnvoyFilter exposes internal implementation details/,
    because: "Istio has no other API for rate limits",
  },
];

for (const { stack, others } of cases) {
  describe(`${stack.title}, in a cluster`, () => {
    const mesh = useMesh(stack, async (started) => {
      for (const object of others.filter(({ kind }) => kind === "Namespace")) await started.api.apply(object);
      await started.apply();
      for (const object of others) await started.api.apply(object);
      await started.judges();
    });

    it("every object is accepted by the API server, field by field, and by istiod", async () => {
      assert.ok(mesh().objects.length > 5);
      for (const object of mesh().objects) await mesh().api.apply(object, true);
    });

    it("every object of the charts is accepted, too", async () => {
      for (const release of istioReleases(mesh().plan))
        for (const object of await render(mesh().sources, release)) await mesh().api.apply(object, true);
    });

    it("istiod itself is asked, and refuses what is wrong", async () => {
      for (const { object, reason } of wrong("default")) {
        await assert.rejects(mesh().api.apply(object, true), (error) => {
          assert.ok(error instanceof ApiError);
          assert.match(error.message, /^admission webhook "validation\.istio\.io" denied the request/);
          assert.ok(error.message.includes(reason), error.message);
          return true;
        });
      }
    });

    it("istioctl analyze says nothing that isn't explained", async () => {
      await until("a pod of every Deployment", async () => {
        const deployments = await mesh().api.list("apps/v1", "Deployment");
        return deployments.every(({ status }) => (status as { replicas?: number }).replicas === 1) || undefined;
      });
      assert.deepEqual(await unexplained(), []);
    });

    it("istioctl analyze would say what is wrong", async () => {
      const spec = {
        hosts: ["astray.example.com"],
        gateways: ["nowhere"],
        http: [{ directResponse: { status: 200 } }],
      };
      const metadata = { name: "astray", namespace: "default" };
      const astray = { apiVersion: "networking.istio.io/v1", kind: "VirtualService", metadata, spec };
      await mesh().api.apply(astray);
      try {
        const found = (await unexplained()).map(({ code, level }) => `${level} ${code}`);
        assert.ok(found.includes("Error IST0101"), found.join());
      } finally {
        await mesh().api.delete(astray);
      }
    });

    async function unexplained() {
      return (await mesh().analyze(revisionOf(stack)))
        .map(({ code, level, origin, message }) => ({ code, level, says: `${origin}: ${message}` }))
        .filter(({ code, says }) => !known.some((each) => each.code === code && each.says.test(says)));
    }
  });
}

function revisionOf({ file }: Stack): string {
  return (file["eks-istio:mesh"] as { revision?: string } | undefined)?.revision ?? "default";
}

/** A namespace as its owner makes it. */
function namespace(name: string): KubernetesObject {
  return { apiVersion: "v1", kind: "Namespace", metadata: { name, labels: { "istio-injection": "enabled" } } };
}
