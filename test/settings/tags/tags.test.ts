import assert from "node:assert/strict";
import { settingsOf } from "../../stack";
import { accepts, refuses, type Keys } from "../verdicts";

const tags = (own: object): Keys => ({ "eks-istio:tags": own });
const defaultTags = (own: object): Keys => ({ "aws:defaultTags": { tags: own } });
const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`tag-${n}`, "x"]));

/** Both places, and how a key below each is told. */
const places: readonly (readonly [string, (own: object) => Keys, string])[] = [
  ["the stack's tags", tags, "eks-istio:tags"],
  ["the provider's tags", defaultTags, "aws:defaultTags.tags"],
];

for (const [name, where, at] of places)
  describe(name, () => {
    accepts("letters of any script, digits, blanks and some signs", where({ "Équipe 1_.:/+-@": "플랫폼 _.:/=+-@" }));
    accepts("an empty value", where({ team: "" }));
    accepts("a key of 128 characters with a value of 256", where({ ["k".repeat(128)]: "v".repeat(256) }));
    accepts("a Name of one's own", where({ Name: "shop" }));
    accepts("44 tags", where(many(44)));

    for (const key of ["aws:team", "AWS:team", "Aws:"])
      refuses(`the key ${key}, which AWS keeps for itself`, where({ [key]: "platform" }), {
        key: `${at}["${key}"]`,
        value: key,
        rule: 'is a name, and must not begin with "aws:" in any case: AWS keeps that for itself',
        fix: `Rename it, e.g. to "${key === "Aws:" ? "aws" : "aws-team"}".`,
      });

    for (const key of ["elbv2.k8s.aws/cluster", "service.k8s.aws/stack", "ingress.k8s.aws/resource"])
      refuses(`the load balancer controller's own key ${key}`, where({ [key]: "shop" }), {
        key: `${at}["${key}"]`,
        value: key,
        rule: "is a name, and must not be one of the load balancer controller's own keys, by which it finds what it made",
        fix: `Rename it, e.g. to "${key.replace(/[./]/g, "-")}".`,
      });

    for (const key of ["cost,center", "k".repeat(129)])
      refuses(`a key that AWS doesn't take, ${key.slice(0, 15)}`, where({ [key]: "4711" }), {
        key: /^\w+$/.test(key) ? `${at}.${key}` : `${at}["${key}"]`,
        value: key,
        rule: "is a name, and must be 1 to 128 letters, digits, blanks and signs of _.:/=+-@",
        fix: `Rename it, e.g. to "${key.replace(",", "-").slice(0, 63)}".`,
      });

    for (const value of ["R&D", "a,b", "50%", "line\nbreak"])
      refuses(`a value that AWS doesn't take, ${JSON.stringify(value)}`, where({ team: value }), {
        key: `${at}.team`,
        value,
        rule: "has characters that AWS refuses: a tag has letters, digits, blanks and _.:/=+-@",
        fix: 'Write it like "platform".',
      });

    refuses("a value of 257 characters", where({ team: "t".repeat(257) }), {
      key: `${at}.team`,
      value: "t".repeat(257),
      rule: "must have at most 256 characters",
      fix: "Write 256 characters or fewer.",
    });

    refuses("keys that differ in case only", where({ Team: "shop", team: "shop" }), {
      key: `${at}.team`,
      value: "shop",
      rule: 'differs from "Team" in nothing but case: IAM refuses both on one role',
      fix: "Rename it, or remove it.",
    });

    refuses("a key that differs from our own in case only", where({ name: "shop" }), {
      key: `${at}.name`,
      value: "shop",
      rule: 'differs from "Name", which this project sets itself, in nothing but case: IAM refuses both on one role',
      fix: "Rename it, or remove it.",
    });

    refuses("45 tags", where(many(45)), {
      key: at,
      value: many(45),
      rule: "has 45 tags, and may have 44: AWS allows 50, and a node has 6 besides",
      fix: "Remove some.",
    });
  });

describe("the stack's tags alone, which the load balancer controller gets as text,", () => {
  accepts("a colon within a value", tags({ link: "https://shop" }));
  accepts("what only the provider sees", defaultTags({ "a=b": "c: d", link: "shop:" }));

  for (const value of ["owner: shop", "shop:"])
    refuses(`the value "${value}"`, tags({ note: value }), {
      key: "eks-istio:tags.note",
      value,
      rule: 'must not hold ": " or end in ":": the load balancer controller\'s chart writes tags into YAML without quotes, and is refused',
      fix: 'Leave out the blank behind the colon, or the colon: "a:b" is fine.',
    });

  refuses("a key with an equals sign", tags({ "a=b": "c" }), {
    key: 'eks-istio:tags["a=b"]',
    value: "a=b",
    rule: 'is a name, and must not hold "=": the load balancer controller would end the key there',
    fix: 'Rename it, e.g. to "a-b".',
  });
});

describe("the stack's tags beside the provider's", () => {
  it("are text by name", () => {
    assert.deepEqual(settingsOf(tags({ team: "platform" })).tags, { team: "platform" });
  });

  refuses("a value that YAML reads as a number", tags({ "cost-center": 4711 }), {
    key: "eks-istio:tags.cost-center",
    value: 4711,
    rule: "must be a string, and YAML reads it as a number",
    fix: 'Put it in quotes: "4711".',
  });

  accepts("the same key in both, of which ours wins", { ...tags({ team: "a" }), ...defaultTags({ team: "b" }) });
  accepts("44 different ones", { ...tags(many(44)), ...defaultTags(many(20)) });

  refuses(
    "a key that differs in case only",
    { ...tags({ Team: "shop" }), ...defaultTags({ team: "shop" }) },
    {
      key: "eks-istio:tags.Team",
      value: "shop",
      rule: 'differs from "team" in nothing but case: IAM refuses both on one role (it stands in aws:defaultTags)',
      fix: "Rename it, or remove it.",
    },
  );

  refuses(
    "45 different ones",
    { ...tags(many(44)), ...defaultTags({ team: "shop" }) },
    {
      key: "eks-istio:tags",
      value: many(44),
      rule: "has 45 tags, and may have 44: AWS allows 50, and a node has 6 besides (those of aws:defaultTags count)",
      fix: "Remove some.",
    },
  );
});

describe("the stack's tags", () => {
  refuses("a key with a colon and a blank, which the controller's chart can't write", tags({ "cost: center": "x" }), {
    key: 'eks-istio:tags["cost: center"]',
    value: "cost: center",
    rule: 'is a name, and must not hold ": ": the load balancer controller\'s chart writes tags into YAML without quotes, and is refused',
    fix: 'Rename it, e.g. to "cost-center".',
  });
});
