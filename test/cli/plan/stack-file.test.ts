import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readStackFile } from "../../../cli/plan/stack-file";
import { SettingsError, type Problem } from "../../../components/settings/errors";

describe("reading a stack file without the engine", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "stack-file-"));
    writeFileSync(
      join(folder, "Pulumi.yaml"),
      "name: shop\nconfig:\n  domain: {type: object, default: {}}\n  pulumi:disable-default-providers: {value: [aws, kubernetes]}\n",
    );
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  function read(text: string, stack = "dev") {
    writeFileSync(join(folder, `Pulumi.${stack}.yaml`), text);
    return readStackFile(folder, stack).config;
  }

  function problems(text: string): readonly Problem[] {
    try {
      read(text);
    } catch (error) {
      assert.ok(error instanceof SettingsError);
      return error.problems;
    }
    return [];
  }

  it("hands over declared values and defaults, then the stack's, as the engine does: maps as JSON, strings as they are", () => {
    assert.deepEqual(
      read("config:\n  aws:region: eu-west-1\n  shop:apps: {a: {port: 80}}\n  gateway: {scheme: internal}\n"),
      {
        project: "shop",
        stack: "dev",
        values: {
          "shop:domain": "{}",
          "pulumi:disable-default-providers": '["aws","kubernetes"]',
          "aws:region": "eu-west-1",
          "shop:apps": '{"a":{"port":80}}',
          "shop:gateway": '{"scheme":"internal"}',
        },
      },
    );
  });

  it("takes an empty file for a stack without keys of its own", () => {
    assert.deepEqual(Object.keys(read("").values), ["shop:domain", "pulumi:disable-default-providers"]);
  });

  it("merges what YAML merges, as the engine does", () => {
    assert.equal(
      read("config:\n  shop:apps:\n    a: &a {port: 80}\n    b: {<<: *a, host: b}\n").values["shop:apps"],
      '{"a":{"port":80},"b":{"port":80,"host":"b"}}',
    );
  });

  it("leaves the engine's own keys alone", () => {
    assert.ok(
      read(
        "secretsprovider: awskms://alias/pulumi\nencryptionsalt: v1:abc\nencryptedkey: abc\nenvironment: [shared]\nconfig:\n  aws:region: eu-west-1\n",
      ).values["aws:region"],
    );
  });

  it("refuses a key beside config that nobody reads", () => {
    assert.deepEqual(problems("confg:\n  aws:region: eu-west-1\n"), [
      {
        key: "confg",
        value: { "aws:region": "eu-west-1" },
        rule: "is not a known key",
        fix: 'Did you mean "config"?',
        place: { line: 1, column: 1 },
      },
    ]);
  });

  it("refuses keys of config where there is no config, in one problem", () => {
    assert.deepEqual(problems("aws:region: eu-west-1\nshop:domain: {name: example.com}\n"), [
      {
        key: "aws:region",
        value: "eu-west-1",
        rule: "stands at the beginning of its line, as 1 other key does, and the file has no config for it to belong to",
        fix: 'Write "config:" on a line before it, and indent all that belongs to it by two spaces.',
        place: { line: 1, column: 1 },
      },
    ]);
  });

  it("refuses a key of config that stands beside it", () => {
    assert.deepEqual(problems("config:\n  aws:region: eu-west-1\nshop:tags: {team: a}\n"), [
      {
        key: "shop:tags",
        value: { team: "a" },
        rule: "stands beside config, and belongs into it: nobody reads it here",
        fix: "Indent it, with all that belongs to it, by two spaces, like the other keys of config.",
        place: { line: 3, column: 1 },
      },
    ]);
  });

  it("refuses a key beside the section that it belongs to", () => {
    assert.deepEqual(problems('config:\n  shop:cluster:\n  version: "1.35"\n'), [
      {
        key: "shop:version",
        value: "1.35",
        rule: "stands beside shop:cluster, which is empty",
        fix: "Indent it by two more spaces, to stand below shop:cluster.",
        place: { line: 3, column: 3 },
      },
    ]);
  });

  const slips = [
    [
      "a key that is indented too little",
      "config:\n  shop:cluster:\n    version: x\n   admins: {a: b}\n",
      { line: 4, column: 4 },
      "Indent it by 4 spaces, to stand beside version, or by 2 spaces, to stand beside shop:cluster.",
    ],
    [
      "a key that is indented too far",
      "config:\n  shop:cluster:\n    version: x\n     admins: {a: b}\n",
      { line: 4, column: 6 },
      "Indent it by 4 spaces, to stand beside version, or by 2 spaces, to stand beside shop:cluster.",
    ],
    ["a tab", "config:\n\ta: 1\n", { line: 2, column: 1 }, "Indent with spaces: YAML takes no tabs there."],
    [
      "a colon without a space",
      "config:\n  aws:region:eu-west-1\n  b: 1\n",
      { line: 2, column: 3 },
      'Put a space behind the colon: "aws:region: eu-west-1".',
    ],
    [
      "a text with a colon",
      "config:\n  a: b: c\n",
      { line: 2, column: 6 },
      "Put a text that has a colon and a space in it in quotes.",
    ],
    ["a text that begins with @", "config:\n  a: @\n", { line: 2, column: 6 }, "Put the text in quotes."],
  ] as const;
  for (const [what, text, place, fix] of slips)
    it(`says what to write for ${what}`, () => {
      assert.deepEqual(
        problems(text).map((problem) => [problem.place, problem.fix]),
        [[place, fix]],
      );
    });

  it("tells one error of syntax, as the others follow from it", () => {
    assert.equal(problems("config:\n\ta: 1\n\tb: 2\n").length, 1);
  });

  it("names line and column where YAML breaks off", () => {
    assert.deepEqual(problems("config:\n  aws:region: [eu-west-1\n"), [
      {
        key: "(YAML)",
        value: "",
        place: { line: 3, column: 1 },
        rule: "is not YAML: Flow sequence in block collection must be sufficiently indented and end with a ]",
        fix: "Mend the line. An editor with a YAML extension shows where it breaks.",
      },
    ]);
  });

  it("refuses a key that stands there twice", () => {
    assert.deepEqual(
      problems("config:\n  a: 1\n  a: 2\n").map(({ key, rule, place }) => [key, rule, place]),
      [["a", "is there already: the same key stands in line 2, column 3", { line: 3, column: 3 }]],
    );
  });

  it("tells every key that stands there twice, however many there are", () => {
    const keys = Array.from({ length: 20_000 }, (_, index) => `  k${index}: 1\n`).join("");
    assert.deepEqual(
      problems(`config:\n${keys}  k0: 2\n  k1: 2\n`).map(({ key, place }) => [key, place]),
      [
        ["k0", { line: 20002, column: 3 }],
        ["k1", { line: 20003, column: 3 }],
      ],
    );
  });

  it("refuses an alias without an anchor, and says where", () => {
    assert.deepEqual(problems("config:\n  a: &b 1\n  c: {d: *e}\n"), [
      {
        key: "(YAML)",
        place: { line: 3, column: 10 },
        value: "c: {d: *e}",
        rule: "has an alias, *e, and no anchor &e before it",
        fix: "Write the anchor first, or quote a text that begins with *.",
      },
    ]);
  });

  for (const [what, text] of [
    ["a map", "config:\n  a: &a\n    b: *a\n"],
    ["a list", "config:\n  a: &a [*a]\n"],
  ] as const)
    it(`refuses ${what} that contains itself`, () => {
      assert.deepEqual(problems(text), [
        {
          key: "(the whole file)",
          value: undefined,
          rule: "has an alias inside of what it stands for, which never ends",
          fix: "Write out what the alias means.",
        },
      ]);
    });

  for (const [what, text] of [
    ["maps", "{a: ".repeat(5000) + "1" + "}".repeat(5000)],
    ["lists", "[".repeat(5000) + "]".repeat(5000)],
  ] as const)
    it(`refuses thousands of ${what} inside one another`, () => {
      assert.deepEqual(
        problems(`config:\n  a: ${text}\n`).map(({ rule }) => rule),
        ["is nested too deeply to be read"],
      );
    });

  it("refuses a file that is a list", () => {
    assert.deepEqual(problems("- config\n"), [
      {
        key: "(the whole file)",
        value: ["config"],
        rule: "must be a map of keys and values",
        fix: 'Begin it with "config:".',
      },
    ]);
  });

  it("refuses a config that is no map", () => {
    assert.deepEqual(problems("config: none\n"), [
      {
        key: "config",
        value: "none",
        rule: "must be a map of keys and values",
        fix: 'Write the keys below "config:", each on a line of its own.',
      },
    ]);
  });

  it("refuses an encrypted value, which only the engine can read, and never shows it", () => {
    assert.deepEqual(problems("config:\n  shop:tags: {secure: v1:abc}\n"), [
      {
        key: "shop:tags",
        value: "[secret]",
        rule: "is encrypted, and only the engine can read it",
        fix: "Set it without --secret; put secrets into a Kubernetes Secret, and name that in env.",
        place: { line: 2, column: 3 },
      },
    ]);
  });

  it("refuses encrypted values inside of others, each by its key, and never shows them", () => {
    const text = "config:\n  shop:domain: {name: {secure: abc}, zone: {id: {secure: def}}}\n";
    assert.deepEqual(
      problems(text).map(({ key, value, rule }) => [key, value, rule]),
      [
        ["shop:domain.name", "[secret]", "is encrypted, and only the engine can read it"],
        ["shop:domain.zone.id", "[secret]", "is encrypted, and only the engine can read it"],
      ],
    );
  });

  it("leaves encrypted values of other namespaces to those who read them", () => {
    assert.equal(read("config:\n  datadog:apiKey: {secure: v1:abc}\n").values["datadog:apiKey"], undefined);
  });

  it("refuses a file that aliases blow up", () => {
    const bomb = [
      "config:",
      "  a: &a [x, x, x, x, x, x, x, x, x, x]",
      ...["b", "c", "d", "e"].map(
        (name, index) => `  ${name}: &${name} [${Array(10).fill(`*${"abcd"[index]}`).join(", ")}]`,
      ),
    ].join("\n");
    assert.deepEqual(
      problems(bomb).map(({ rule }) => rule),
      ["can't be read: Excessive alias count indicates a resource exhaustion attack"],
    );
  });

  it("refuses a file of many megabytes at once, instead of reading it for minutes", () => {
    const apps = Array.from({ length: 100_000 }, (_, index) => `    app-${index}: {namespace: team, port: 80}`).join(
      "\n",
    );
    assert.deepEqual(problems(`config:\n  shop:apps:\n${apps}\n`), [
      {
        key: "(the whole file)",
        value: undefined,
        rule: "has 4.1 MiB, and may have 1",
        fix: "Spread its applications over several files, with appsFrom.",
      },
    ]);
  });

  it("says which file is missing", () => {
    assert.throws(() => readStackFile(folder, "prod"), {
      name: "SettingsError",
      message:
        "Pulumi.prod.yaml has 1 problem. Nothing was created.\n\n  (the whole file)\n    value  (not set)\n    rule   can't be read: there is no such file\n    fix    Create it, or name its file with --config-file.",
    });
  });

  it("takes no path for a stack's name", () => {
    assert.throws(() => readStackFile(folder, "../../etc/passwd"), /--stack\n.*\n.*is not the name of a stack/);
  });
});
