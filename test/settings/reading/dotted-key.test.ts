import { refuses } from "../verdicts";

describe("a path that was set as one key", () => {
  const rule = "is a path, but stands here as one key with dots in its name, which nobody reads";
  for (const [name, value, yaml, argument] of [
    ["domain.name", "example.com", "eks-istio:domain: {name: example.com}", "example.com"],
    ["cluster.version", "1.35", 'eks-istio:cluster: {version: "1.35"}', "1.35"],
    ["apps.web.port", "8080", "eks-istio:apps: {web: {port: 8080}}", "8080"],
    [
      "cluster.publicAccessCidrs[0]",
      "203.0.113.0/24",
      'eks-istio:cluster: {publicAccessCidrs: ["203.0.113.0/24"]}',
      "203.0.113.0/24",
    ],
    ['tags["cost.center"]', "it's", 'eks-istio:tags: {"cost.center": "it\'s"}', "'it'\\''s'"],
    ["apps.web.workload.env.PAGE", "x".repeat(61), "eks-istio:apps: {web: {workload: {env: {PAGE: VALUE}}}}", "VALUE"],
  ] as const)
    refuses(
      `${name}, and says how to set it and what to write`,
      { [`eks-istio:${name}`]: value },
      {
        key: `eks-istio:${name}`,
        value,
        rule,
        fix: `Remove it, and write ${yaml}, or run: pulumi config set --path 'eks-istio:${name}' ${argument}`,
      },
    );

  refuses(
    "and never shows what may be a password",
    { "eks-istio:apps.web.workload.env.PASSWORD": "correct-horse" },
    {
      key: "eks-istio:apps.web.workload.env.PASSWORD",
      value: "[hidden]",
      rule,
      fix: "Remove it, and write eks-istio:apps: {web: {workload: {env: {PASSWORD: VALUE}}}}, or run: pulumi config set --path 'eks-istio:apps.web.workload.env.PASSWORD' VALUE",
    },
  );

  refuses(
    "a map, which no command sets",
    { "eks-istio:apps.web": { port: 1 } },
    {
      key: "eks-istio:apps.web",
      value: { port: 1 },
      rule,
      fix: 'Remove it, and write eks-istio:apps: {web: {"port":1}}.',
    },
  );
});
