import { accepts, domain, refuses } from "../verdicts";

describe("the domain", () => {
  accepts("a domain of several labels", domain({ name: "shop.eu.example.com" }));

  const notNames = [
    ["a scheme", "https://example.com"],
    ["a trailing dot", "example.com."],
    ["upper case", "Example.com"],
    ["a wildcard", "*.example.com"],
    ["a single label", "localhost"],
    ["a numeric top-level domain", "10.0.0.1"],
  ] as const;
  for (const [what, name] of notNames) {
    refuses(`a domain with ${what}`, domain({ name }), {
      key: "eks-istio:domain.name",
      value: name,
      rule: "must be a DNS name in lowercase, without a scheme or a trailing dot",
      fix: 'Write it like "example.com".',
    });
  }

  accepts("further domains", domain({ additional: [{ name: "example.org" }] }));

  refuses(
    "a further domain that is the first one again",
    domain({ additional: [{ name: "example.org" }, { name: "example.com" }] }),
    {
      key: "eks-istio:domain.additional[1].name",
      value: "example.com",
      rule: "is listed twice: example.com",
      fix: "Remove one of them.",
    },
  );
});

describe("the domain's zone", () => {
  const zones = [
    ["to be created", { create: true }],
    ["by id", { id: "Z0123456789ABCDEFGHIJ" }],
    ["by the domain's name", { name: "example.com" }],
  ] as const;
  for (const [what, zone] of zones) accepts(`a zone ${what}`, domain({ zone }));

  const choices = [
    ["no way to find it", {}],
    ["two ways to find it", { create: true, id: "Z0123456789ABCDEFGHIJ" }],
  ] as const;
  for (const [what, zone] of choices) {
    refuses(`a zone with ${what}`, domain({ zone }), {
      key: "eks-istio:domain.zone",
      value: zone,
      rule: "must have exactly one of create, id and name",
      fix: "Write {create: true}, {id: Z…} or {name: …}.",
    });
  }

  refuses("a zone that is not to be created, which is no way to find it", domain({ zone: { create: false } }), {
    key: "eks-istio:domain.zone.create",
    value: false,
    rule: "must be true, or left out",
    fix: "Remove it.",
  });

  refuses("a zone id with Route 53's prefix", domain({ zone: { id: "/hostedzone/Z0123456789ABCDEFGHIJ" } }), {
    key: "eks-istio:domain.zone.id",
    value: "/hostedzone/Z0123456789ABCDEFGHIJ",
    rule: "must be the id of a Route 53 hosted zone",
    fix: 'Write it like "Z0123456789ABCDEFGHIJ".',
  });

  accepts("the zone of a parent domain", domain({ name: "dev.example.com", zone: { name: "example.com" } }));

  refuses(
    "a zone whose name the domain merely ends in",
    domain({ name: "myexample.com", zone: { name: "example.com" } }),
    {
      key: "eks-istio:domain.zone.name",
      value: "example.com",
      rule: "does not hold myexample.com",
      fix: "Name the zone myexample.com, or one of its parents.",
    },
  );

  refuses(
    "a further domain's zone that doesn't hold it",
    domain({ additional: [{ name: "example.org", zone: { name: "example.com" } }] }),
    {
      key: "eks-istio:domain.additional[0].zone.name",
      value: "example.com",
      rule: "does not hold example.org",
      fix: "Name the zone example.org, or one of its parents.",
    },
  );
});
