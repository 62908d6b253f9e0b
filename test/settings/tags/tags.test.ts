import assert from "node:assert/strict";
import { problemsOf, settingsOf } from "../../stack";
import { accepts, refuses, type Keys } from "../verdicts";

/** A zone that exists takes none of the stack's tags. */
const zone = { "eks-istio:domain": { name: "example.com", zone: { id: "Z0123456789ABCDEFGHIJ" } } };
const tags = (own: object): Keys => ({ ...zone, "eks-istio:tags": own });
const defaultTags = (own: object): Keys => ({ ...zone, "aws:defaultTags": { tags: own } });
const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`tag-${n}`, "x"]));

const onNodes = "and may have 44: AWS allows 50 on an instance, and 6 are this project's and EKS'";
const onSubnets = "and may have 48: AWS allows 50 on a subnet, and 2 are this project's";

/** Both places, how a key below each is told, the most that each may have, and why. */
const places: readonly (readonly [string, (own: object) => Keys, string, number, string])[] = [
  ["the stack's tags", tags, "eks-istio:tags", 44, onNodes],
  ["the provider's tags", defaultTags, "aws:defaultTags.tags", 48, onSubnets],
];

for (const [name, where, at, most, because] of places)
  describe(name, () => {
    accepts("letters of any script, digits, blanks and some signs", where({ "Équipe 1_.:/+-@": "플랫폼 _.:/=+-@" }));
    accepts("an empty value", where({ team: "" }));
    accepts("a key of 128 characters with a value of 256", where({ ["k".repeat(128)]: "v".repeat(256) }));
    accepts("a Name of one's own", where({ Name: "shop" }));
    accepts(`${most} tags`, where(many(most)));
    accepts(`${most} tags beside a Name, which is among this project's`, where({ Name: "shop", ...many(most) }));

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

    refuses(`${most + 1} tags`, where(many(most + 1)), {
      key: at,
      value: many(most + 1),
      rule: `has ${most + 1} tags, ${because}`,
      fix: "Remove some.",
    });
    refuses(`${most + 1} tags beside a Name`, where({ Name: "shop", ...many(most + 1) }), {
      key: at,
      value: { Name: "shop", ...many(most + 1) },
      rule: `has ${most + 1} tags beside Name, ${because}`,
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
  const others = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`other-${n}`, "x"]));
  accepts("44, and four others that a node doesn't have", { ...tags(many(44)), ...defaultTags(others(4)) });
  accepts("48 of the provider's, with those of the stack among them", { ...tags(many(44)), ...defaultTags(many(48)) });

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
    "49 different ones",
    { ...tags(many(44)), ...defaultTags(others(5)) },
    {
      key: "eks-istio:tags",
      value: many(44),
      rule: `has 49 tags, ${onSubnets} (those of aws:defaultTags count)`,
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

describe("the tags of a zone that the stack creates", () => {
  const created = { "eks-istio:domain": { name: "example.com", additional: [{ name: "example.org" }] } };
  const six = { "eks-istio:tags": many(6) };
  const provided = (count: number) => ({
    "aws:defaultTags": { tags: Object.fromEntries(Array.from({ length: count }, (_, n) => [`other-${n}`, "x"])) },
  });
  const refusal = (value: object, count: number, domain: string, counted = "") => ({
    key: "eks-istio:tags",
    value,
    rule: `has ${count} tags, and a hosted zone may have 10: Route 53 would refuse those of ${domain}, which this stack creates${counted}`,
    fix: "Remove some, or create the zone yourself and write its id under domain.zone.id.",
  });

  accepts("ten, wherever they stand", { ...created, ...six, ...provided(4) });
  refuses("eleven", { ...created, "eks-istio:tags": many(11) }, refusal(many(11), 11, "example.com"));
  refuses(
    "eleven with the provider's, for a further domain",
    {
      "eks-istio:domain": { ...zone["eks-istio:domain"], additional: [{ name: "example.org" }] },
      ...six,
      ...provided(5),
    },
    refusal(many(6), 11, "example.org", " (those of aws:defaultTags count)"),
  );
  refuses(
    "a zone that is no id, and not the tags that one to be created couldn't have",
    { "eks-istio:domain": { name: "example.com", zone: { id: "example" } }, "eks-istio:tags": many(11) },
    {
      key: "eks-istio:domain.zone.id",
      value: "example",
      rule: "must be the id of a Route 53 hosted zone",
      fix: 'Write it like "Z0123456789ABCDEFGHIJ".',
    },
  );
});

// Compared with one another, these take minutes.
describe("forty thousand tags", () => {
  const most = Object.fromEntries(Array.from({ length: 40_000 }, (_, n) => [`tag-${n}`, "x"]));

  it("are counted, and those that differ in nothing but case are found", function () {
    this.timeout(60_000);
    const problems = problemsOf({ ...tags({ ...most, "TAG-39999": "x" }), ...defaultTags({ ...most, "Tag-1": "x" }) });
    assert.deepEqual(
      problems.map(({ key }) => key),
      ["aws:defaultTags.tags.Tag-1", "aws:defaultTags.tags", "eks-istio:tags.TAG-39999", "eks-istio:tags"],
    );
  });
});
