import assert from "node:assert/strict";
import { settingsOf } from "../../stack";
import { accepts, apps, checkout, mesh, network, refuses, type Keys } from "../verdicts";

const key = (path: string) => `eks-istio:apps.checkout.aws${path}`;
const policy = "arn:aws:iam::123456789012:policy/checkout";
const read = { actions: ["s3:GetObject"], resources: ["arn:aws:s3:::receipts/*"] };

const china = network({ zones: ["cn-north-1a", "cn-north-1b"] }, "cn-north-1");

/** A stack with one application that may do this in AWS. */
function aws(own: object, app: object = {}): Keys {
  return checkout({ ...app, aws: own });
}

describe("what an application's pods may do in AWS", () => {
  accepts(
    "managed policies of the account and of AWS's, with and without a path",
    aws({
      policies: [
        policy,
        "arn:aws:iam::123456789012:policy/teams/shop/checkout",
        "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess",
        "arn:aws:iam::aws:policy/service-role/AWSLambdaRole",
      ],
    }),
  );
  accepts(
    "statements in IAM's words",
    aws({
      statements: [
        {
          actions: ["s3:Get*", "dynamodb:Query"],
          resources: ["*", "arn:aws:s3:::${aws:PrincipalTag/kubernetes-namespace}-*/*"],
          conditions: {
            StringEquals: { "aws:ResourceTag/team": "shop" },
            "ForAnyValue:StringLike": { "dynamodb:LeadingKeys": ["a*", "b*"] },
            BoolIfExists: { "aws:SecureTransport": "true" },
            StringNotEqualsIgnoreCase: { "s3:prefix": ["x"] },
            NumericLessThanEquals: { "s3:max-keys": "10" },
          },
        },
      ],
    }),
  );
  accepts("the same rights of two applications with one ServiceAccount", {
    ...apps({
      checkout: { serviceAccount: "shared", aws: { statements: [read] } },
      stock: { serviceAccount: "shared", aws: { statements: [read] } },
    }),
  });
  accepts("policies of China's partition in China", {
    ...aws({ policies: ["arn:aws-cn:iam::123456789012:policy/checkout"] }),
    ...china,
  });

  refuses("nothing", aws({}), {
    key: key(""),
    value: {},
    rule: "gives no rights",
    fix: "Add policies or statements, or remove it.",
  });
  refuses(
    "empty lists",
    aws({ policies: [], statements: [{ actions: [], resources: [] }] }),
    ...["policies", "statements[0].actions", "statements[0].resources"].map((path) => ({
      key: key(`.${path}`),
      value: [],
      rule: "must have at least 1 entry",
      fix: "Write 1 entry or more.",
    })),
  );
  refuses("a role in the place of a policy", aws({ policies: ["arn:aws:iam::123456789012:role/checkout"] }), {
    key: key(".policies[0]"),
    value: "arn:aws:iam::123456789012:role/checkout",
    rule: "must be the ARN of a managed policy",
    fix: 'Write it like "arn:aws:iam::123456789012:policy/checkout".',
  });
  refuses("administrators of the account", aws({ policies: ["arn:aws:iam::aws:policy/AdministratorAccess"] }), {
    key: key(".policies[0]"),
    value: "arn:aws:iam::aws:policy/AdministratorAccess",
    rule: "makes its pods administrators of the account: whoever gets into one owns backups and audit trail, too",
    fix: "Attach a policy with the actions that are used.",
  });
  refuses("a policy of another partition", aws({ policies: ["arn:aws-cn:iam::123456789012:policy/checkout"] }), {
    key: key(".policies[0]"),
    value: "arn:aws-cn:iam::123456789012:policy/checkout",
    rule: "is in the partition aws-cn, and ap-northeast-2 is in aws: a role takes policies of its own partition only",
    fix: "Write arn:aws:….",
  });
  refuses("a policy twice", aws({ policies: [policy, policy] }), {
    key: key(".policies[1]"),
    value: policy,
    rule: "is listed twice",
    fix: "Remove one of them.",
  });
  const eleven = Array.from({ length: 11 }, (_, n) => `${policy}-${n}`);
  refuses("more policies than IAM attaches", aws({ policies: eleven }), {
    key: key(".policies"),
    value: eleven,
    rule: "must have at most 10: IAM attaches no more to a role",
    fix: "Put several into one policy, or write statements.",
  });
  accepts("as many as it attaches", aws({ policies: eleven.slice(1) }));

  for (const action of ["*", "*:*"])
    refuses(`every action of AWS, ${action}`, aws({ statements: [{ actions: [action], resources: ["*"] }] }), {
      key: key(".statements[0].actions[0]"),
      value: action,
      rule: "is every action of AWS: whoever gets into a pod owns what its resources stand for",
      fix: 'List the actions that are used, e.g. "s3:GetObject".',
    });
  refuses("an action without its service", aws({ statements: [{ ...read, actions: ["GetObject"] }] }), {
    key: key(".statements[0].actions[0]"),
    value: "GetObject",
    rule: "must be an action behind the name of its service",
    fix: 'Write it like "s3:GetObject".',
  });
  refuses("a resource by its name", aws({ statements: [{ ...read, resources: ["receipts"] }] }), {
    key: key(".statements[0].resources[0]"),
    value: "receipts",
    rule: 'must be an ARN, which may have * in it, or "*"',
    fix: 'Write it like "arn:aws:s3:::receipts/*".',
  });
  refuses(
    "a condition's value that is no text",
    aws({ statements: [{ ...read, conditions: { Bool: { "aws:SecureTransport": true } } }] }),
    {
      key: key('.statements[0].conditions.Bool["aws:SecureTransport"]'),
      value: true,
      rule: 'must be a text or a list of texts; IAM writes true and numbers as texts, too, e.g. "true"',
      fix: "Write one of these forms.",
    },
  );
  refuses(
    "an operator that IAM doesn't have",
    aws({ statements: [{ ...read, conditions: { StringIs: { "aws:ResourceTag/team": "shop" } } }] }),
    {
      key: key(".statements[0].conditions.StringIs"),
      value: "StringIs",
      rule: "is a name, and must be a condition operator of IAM, e.g. StringEquals",
      fix: "Rename it.",
    },
  );

  const many = [
    { ...read, resources: Array.from({ length: 300 }, (_, n) => `arn:aws:s3:::receipts-of-${1000 + n}/*`) },
  ];
  refuses("a longer policy than IAM takes in a role", aws({ statements: many }), {
    key: key(".statements"),
    value: many,
    rule: "makes a policy of 10296 characters, and IAM takes 10240 in a role",
    fix: 'Make managed policies of them, and list these in "policies".',
  });
  accepts("one that is as long with white space only", {
    ...aws({ statements: [{ ...read, conditions: { StringLike: { "s3:prefix": " ".repeat(20_000) } } }] }),
  });

  const annotations = { "eks.amazonaws.com/role-arn": "arn:aws:iam::123456789012:role/checkout" };
  refuses(
    "a role by annotation beside it",
    aws(
      { policies: [policy] },
      { workload: { image: "registry.example.com/checkout:1", serviceAccount: { annotations } } },
    ),
    {
      key: 'eks-istio:apps.checkout.workload.serviceAccount.annotations["eks.amazonaws.com/role-arn"]',
      value: "arn:aws:iam::123456789012:role/checkout",
      rule: "names a role beside aws, which makes another: AWS's libraries would take this one, by a token that needs an OIDC provider",
      fix: "Remove the annotation.",
    },
  );
  refuses("the account that every pod has", aws({ policies: [policy] }, { serviceAccount: "default" }), {
    key: "eks-istio:apps.checkout.serviceAccount",
    value: "default",
    rule: "is the account of every pod in shop that names none: all of them would have these rights",
    fix: "Give its pods a ServiceAccount of their own, and write its name.",
  });
  for (const [what, other] of [
    ["other rights", { aws: { statements: [read] } }],
    ["no rights", {}],
  ] as const)
    refuses(
      `an application with ${what} and the same ServiceAccount`,
      apps({
        checkout: { serviceAccount: "shared", aws: { policies: [policy] } },
        stock: { serviceAccount: "shared", ...other },
      }),
      {
        key: "eks-istio:apps.stock.aws",
        value: "aws" in other ? other.aws : undefined,
        rule: "differs from apps.checkout.aws, and both have the ServiceAccount shop/shared, which has one role: AWS can't tell the two apart",
        fix: "Give each a ServiceAccount of its own, or the same rights to both.",
      },
    );
});

