import assert from "node:assert/strict";
import { useMesh } from "./use-mesh";

describe("manifests of one's own, in a cluster", () => {
  // Installed in the program's order; the first refusal would end it.
  const mesh = useMesh("manifests.yaml");

  it("are accepted by the API server, field by field, and by istiod", async () => {
    const own = mesh().objects.filter(({ metadata }) => ["exchange-rates", "nightly"].includes(metadata.name));
    assert.deepEqual(own.map(({ kind }) => kind).sort(), ["Backup", "ConfigMap", "ServiceEntry"]);
    for (const object of own) await mesh().api.apply(object, true);
  });

  it("stand in the cluster", async () => {
    const listed = [
      ...(await mesh().api.list("v1", "ConfigMap", "jobs")),
      ...(await mesh().api.list("networking.istio.io/v1", "ServiceEntry", "jobs")),
      ...(await mesh().api.list("example.org/v1", "Backup", "vault")),
    ];
    const names = listed.map(({ metadata }) => metadata.name).filter((name) => !/^(istio-ca|kube-root)/.test(name));
    assert.deepEqual(names, ["exchange-rates", "exchange-rates", "nightly"]);
  });
});
