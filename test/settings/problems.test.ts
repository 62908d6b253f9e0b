import assert from "node:assert/strict";
import { SettingsError } from "../../components/errors";
import { parseSettings } from "../../components/settings/settings";
import { keyOf, valueAt } from "../../components/settings/problems";
import { closest } from "../../components/settings/suggestions";
import { stackConfig } from "../stack";
import { apps, checkout, cluster, refuses } from "./verdicts";

describe("a stack file", () => {
  refuses(
    "that is empty",
    { "aws:region": undefined, "eks-istio:domain": undefined, "eks-istio:cluster": undefined },
    { key: "aws:region", value: undefined, rule: "is required", fix: 'Set it, e.g. "ap-northeast-2".' },
    { key: "eks-istio:domain", value: undefined, rule: "is required", fix: "Set it." },
    { key: "eks-istio:cluster", value: undefined, rule: "is required", fix: "Set it." },
  );

  const maps = [
    ["domain", "a map of keys and values"],
    ["network", "a map of keys and values"],
    ["cluster", "a map of keys and values"],
    ["mesh", "a map of keys and values"],
    ["gateway", "a map of keys and values"],
    ["namespaces", "a map of names and values"],
    ["apps", "a map of names and values"],
    ["tags", "a map of names and values"],
  ] as const;
  for (const [section, kind] of maps) {
    for (const value of ["text", 5, true, null, ["a", "list"]]) {
      refuses(`whose ${section} is ${JSON.stringify(value)}`, { [`eks-istio:${section}`]: value }, {
        key: `eks-istio:${section}`,
        value,
        rule: `must be ${kind}`,
        fix: `Write ${kind}.`,
      });
    }
  }

  const types = [
    ["a list where text belongs", checkout({ host: ["pay"] }), "host", ["pay"], "a string", 'Write a string, e.g. "checkout".'],
    ["text where a list belongs", checkout({ routes: "v1" }), "routes", "v1", "a list", "Write a list."],
    ["a list where a map belongs", checkout({ retries: ["5xx"] }), "retries", ["5xx"], "a map of keys and values", "Write a map of keys and values."],
    ["text where a switch belongs", checkout({ workload: { image: "a:1", inject: "no" } }), "workload.inject", "no", "true or false", "Write true or false."],
    ["nothing where an application belongs", apps({ cart: {} }), "", undefined, "", ""],
  ] as const;
  for (const [what, keys, place, value, kind, fix] of types.slice(0, -1)) {
    refuses(what, keys, { key: `eks-istio:apps.checkout.${place}`, value, rule: `must be ${kind}`, fix });
  }
});

describe("several mistakes at once", () => {
  const everywhere = { cidr: "eks-istio:cluster.publicAccessCidrs[0]" };
});
