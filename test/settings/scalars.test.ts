import assert from "node:assert/strict";
import { quantity } from "../../components/settings/quantity";
import {
  absolutePath,
  cpu,
  dnsLabel,
  domainName,
  duration,
  durationOrZero,
  ipv4Cidr,
  labelKey,
  labelValue,
  memory,
  principalArn,
  retentionDays,
  seconds,
  serviceName,
} from "../../components/settings/scalars";

describe("seconds", () => {
  const durations = [
    ["500ms", 0.5],
    ["10s", 10],
    ["1m30s", 90],
    ["1.5h", 5400],
    ["1h1m1s1ms", 3661.001],
    ["2m", 120],
  ] as const;
  for (const [text, expected] of durations) {
    it(`reads ${text} as ${expected}`, () => {
      assert.equal(seconds(text), expected);
    });
  }
});

describe("quantity", () => {
  const quantities = [
    ["250m", 0.25],
    ["2", 2],
    ["0.5", 0.5],
    ["1k", 1e3],
    ["1M", 1e6],
    ["1G", 1e9],
    ["1T", 1e12],
    ["1Ki", 1024],
    ["1.5Mi", 1572864],
    ["1Gi", 1073741824],
    ["1Ti", 1099511627776],
  ] as const;
  for (const [text, expected] of quantities) {
    it(`reads ${text} as ${expected}`, () => {
      assert.equal(quantity(text), expected);
    });
  }
});

describe("the syntax of", () => {
  const longest = "a".repeat(63);
  const cases = [
    {
      name: "dnsLabel",
      schema: dnsLabel,
      right: ["a", "v1", "a-b", "0", longest],
      wrong: ["", "-a", "a-", "A", "a.b", "a_b", `${longest}a`],
    },
    {
      name: "domainName",
      schema: domainName,
      right: ["example.com", "a.b.c.example", `${longest}.example.com`],
      wrong: ["com", "example.c", "-a.example.com", `${longest}a.example.com`, `${"a.".repeat(126)}com`],
    },
    {
      name: "ipv4Cidr",
      schema: ipv4Cidr,
      right: ["0.0.0.0/0", "255.255.255.255/32", "10.0.0.1/8"],
      wrong: [
        "256.0.0.0/8",
        "1.2.3.4/33",
        "1.2.3/24",
        "1.2.3.4.5/24",
        "1.2.3.4",
        "1.2.3.4/",
        "01.2.3.4/8",
        "1.2.3.00/24",
        "1.2.3.4/08",
      ],
    },
    {
      name: "duration",
      schema: duration,
      right: ["1ms", "0.5s", "1h30m", "90s", "1.001s", "8760h"],
      wrong: ["", "1", "s", "1 s", "1d", "-1s", "1us", "0s", "0.5ms", "1.5ms", "1.0005s", "8760h1ms"],
    },
    {
      name: "durationOrZero",
      schema: durationOrZero,
      right: ["0s", "1ms", "8760h"],
      wrong: ["", "0", "0.5ms", "8761h"],
    },
    {
      name: "labelKey",
      schema: labelKey,
      right: ["app", "App_1.x", "app.kubernetes.io/name", longest, `example.com/${longest}`],
      wrong: ["", "-a", "a-", "a b", "/a", "a/", "a/b/c", "Example.com/a", `${longest}a`],
    },
    {
      name: "labelValue",
      schema: labelValue,
      right: ["", "v1", "A_b.c-d", longest],
      wrong: ["-a", "a-", "a b", "a/b", `${longest}a`],
    },
    {
      name: "serviceName",
      schema: serviceName,
      right: ["a", "web-1", longest],
      wrong: ["", "1web", "-web", "web-", "Web", "a.b", `${longest}a`],
    },
    { name: "absolutePath", schema: absolutePath, right: ["/", "/health"], wrong: ["", "health", "./health", " /"] },
    { name: "cpu", schema: cpu, right: ["1", "0.5", "250m"], wrong: ["", "1.5m", ".5", "1c", "-1"] },
    { name: "memory", schema: memory, right: ["128Mi", "1.5Gi", "1k"], wrong: ["", "1", "128MB", "1gi", "1K", "-1Mi"] },
    {
      name: "principalArn",
      schema: principalArn,
      right: ["arn:aws-cn:iam::123456789012:role/a", "arn:aws:iam::123456789012:user/a/b@c"],
      wrong: ["arn:aws:iam::12345:role/a", "arn:aws:iam::123456789012:root", "role/a"],
    },
    { name: "retentionDays", schema: retentionDays, right: [1, 30, 3653], wrong: [0, 2, 31, 3654, "30"] },
  ];
  for (const { name, schema, right, wrong } of cases) {
    for (const value of right) {
      it(`${name} allows ${JSON.stringify(value)}`, () => {
        assert.equal(schema.safeParse(value).success, true);
      });
    }
    for (const value of wrong) {
      it(`${name} doesn't allow ${JSON.stringify(value)}`, () => {
        assert.equal(schema.safeParse(value).success, false);
      });
    }
  }
});
