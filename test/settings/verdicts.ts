import assert from "node:assert/strict";
import type { Problem } from "../../components/settings/errors";
import { problemsOf } from "../stack";

/** What stands under `config:` in a stack file, laid over the smallest one. */
export type Keys = Readonly<Record<string, unknown>>;

/** A test: a stack file with `what` in it has no problem. */
export function accepts(what: string, keys: Keys): void {
  it(`accepts ${what}`, () => {
    assert.deepEqual(problemsOf(keys), []);
  });
}

/** A test: a stack file with `what` in it has exactly these problems. */
export function refuses(what: string, keys: Keys, ...problems: readonly Problem[]): void {
  it(`refuses ${what}`, () => {
    assert.deepEqual(problemsOf(keys), problems);
  });
}

/** A stack with a domain; `example.com` unless `own` names another. */
export function domain(own: object): Keys {
  return { "eks-istio:domain": { name: "example.com", ...own } };
}

/** A stack with a network, in a region with four zones unless another is named. */
export function network(own: object, region = "ap-northeast-2"): Keys {
  return { "aws:region": region, "eks-istio:network": own };
}

/** A stack with a cluster of Kubernetes 1.35, unless `own` names another version. */
export function cluster(own: object): Keys {
  return { "eks-istio:cluster": { version: "1.35", ...own } };
}

export function mesh(own: object): Keys {
  return { "eks-istio:mesh": own };
}

/** A stack with one gateway, `default`. */
export function gateway(own: object): Keys {
  return { "eks-istio:gateways": { default: own } };
}

/** A stack with several applications, each in the namespace `shop` on port 8080 unless it says otherwise. */
export function apps(all: Readonly<Record<string, object>>): Keys {
  return {
    "eks-istio:apps": Object.fromEntries(
      Object.entries(all).map(([name, own]) => [name, { namespace: "shop", port: 8080, ...own }]),
    ),
  };
}

/** A stack with one application, `checkout`. */
export function checkout(own: object): Keys {
  return apps({ checkout: own });
}
