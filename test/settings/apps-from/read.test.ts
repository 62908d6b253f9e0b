import assert from "node:assert/strict";
import { parseSettings } from "../../../components/settings/settings";
import { problemsOf, settingsOf } from "../../stack";
import { problemsWith, stackWith, type Files } from "./virtual";

const search = "search: {namespace: search, port: 8080}\n";
const web = { "eks-istio:apps": { web: { host: "www", namespace: "shop", port: 80 } } };

/** Holds the one problem of a stack with these files. */
function refuses(
  what: string,
  files: Files,
  expected: readonly unknown[],
  keys?: Readonly<Record<string, unknown>>,
): void {
  it(`refuses ${what}`, () => {
    const problems = problemsWith(files, keys);
    assert.deepEqual(
      problems.map(({ key, file, place, rule, fix }) => [
        key,
        file && `${file}:${place?.line}:${place?.column}`,
        rule,
        fix,
      ]),
      [expected],
    );
  });
}

describe("applications in files of their own", () => {
  it("are the same as those in the stack file", () => {
    const rest = "index:\n  namespace: search\n  port: 9200\n";
    const config = stackWith({ "apps/a.yaml": search, "apps/b/index.yaml": rest }, web);
    const all = {
      ...web["eks-istio:apps"],
      search: { namespace: "search", port: 8080 },
      index: { namespace: "search", port: 9200 },
    };
    assert.deepEqual(parseSettings(config).apps, settingsOf({ "eks-istio:apps": all }).apps);
  });

  it("may be called by those in the stack file, and call them", () => {
    const files = { "apps/a.yaml": "search: {namespace: search, port: 8080, calls: [web]}\n" };
    const keys = { "eks-istio:apps": { web: { namespace: "shop", port: 80, calls: ["search"] } } };
    assert.deepEqual(problemsWith(files, keys), []);
  });

  it("may be one file", () => {
    assert.deepEqual(problemsWith({ "apps.txt": search }, { "eks-istio:appsFrom": ["apps.txt"] }), []);
  });

  it("merge what an anchor of their file stands for", () => {
    const text = "search: &s {namespace: search, port: 8080}\nindex: {<<: *s, timeout: 2s}\n";
    const { apps } = parseSettings(stackWith({ "apps/a.yaml": text }));
    assert.deepEqual(
      apps.map(({ name, port, timeout }) => [name, port, timeout]),
      [
        ["search", 8080, undefined],
        ["index", 8080, "2s"],
      ],
    );
  });

  refuses(
    "a name that the stack file has, too",
    { "apps/a.yaml": `${search}web: {namespace: search, port: 80}\n` },
    [
      "web",
      "apps/a.yaml:2:1",
      "is an application of eks-istio:apps already: a name stands for one application of the stack",
      "Rename one of the two, or remove it.",
    ],
    web,
  );
  refuses("a name that another file has, too", { "apps/a.yaml": search, "apps/b.yaml": `\n${search}` }, [
    "search",
    "apps/b.yaml:2:1",
    "is an application of apps/a.yaml already: a name stands for one application of the stack",
    "Rename one of the two, or remove it.",
  ]);
  refuses(
    "a file that two entries name",
    { "apps/a.yaml": search },
    [
      "eks-istio:appsFrom[1]",
      undefined,
      "names apps/a.yaml, which an entry before it names, too",
      "Remove one of the two: each file is read once.",
    ],
    { "eks-istio:appsFrom": ["apps", "apps/a.yaml"] },
  );
  refuses("a folder that isn't there", {}, [
    "eks-istio:appsFrom[0]",
    undefined,
    "names apps, which isn't there",
    "Create it.",
  ]);
  refuses("an empty file", { "apps/a.yaml": "# later\n" }, [
    "(the whole file)",
    "apps/a.yaml:undefined:undefined",
    "holds no application",
    "Write one into it, or remove the file.",
  ]);
  refuses("a file that is a list", { "apps/a.yaml": "[search]\n" }, [
    "(the whole file)",
    "apps/a.yaml:undefined:undefined",
    "must be a map of keys and values",
    'Begin it with the name of an application, e.g. "search:".',
  ]);
  refuses("what is no YAML", { "apps/a.yaml": "search: {port: 1\n" }, [
    "(YAML)",
    "apps/a.yaml:2:1",
    "is not YAML: Flow map in block collection must be sufficiently indented and end with a }",
    "Mend the line. An editor with a YAML extension shows where it breaks.",
  ]);
  refuses("an application twice in a file", { "apps/a.yaml": `${search}${search}` }, [
    "search",
    "apps/a.yaml:2:1",
    "is there already: the same key stands in line 1, column 1",
    "Put what stands under both under one of them.",
  ]);
  for (const [what, text, key] of [
    ["a stack file's key", "eks-istio:apps: {search: {namespace: search, port: 80}}\n", "eks-istio:apps"],
    ["the line config", "config: {x: 1}\n", "config"],
    ["a section's name", "apps: {search: {namespace: search, port: 80}}\n", "apps"],
  ] as const)
    refuses(`${what} above the applications`, { "apps/a.yaml": text }, [
      key,
      "apps/a.yaml:1:1",
      "belongs into a stack file, and this one is a map of applications by name",
      `Begin the file with the applications themselves, without ${key} above them.`,
    ]);
  it("may have the name of a section", () => {
    assert.deepEqual(problemsWith({ "apps/a.yaml": "network: {namespace: search, port: 80}\n" }), []);
  });

  it("refuses an application without its name", () => {
    assert.deepEqual(
      problemsWith({ "apps/a.yaml": "namespace: search\nport: 80\n" }).map(({ key, place, fix }) => [
        key,
        place?.line,
        fix,
      ]),
      ["namespace", "port"].map((key, index) => [
        key,
        index + 1,
        'Write the application\'s name above it, e.g. "search:", and indent all that belongs to it by two spaces.',
      ]),
    );
  });

  it("never shows what is encrypted", () => {
    const text = "search: {namespace: search, port: 80, headers: {request: {set: {a: {secure: AAABciphertext}}}}}\n";
    assert.deepEqual(problemsWith({ "apps/a.yaml": text }), [
      {
        key: "search.headers.request.set.a",
        value: "[secret]",
        rule: "is encrypted, and only the engine can read it",
        fix: "Set it without --secret; put secrets into a Kubernetes Secret, and name that in env.",
        file: "apps/a.yaml",
        place: { line: 1, column: 1 },
      },
    ]);
  });

  it("say nothing of who is missing while a file can't be read", () => {
    const keys = { "eks-istio:apps": { web: { namespace: "shop", port: 80, calls: ["search"] } } };
    assert.deepEqual(
      problemsWith({ "apps/a.yaml": "search: [\n" }, keys).map(({ key }) => key),
      ["(YAML)"],
    );
  });
});

