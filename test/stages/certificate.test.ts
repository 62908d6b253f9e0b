import assert from "node:assert/strict";
import { Certificate } from "../../components/stages/certificate";
import { deployed, registrationOf, valueOf } from "./deployed";
import { planned } from "./support";

const request =
  (names: string[] = []) =>
  () =>
    new Certificate("shop", {
      domain: { name: "example.com", zone: { create: true }, certificate: { names } },
      zoneId: "Z0CREATED",
    });
const given = "arn:aws:acm:ap-northeast-2:123456789012:certificate/0f1e2d3c";

describe("Certificate", () => {
  it("is for the wildcard, with the domain itself beside it, validated by DNS", async () => {
    const deployment = await deployed(request());
    assert.deepEqual(registrationOf(deployment, "aws:acm/certificate:Certificate", "shop").inputs, {
      domainName: "*.example.com",
      subjectAlternativeNames: ["example.com"],
      validationMethod: "DNS",
      tags: { Name: "shop" },
    });
  });

  it("makes exactly one validation record for wildcard and domain, as a second would be a duplicate", async () => {
    const deployment = await deployed(request());
    const records = deployment.registrations.filter(({ type }) => type === "aws:route53/record:Record");
    assert.deepEqual(
      records.map(({ name, inputs }) => [name, inputs]),
      [
        [
          "shop-example.com",
          {
            zoneId: "Z0CREATED",
            name: "_challenge.example.com.",
            type: "CNAME",
            records: ["_answer.example.com.acm-validations.aws."],
            ttl: 60,
            allowOverwrite: true,
          },
        ],
      ],
    );
  });

  it("makes one more validation record for each further name that is behind no wildcard of it", async () => {
    const deployment = await deployed(request(["*.api.example.com", "api.example.com", "www.example.com"]));
    const records = deployment.registrations.filter(({ type }) => type === "aws:route53/record:Record");
    assert.deepEqual(records.map(({ inputs }) => inputs.name).sort(), [
      "_challenge.api.example.com.",
      "_challenge.example.com.",
      "_challenge.www.example.com.",
    ]);
  });

  it("finds a wildcard's record where ACM lists the wildcard only", async () => {
    const deployment = await deployed(request(["*.api.example.com"]));
    assert.equal(
      registrationOf(deployment, "aws:route53/record:Record", "shop-api.example.com").inputs.name,
      "_challenge.api.example.com.",
    );
  });

  it("is validated by all its records, with time for somebody to delegate the zone", async () => {
    const deployment = await deployed(request(["*.api.example.com"]));
    const { inputs, createTimeout } = registrationOf(
      deployment,
      "aws:acm/certificateValidation:CertificateValidation",
      "shop",
    );
    assert.deepEqual(
      [inputs, createTimeout],
      [
        {
          certificateArn: "arn:aws:acm:ap-northeast-2:123456789012:certificate/requested",
          validationRecordFqdns: ["_challenge.example.com.", "_challenge.api.example.com."],
        },
        "2h",
      ],
    );
  });

  it("hands over an ARN that comes from the validation, as a load balancer takes no unvalidated one", async () => {
    const { result } = await deployed(request(), {
      outputs: { "aws:acm/certificateValidation:CertificateValidation": { certificateArn: "arn:validated" } },
    });
    assert.equal(await valueOf(result.arn), "arn:validated");
  });

  it("says so when ACM answers with other names than were asked for", async () => {
    const domainValidationOptions = [
      { domainName: "other.com", resourceRecordName: "_x", resourceRecordType: "CNAME", resourceRecordValue: "_y" },
    ];
    const { result } = await deployed(request(), {
      outputs: { "aws:acm/certificate:Certificate": { domainValidationOptions } },
    });
    await assert.rejects(
      valueOf(result.arn),
      /ACM gave no validation record for example[.]com, only for other[.]com[.]$/,
    );
  });

  for (const type of ["aws:acm/certificate:Certificate", "aws:acm/certificateValidation:CertificateValidation"]) {
    it(`makes its successor's ${type.slice(type.lastIndexOf(":") + 1)} before the old one goes, which the load balancer still uses`, async () => {
      const deployment = await deployed(request());
      assert.equal(registrationOf(deployment, type, "shop").deleteBeforeReplace, false);
    });
  }

  it("is not requested where the stack gives one", async () => {
    const { result, registrations } = await deployed(
      () =>
        new Certificate("shop", {
          domain: { name: "example.com", zone: { create: true }, certificate: { arn: given, names: [] } },
          zoneId: "Z0CREATED",
        }),
    );
    assert.deepEqual(
      [await valueOf(result.arn), registrations.map(({ type }) => type)],
      [given, ["eks-istio:stage:Certificate"]],
    );
  });

  it("is made for each domain, in that domain's zone", async () => {
    const plan = await planned({
      domain: { name: "example.com", additional: [{ name: "example.org", zone: { id: "Z0GIVEN1" } }] },
    });
    assert.deepEqual(
      plan.ofType("aws:acm/certificate:Certificate").map((each) => plan.inputs(each).domainName),
      ["*.example.com", "*.example.org"],
    );
    assert.equal(plan.inputs("Record shop-domain-example.org-certificate-example.org").zoneId, "Z0GIVEN1");
  });

  it("makes as many validation records on a preview, when ACM has said nothing yet", async () => {
    const plan = await planned({ domain: { name: "example.com", certificate: { names: ["*.api.example.com"] } } });
    assert.deepEqual(plan.children("stage:Certificate shop-domain-example.com-certificate"), [
      "aws:acm/certificate:Certificate shop-domain-example.com-certificate",
      "aws:acm/certificateValidation:CertificateValidation shop-domain-example.com-certificate",
      "aws:route53/record:Record shop-domain-example.com-certificate-api.example.com",
      "aws:route53/record:Record shop-domain-example.com-certificate-example.com",
    ]);
  });
});
