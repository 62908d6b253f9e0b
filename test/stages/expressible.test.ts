import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { renderer } from "../../components/manifests/app-objects";
import { Platform } from "../../components/platform";
import type { Capabilities } from "../../components/routing/capabilities";
import { settingsOf } from "../stack";
import { deployed } from "./deployed";
import { stackKeys } from "./support";

const apps = { checkout: { namespace: "shop", port: 8080, timeout: "5s", outlierDetection: { interval: "5s" } } };

describe("a platform whose renderer lacks what an application asks for", () => {
  const own = renderer.expresses;
  const narrow = renderer as { -readonly [Key in keyof Capabilities]: Capabilities[Key] };
  afterEach(() => {
    narrow.expresses = own;
  });

  it("is refused with every key of the stack file, and nothing was registered", async () => {
    narrow.expresses = new Set();
    const { result, registrations } = await deployed(() => {
      try {
        return new Platform("shop", { settings: settingsOf(stackKeys({ apps })) });
      } catch (error) {
        return error;
      }
    });
    assert.deepEqual(registrations, []);
    assert.ok(pulumi.RunError.isInstance(result));
    assert.equal(
      result.message,
      `Pulumi.dev.yaml has 2 problems. Nothing was created.

  eks-istio:apps.checkout.timeout
    value  "5s"
    rule   can't be written in Istio's VirtualService
    fix    Remove it.

  eks-istio:apps.checkout.outlierDetection
    value  {"interval":"5s"}
    rule   can't be written in Istio's VirtualService
    fix    Remove it.`,
    );
  });
});