describe("a problem with an application in a file of its own", () => {
  it("has the key, the line and the column of that file", () => {
    const text = "search:\n  namespace: search\n  port: 8080\n  routes:\n    - prot: 1\n";
    assert.deepEqual(
      problemsWith({ "apps/a.yaml": text }).map(({ key, file, place }) => [key, file, place]),
      [["search.routes[0].prot", "apps/a.yaml", { line: 5, column: 7 }]],
    );
  });

  it("comes behind those of the stack file, file by file", () => {
    const bad = (name: string) => `${name}: {namespace: search, port: 0}\n`;
    const files = { "apps/b.yaml": bad("b"), "apps/a.yaml": bad("a") };
    const keys = { "eks-istio:apps": { web: { namespace: "shop", port: 0 } } };
    assert.deepEqual(
      problemsWith(files, keys).map(({ key }) => key),
      ["eks-istio:apps.web.port", "a.port", "b.port"],
    );
  });
});

describe("an entry of appsFrom", () => {
  it("is a path within the project's reach", () => {
    assert.deepEqual(
      problemsOf({ "eks-istio:appsFrom": ["/srv/apps"] }).map(({ key, rule }) => [key, rule]),
      [["eks-istio:appsFrom[0]", "must be a path from the project's folder on: another machine has other folders"]],
    );
  });
});