describe("what applications with rights in AWS call, where sidecars let out only what they know", () => {
  const registryOnly = mesh({ outboundTrafficPolicy: "REGISTRY_ONLY" });
  const credentials = {
    hosts: ["pod-identity.eks.internal"],
    port: 80,
    protocol: "tcp",
    addresses: ["169.254.170.23"],
  };
  const endpoints = (...hosts: string[]) => ({ hosts, port: 443, protocol: "tls" });
  const ours = {
    "aws.credentials": credentials,
    "aws.endpoints": endpoints("*.ap-northeast-2.amazonaws.com", "*.ap-northeast-2.api.aws"),
  };
  const own = { policies: [policy] };

  function external(keys: Keys) {
    return settingsOf(keys).external;
  }

  it("is known to the mesh", () => {
    assert.deepEqual(external({ ...registryOnly, ...aws(own) }), ours);
  });

  it("has other names in China", () => {
    const rights = aws({ statements: [read] });
    assert.deepEqual(
      external({ ...registryOnly, ...rights, ...china })["aws.endpoints"],
      endpoints("*.cn-north-1.amazonaws.com.cn", "*.cn-north-1.api.amazonwebservices.com.cn"),
    );
  });

  it("is nothing where nobody has rights, or sidecars let out everything", () => {
    assert.deepEqual([external({ ...registryOnly, ...checkout({}) }), external(aws(own))], [{}, {}]);
  });

  it("is the stack file's own entry where there is one for the agent's address or a name", () => {
    const agent = { ...credentials, hosts: ["agent.example.net"] };
    const all = endpoints("*.ap-northeast-2.amazonaws.com");
    assert.deepEqual(external({ ...registryOnly, ...aws(own), "eks-istio:external": { agent, all } }), {
      agent,
      all,
      "aws.endpoints": endpoints("*.ap-northeast-2.api.aws"),
    });
  });

  it("is called by those that say what they call, and by nobody without rights", () => {
    const agent = { ...credentials, hosts: ["agent.example.net"] };
    const { apps: all } = settingsOf({
      ...registryOnly,
      "eks-istio:external": { agent },
      ...apps({ checkout: { calls: ["stock"], aws: own }, stock: { calls: [] }, orders: { aws: own } }),
    });
    assert.deepEqual(
      all.map(({ calls }) => calls),
      [["stock", { external: "agent" }, { external: "aws.endpoints" }], [], undefined],
    );
  });

  const older = mesh({ version: "1.29.3", outboundTrafficPolicy: "REGISTRY_ONLY" });
  refuses(
    "an Istio that can't look up all names of a region, and none in external",
    { ...older, ...aws(own) },
    {
      key: key(""),
      value: own,
      rule: "needs AWS's endpoints in external: mesh.outboundTrafficPolicy is REGISTRY_ONLY, and sidecars of Istio before 1.30 can't look up all names of a region",
      fix: "Add those that it calls, e.g. external: {s3: {hosts: [s3.ap-northeast-2.amazonaws.com], port: 443, protocol: tls}}, or raise mesh.version.",
    },
  );

  it("are the names in external with such an Istio", () => {
    const s3 = endpoints("s3.ap-northeast-2.amazonaws.com");
    assert.deepEqual(external({ ...older, ...aws(own), "eks-istio:external": { s3 } }), {
      s3,
      "aws.credentials": credentials,
    });
  });
});
