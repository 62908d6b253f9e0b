import Ajv from "ajv";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { rulesReference } from "../../scripts/rules-reference";
import { settingsReference } from "../../scripts/settings-reference";
import { appsSchema, stackSchema } from "../../scripts/stack-schema";

const root = join(__dirname, "..", "..");

function read(file: string): string {
  return readFileSync(join(root, file), "utf8");
}

describe("generated files", () => {
  it("include the schema for editors as the settings are now (npm run generate)", () => {
    assert.equal(read("stack.schema.json"), `${JSON.stringify(stackSchema(), null, 2)}\n`);
    assert.equal(read("apps.schema.json"), `${JSON.stringify(appsSchema(), null, 2)}\n`);
  });

  it("include the rules' reference as the rules are now (npm run generate)", () => {
    assert.equal(read("docs/rules.md"), rulesReference());
  });

  it("include the settings reference as the settings are now (npm run generate)", () => {
    assert.equal(read("docs/settings.md"), settingsReference());
  });
});

describe("the schema for editors", () => {
  const validate = new Ajv({ strict: false, allErrors: true }).compile(stackSchema());
  const errors = (document: unknown) =>
    validate(document) ? [] : (validate.errors ?? []).map(({ instancePath, keyword }) => `${instancePath} ${keyword}`);

  it("accepts files of applications by a schema of their own, and tells what is no application", () => {
    const applications = new Ajv({ strict: false }).compile(appsSchema());
    assert.equal(applications(parse(read("examples/apps/search.yaml"))), true);
    assert.equal(applications({ search: { namespace: "search", prot: 80 } }), false);
  });

  for (const stack of ["dev", "prod"]) {
    it(`accepts Pulumi.${stack}.yaml`, () => {
      assert.deepEqual(errors(parse(read(`examples/Pulumi.${stack}.yaml`))), []);
    });
  }

  it("knows a typo in a section's name", () => {
    const config = {
      "aws:region": "eu-west-1",
      "eks-istio:domain": { name: "example.com" },
      "eks-istio:cluster": { version: "1.35" },
      "eks-istio:gatway": {},
    };
    assert.ok(errors({ config }).includes("/config propertyNames"));
  });

  it("knows a typo in a key", () => {
    const config = {
      "aws:region": "eu-west-1",
      "eks-istio:domain": { nam: "example.com" },
      "eks-istio:cluster": { version: "1.35" },
    };
    assert.deepEqual(errors({ config }), [
      "/config/eks-istio:domain required",
      "/config/eks-istio:domain additionalProperties",
    ]);
  });

  it("leaves keys of other namespaces to their owners", () => {
    const config = {
      "aws:region": "eu-west-1",
      "eks-istio:domain": { name: "example.com" },
      "eks-istio:cluster": { version: "1.35" },
      "datadog:site": "eu",
    };
    assert.deepEqual(errors({ config }), []);
  });
});

describe("Pulumi.yaml", () => {
  const project = parse(read("Pulumi.yaml")) as {
    readonly config: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  };

  it("declares every map with a description and an empty default, so that no stack must carry them all", () => {
    // A list isn't declared: Pulumi would have all of its items be of one type.
    const sections = Object.entries(stackSchema().properties?.config?.properties ?? {})
      .filter(([key, { type }]) => key.startsWith("eks-istio:") && type !== "array")
      .map(([key]) => key.slice("eks-istio:".length));
    assert.ok(sections.length > 6);
    for (const section of sections) {
      const declared = project.config[section];
      assert.deepEqual([declared?.type, declared?.default], ["object", {}], section);
      assert.ok(typeof declared?.description === "string" && declared.description.length > 10, section);
    }
  });

  it("keeps resources off the default providers", () => {
    assert.deepEqual(project.config["pulumi:disable-default-providers"], { value: ["aws", "kubernetes"] });
  });
});
