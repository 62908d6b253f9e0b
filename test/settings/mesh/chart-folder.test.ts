import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { chartFolder } from "../../charts";
import { accepts, mesh, refuses } from "../verdicts";

/** A folder of charts of 1.31.1, in which some files say something else. */
function folder(files: Readonly<Record<string, string>> = {}): string {
  const path = chartFolder("1.31.1");
  for (const [file, text] of Object.entries(files)) {
    writeFileSync(join(path, file), text);
  }
  return path;
}

const chart = (version: string, appVersion = version) => `version: ${version}\nappVersion: ${appVersion}\n`;

describe("a folder with Istio's charts", () => {
  accepts("charts of the mesh's version", mesh({ repository: folder(), version: "1.31.1" }));
  accepts(
    "a path that begins where Pulumi.yaml lies",
    mesh({ repository: `./${relative(process.cwd(), folder())}/`, version: "1.31.1" }),
  );
  accepts(
    "a mirror's own numbers for charts of Istio's version",
    mesh({ repository: folder({ "istiod/Chart.yaml": chart("7.0.2", "1.31.1") }) }),
  );
  for (const version of ["1.0.0", "1.32-alpha.0a1b2c", "1.31.1-acme.2"])
    accepts(
      `what is no release and can't be judged: ${version}`,
      mesh({ repository: folder({ "base/Chart.yaml": chart(version) }) }),
    );

  const other = folder({ "base/Chart.yaml": chart("1.30.2"), "gateway/Chart.yaml": "version: 1.29.0\n" });
  refuses("charts of other versions, which Helm would install", mesh({ repository: other, version: "1.31.1" }), {
    key: "eks-istio:mesh.repository",
    value: other,
    rule: "holds base 1.30.2, gateway 1.29.0, which would be installed although mesh.version is 1.31.1",
    fix: "Put the charts of 1.31.1 there, or write their version as mesh.version.",
  });

  const broken = folder({
    "base/Chart.yaml": "version: [\n",
    "istiod/Chart.yaml": "name: istiod\n",
  });
  rmSync(join(broken, "gateway", "Chart.yaml"));
  mkdirSync(join(broken, "gateway", "Chart.yaml"));
  for (const [what, repository, reasons] of [
    [
      "one that isn't there",
      join(broken, "elsewhere"),
      "base/Chart.yaml isn't there, istiod/Chart.yaml isn't there, gateway/Chart.yaml isn't there",
    ],
    [
      "one whose charts can't be read",
      broken,
      "base/Chart.yaml is no YAML, istiod/Chart.yaml has no version, gateway/Chart.yaml is no file",
    ],
  ] as const)
    refuses(what, mesh({ repository }), {
      key: "eks-istio:mesh.repository",
      value: repository,
      rule: `is a folder without readable charts: ${reasons}`,
      fix: 'Name one that holds base, istiod, gateway, unpacked ("helm pull --untar"). Its path begins where Pulumi.yaml lies.',
    });
});
