import { accepts, domain, refuses } from "../verdicts";

const seoul = "arn:aws:acm:ap-northeast-2:123456789012:certificate/0f1e2d3c";
const virginia = "arn:aws:acm:us-east-1:123456789012:certificate/0f1e2d3c";

describe("the domain's certificate", () => {
  accepts("a certificate in the stack's region", domain({ certificate: { arn: seoul } }));

  refuses("a certificate in another region", domain({ certificate: { arn: virginia } }), {
    key: "eks-istio:domain.certificate.arn",
    value: virginia,
    rule: "is in us-east-1, and a load balancer takes certificates of its own region only",
    fix: "Use a certificate in ap-northeast-2.",
  });

  refuses(
    "another region's certificate for a further domain",
    domain({ additional: [{ name: "example.org", certificate: { arn: virginia } }] }),
    {
      key: "eks-istio:domain.additional[0].certificate.arn",
      value: virginia,
      rule: "is in us-east-1, and a load balancer takes certificates of its own region only",
      fix: "Use a certificate in ap-northeast-2.",
    },
  );

  refuses(
    "a certificate of IAM",
    domain({ certificate: { arn: "arn:aws:iam::123456789012:server-certificate/example" } }),
    {
      key: "eks-istio:domain.certificate.arn",
      value: "arn:aws:iam::123456789012:server-certificate/example",
      rule: "must be the ARN of an ACM certificate",
      fix: 'Write it like "arn:aws:acm:us-east-1:123456789012:certificate/0f1e2d3c".',
    },
  );

  accepts(
    "further names under the domain",
    domain({ certificate: { names: ["*.api.example.com", "a.b.example.com"] } }),
  );

  refuses("a name with a wildcard in the middle", domain({ certificate: { names: ["api.*.example.com"] } }), {
    key: "eks-istio:domain.certificate.names[0]",
    value: "api.*.example.com",
    rule: "must be a DNS name, or a wildcard for one label",
    fix: 'Write it like "*.api.example.com".',
  });

  for (const name of ["example.com", "*.example.com"]) {
    refuses(`${name} as a further name`, domain({ certificate: { names: [name] } }), {
      key: "eks-istio:domain.certificate.names[0]",
      value: name,
      rule: "is on the certificate already",
      fix: "Remove it.",
    });
  }

  const long = `${"a".repeat(51)}.example.org`;
  accepts("a domain of 62 characters", domain({ name: long.slice(1) }));
  refuses("a domain with which the certificate's first name would pass 64", domain({ name: long }), {
    key: "eks-istio:domain.name",
    value: long,
    rule: 'has 63 characters, and may have 62: a certificate\'s first name, "*." and this one, has at most 64',
    fix: "Use a shorter domain, or name a certificate that covers it under certificate.arn.",
  });
  accepts("a long domain with a certificate of its own", domain({ name: long, certificate: { arn: seoul } }));

  const extra = (count: number) => Array.from({ length: count }, (_, n) => `*.n${n}.example.com`);
  accepts("ten names on a certificate", domain({ certificate: { names: extra(8) } }));
  refuses(
    "eleven names on a further domain's certificate",
    domain({ name: "example.org", additional: [{ name: "example.com", certificate: { names: extra(9) } }] }),
    {
      key: "eks-istio:domain.additional[0].certificate.names",
      value: extra(9),
      rule: "has 9 names, and with the domain and its wildcard that is 11: a certificate has at most 10",
      fix: "Remove some, or have the quota raised, request the certificate yourself and name it under certificate.arn.",
    },
  );

  refuses("a name that another zone must validate", domain({ certificate: { names: ["*.example.org"] } }), {
    key: "eks-istio:domain.certificate.names[0]",
    value: "*.example.org",
    rule: "is not under example.com, whose zone validates the certificate",
    fix: "Use a name that ends in .example.com, or list its domain under domain.additional.",
  });

  const eu = { name: "eu.example.com" };
  for (const name of ["eu.example.com", "*.eu.example.com"]) {
    refuses(
      `${name}, which a further domain's certificate covers`,
      domain({ certificate: { names: [name] }, additional: [eu] }),
      {
        key: "eks-istio:domain.certificate.names[0]",
        value: name,
        rule: "is validated by the record of eu.example.com, a domain of this stack with a certificate of its own: the record would have two owners",
        fix: "Remove it: that domain's certificate covers it.",
      },
    );
  }
  refuses(
    "a name of a further domain that the next one's certificate covers",
    domain({
      additional: [{ name: "example.org", certificate: { names: ["*.eu.example.org"] } }, { name: "eu.example.org" }],
    }),
    {
      key: "eks-istio:domain.additional[0].certificate.names[0]",
      value: "*.eu.example.org",
      rule: "is validated by the record of eu.example.org, a domain of this stack with a certificate of its own: the record would have two owners",
      fix: "Remove it: that domain's certificate covers it.",
    },
  );
  const below = ["*.api.eu.example.com"];
  const elsewhere = (name: string, what: string, fix: string) => ({
    key: "eks-istio:domain.certificate.names[0]",
    value: name,
    rule: `is ${what}, whose zone is another than that of example.com, where this certificate is validated: up would wait for two hours, and fail`,
    fix,
  });
  const [id, another] = ["Z0123456789ABCDEFGHIJ", "Z9876543210ABCDEFGHIJ"];
  for (const [zones, own, closer] of [
    ["both are created", { create: true }, { create: true }],
    ["one is created below an existing one", { id }, { create: true }],
    ["both exist, with ids that differ", { id }, { id: another }],
    ["both exist, with names that differ", { name: "example.com" }, { name: "eu.example.com" }],
    ["the lower one has a longer name than the upper domain", { id }, { name: "eu.example.com" }],
  ] as const)
    refuses(
      `a name below a further domain whose zone is another: ${zones}`,
      domain({ zone: own, certificate: { names: below }, additional: [{ ...eu, zone: closer }] }),
      elsewhere(
        "*.api.eu.example.com",
        "below eu.example.com",
        "Write it under domain.additional[0].certificate.names.",
      ),
    );
  for (const [zones, own, closer] of [
    ["by id", { id }, { id }],
    ["by name", { name: "example.com" }, { name: "example.com" }],
    ["as the one that is created", { create: true }, { name: "example.com" }],
    ["perhaps, by an id here and a name there", { name: "example.com" }, { id }],
    ["perhaps, by a name here and an id there", { id }, { name: "example.com" }],
  ] as const)
    accepts(
      `a name below a further domain whose zone is the same: ${zones}`,
      domain({ zone: own, certificate: { names: below }, additional: [{ ...eu, zone: closer }] }),
    );

  const zone = { id };
  for (const [name, lower] of [
    ["*.api.eu.example.com", "*.api.eu.example.com"],
    ["*.api.eu.example.com", "api.eu.example.com"],
  ] as const)
    refuses(
      `${name}, where the certificate of the domain below has ${lower}`,
      domain({ zone, certificate: { names: [name] }, additional: [{ ...eu, zone, certificate: { names: [lower] } }] }),
      {
        key: "eks-istio:domain.certificate.names[0]",
        value: name,
        rule: "is validated by the record of api.eu.example.com, which the certificate of eu.example.com has as well: the record would have two owners, and the one that goes would take it from the other",
        fix: "Remove it: domain.additional[0].certificate.names covers it.",
      },
    );
  accepts(
    "a name beside one of the domain below",
    domain({
      zone,
      certificate: { names: below },
      additional: [{ ...eu, zone, certificate: { names: ["b.eu.example.com"] } }],
    }),
  );
  const given = { ...eu, certificate: { arn: seoul } };
  for (const [name, what] of [
    ["*.eu.example.com", "below eu.example.com"],
    ["eu.example.com", "eu.example.com"],
  ] as const)
    refuses(
      `${name}, a name of a further domain with a given certificate and another zone`,
      domain({ certificate: { names: [name] }, additional: [given] }),
      elsewhere(name, what, "Remove it, and use a certificate for eu.example.com that covers it."),
    );
  accepts(
    "a further domain's name where its certificate is given, and its zone is the same",
    domain({ zone: { id }, certificate: { names: ["*.eu.example.com"] }, additional: [{ ...given, zone: { id } }] }),
  );
  accepts(
    "a name of a further domain with a given certificate and a zone by id, which may be private",
    domain({
      zone: { id },
      certificate: { names: ["*.eu.example.com"] },
      additional: [{ ...given, zone: { id: another } }],
    }),
  );
  refuses(
    "a name below the domain that a further one lies above",
    domain({ name: "eu.example.com", additional: [{ name: "example.com", certificate: { names: below } }] }),
    {
      ...elsewhere("*.api.eu.example.com", "below eu.example.com", "Write it under domain.certificate.names."),
      key: "eks-istio:domain.additional[0].certificate.names[0]",
    },
  );
  refuses(
    "a zone that is no id, and not what would follow from another",
    domain({ zone: { id: "example" }, certificate: { names: below }, additional: [{ ...eu, zone: { id } }] }),
    {
      key: "eks-istio:domain.zone.id",
      value: "example",
      rule: "must be the id of a Route 53 hosted zone",
      fix: 'Write it like "Z0123456789ABCDEFGHIJ".',
    },
  );

  refuses("a name listed twice", domain({ certificate: { names: ["*.api.example.com", "*.api.example.com"] } }), {
    key: "eks-istio:domain.certificate.names[1]",
    value: "*.api.example.com",
    rule: "is listed twice",
    fix: "Remove one of them.",
  });

  refuses(
    "further names for a given certificate",
    domain({ certificate: { arn: seoul, names: ["*.api.example.com"] } }),
    {
      key: "eks-istio:domain.certificate.names",
      value: ["*.api.example.com"],
      rule: "has no effect beside arn: a given certificate has the names it has",
      fix: 'Remove "names" or "arn".',
    },
  );
});
