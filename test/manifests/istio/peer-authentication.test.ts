import assert from "node:assert/strict";
import {
  meshPeerAuthentication,
  peerAuthenticationOverride,
} from "../../../components/manifests/istio/peer-authentication";

const head = { apiVersion: "security.istio.io/v1", kind: "PeerAuthentication" };

describe("mutual TLS", () => {
  it("holds for the whole mesh: named default, in the root namespace, without a selector", () => {
    assert.deepEqual(meshPeerAuthentication("STRICT"), {
      ...head,
      metadata: { name: "default", namespace: "istio-system" },
      spec: { mtls: { mode: "STRICT" } },
    });
  });

  it("has the mode of the stack file", () => {
    assert.deepEqual(meshPeerAuthentication("PERMISSIVE").spec, { mtls: { mode: "PERMISSIVE" } });
  });

  it("differs for a namespace by a policy named default there, whatever the override is called", () => {
    assert.deepEqual(peerAuthenticationOverride("legacy", { namespace: "shop", mode: "PERMISSIVE" }), {
      ...head,
      metadata: { name: "default", namespace: "shop" },
      spec: { mtls: { mode: "PERMISSIVE" } },
    });
  });

  it("differs for a workload by a policy of the override's name, with its labels", () => {
    assert.deepEqual(
      peerAuthenticationOverride("legacy", { namespace: "shop", selector: { app: "old" }, mode: "DISABLE" }),
      {
        ...head,
        metadata: { name: "legacy", namespace: "shop" },
        spec: { selector: { matchLabels: { app: "old" } }, mtls: { mode: "DISABLE" } },
      },
    );
  });

  it("differs for single ports, and leaves the workload's other ports as they are", () => {
    assert.deepEqual(
      peerAuthenticationOverride("metrics", {
        namespace: "shop",
        selector: { app: "old" },
        ports: { "9090": "PERMISSIVE", "9091": "DISABLE" },
      }).spec,
      {
        selector: { matchLabels: { app: "old" } },
        portLevelMtls: { "9090": { mode: "PERMISSIVE" }, "9091": { mode: "DISABLE" } },
      },
    );
  });
});
