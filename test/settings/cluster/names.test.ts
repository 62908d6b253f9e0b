import assert from "node:assert/strict";
import { longestClusterName } from "../../../components/settings/cluster/names";
import { problemsOf } from "../../stack";
import { planned, stackKeys, type Graph } from "../../stages/support";

/** Pulumi ends a name with "-" and seven hexadecimal digits, to make it unique. */
const engineSuffix = 8;

const longest = "c".repeat(longestClusterName);
const longestGroup = "g".repeat(20);

describe("names that AWS limits, under the longest cluster name", () => {
  let plan: Graph;
  before(async () => {
    plan = await planned({ cluster: { name: longest, nodeGroups: { [longestGroup]: {} } } });
  });

  it("have 64 characters for the longest IAM role, exactly: no shorter name need be refused", () => {
    const lengths = plan.ofType("aws:iam/role:Role").map((role) => role.slice("Role ".length).length + engineSuffix);
    assert.equal(Math.max(...lengths), 64);
  });

  it("have at most 63 characters for node groups", () => {
    const lengths = plan
      .ofType("aws:eks/nodeGroup:NodeGroup")
      .map((group) => group.slice("NodeGroup ".length).length + engineSuffix);
    assert.ok(Math.max(...lengths) <= 63, lengths.join(", "));
  });

  it("have at most 128 characters for launch templates and policies", () => {
    const names = plan.resources
      .filter(({ type }) => /LaunchTemplate$|RolePolicy$/.test(type))
      .map(({ name }) => name.length + engineSuffix);
    assert.ok(Math.max(...names) <= 128, names.join(", "));
  });

  it("are refused for a cluster name of one character more", () => {
    assert.deepEqual(
      problemsOf(stackKeys({ cluster: { name: `${longest}c` } })).map(({ key }) => key),
      ["eks-istio:cluster.name"],
    );
  });
});
