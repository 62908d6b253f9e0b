import { isAbsolute, relative, resolve } from "node:path";
import type { Unjudged } from "../../policies/engine/evaluate";
import type { ResourceData } from "../../policies/engine/resource";
import { fromYaml, type Unreadable } from "../../policies/sources/yaml";
import { build } from "./kustomize/build";
import { entriesOf, isComponent, readKustomization, type Kustomization } from "./kustomize/kustomization";
import { render } from "./kustomize/render";
import { isLeftOut, listed, type ListedFile, type Listing } from "./listing";
import { isSystemError } from "../../components/settings/system-error";
import { whatElse } from "./stack-files";
import { reasonOf } from "./system-error";
import { standardInputText, textOf, UnreadableFile } from "./text-file";

/** What was found below some paths. */
export interface Reading {
  readonly resources: readonly ResourceData[];
  /** What can't be read, and why. The rest is judged without it. */
  readonly unreadable: readonly Unreadable[];
  /** What isn't judged, or not as it will be applied. */
  readonly unjudged: readonly Unjudged[];
  /** Where more objects come from, which aren't here: charts, addresses. What seems to be missing may be there. */
  readonly unread: readonly string[];
  /** The stack whose plan was found; undefined if there is none, or if there are several. */
  readonly stack?: string;
}

interface Options {
  /** Where relative paths begin. */
  readonly here: string;
  /** Whether kustomize or kubectl says what kustomizations make. */
  readonly render?: boolean;
}

/**
 * The Kubernetes objects in files and folders.
 *
 * @param paths as the user wrote them; `-` is standard input
 */
export function readFiles(paths: readonly string[], options: Options): Reading {
  const reader = new FileReader(options);
  for (const path of paths) reader.read(path);
  return reader.reading();
}

/** What stands where a rule's id would, for what has to be rendered, and for files without anything to judge. */
const renderRule = "--render";
const filesRule = "FILES";

class FileReader {
  readonly #resources: ResourceData[] = [];
  readonly #unreadable: Unreadable[] = [];
  readonly #unjudged: Unjudged[] = [];
  readonly #unread = new Set<string>();
  readonly #empty: string[] = [];
  readonly #stacks = new Set<string>();

  constructor(readonly options: Options) {}

  reading(): Reading {
    const empty = noted(filesRule, this.#empty, ["it holds no Kubernetes object", "they hold no Kubernetes object"]);
    return {
      resources: this.#resources,
      unreadable: this.#unreadable,
      unjudged: [...this.#unjudged, ...empty],
      unread: [...this.#unread],
      ...(this.#stacks.size === 1 && { stack: [...this.#stacks].join("") }),
    };
  }

  read(path: string): void {
    const { here } = this.options;
    // Findings name a file as the user would.
    const shown = (file: string) => (isAbsolute(path) ? file : relative(here, file)) || ".";
    this.#attempt(path, () => {
      if (path === "-") this.#add(standardInputText(), "(standard input)");
      else this.#listing(listed(resolve(here, path)), resolve(here, path), shown);
    });
  }

  #listing(
    { files, charts, kustomized, broken, passed }: Listing,
    root: string,
    shown: (file: string) => string,
  ): void {
    this.#unreadable.push(...broken.map(({ path, reason }) => ({ place: shown(path), reason })));
    for (const { path, reason } of passed)
      this.#unjudged.push({ rule: filesRule, resource: shown(path), reason: `it ${reason}` });
    for (const folder of charts.map(shown)) {
      const reason = `it is a Helm chart (helm template NAME ${folder} | npm run check -- -)`;
      this.#unjudged.push({ rule: renderRule, resource: folder, reason });
      this.#unread.add(folder);
    }
    const kustomizations = new Map(kustomized.map((folder) => [folder, this.#kustomization(folder, shown)]));
    const used = this.#built(
      [...kustomizations.values()].filter((one) => one !== undefined && one !== "broken"),
      shown,
    );
    const left = new Map<string, string[]>();
    for (const file of files) {
      const owner = kustomizations.get(file.owner ?? "");
      if (used.has(file.path) || owner === "broken") continue;
      if (owner && isLeftOut(file, owner.folder, used))
        left.set(shown(owner.file), [...(left.get(shown(owner.file)) ?? []), shown(file.path)]);
      else this.#file(file, file.path === root, shown(file.path));
    }
    for (const [owner, paths] of left)
      this.#unjudged.push(...noted(filesRule, paths, [`${owner} doesn't list it`, `${owner} doesn't list them`]));
  }

  #file({ path }: ListedFile, isNamed: boolean, shown: string): void {
    this.#attempt(shown, () => {
      const text = textOf(path);
      // An editor's settings with comments in them, a line of JSON for each record.
      const isData = path.endsWith(".json") && !text.includes('"apiVersion"');
      if (!isData || isNamed) this.#add(text, shown);
    });
  }

  #kustomization(folder: string, shown: (file: string) => string): Kustomization | "broken" | undefined {
    const found = readKustomization(folder, shown);
    if (found === undefined || "content" in found) return found;
    this.#unreadable.push(...found.errors);
    return "broken";
  }

  /** Takes in what kustomizations make that no other one lists. Gives the files and folders that they are made of. */
  #built(all: readonly Kustomization[], shown: (file: string) => string): ReadonlySet<string> {
    const below = new Set(
      all
        .flatMap((one) => [...entriesOf(one, "resources"), ...entriesOf(one, "components")])
        .flatMap((entry) => (entry.kind === "folder" ? entry.path : [])),
    );
    const used = new Set<string>();
    const roots = all.filter(({ folder }) => !below.has(folder));
    // What is left when these are read goes in a circle, and says so.
    for (const one of [...roots, ...all]) {
      if (used.has(one.folder)) continue;
      const folder = shown(one.folder);
      const built = build(one, shown);
      for (const path of built.used) used.add(path);
      if (isComponent(one))
        this.#unjudged.push({
          rule: renderRule,
          resource: folder,
          reason: "it is a component, and no kustomization here lists it",
        });
      else if (this.options.render) this.#take(render(one.folder, built, folder));
      else {
        this.#take(built);
        for (const place of built.unread) this.#unread.add(place);
        this.#unjudged.push(...changesOf(built.unknown, folder));
      }
    }
    return used;
  }

  #take({
    resources,
    errors,
  }: {
    readonly resources: readonly ResourceData[];
    readonly errors: readonly Unreadable[];
  }): void {
    this.#resources.push(...resources);
    this.#unreadable.push(...errors);
  }

  #add(text: string, file: string): void {
    const result = fromYaml(text, file);
    this.#take(result);
    for (const stack of result.stacks) this.#stacks.add(stack);
    if (result.resources.length + result.errors.length > 0) return;
    const reason = whatElse(text, file);
    if (reason === undefined) this.#empty.push(file);
    else this.#unjudged.push({ rule: filesRule, resource: file, reason });
  }

  #attempt(place: string, read: () => void): void {
    try {
      read();
    } catch (error) {
      if (error instanceof UnreadableFile) this.#unreadable.push({ place, reason: error.message });
      else if (isSystemError(error)) this.#unreadable.push({ place, reason: `can't be read: ${reasonOf(error)}` });
      else throw error;
    }
  }
}

/** What is said of a kustomization that changes objects in ways that only Kustomize knows. */
function changesOf(keys: readonly string[], folder: string): Unjudged[] {
  if (keys.length === 0) return [];
  const reason = `what its ${listOf(keys)} change is unknown here (npm run check -- --render ${folder})`;
  return [{ rule: renderRule, resource: folder, reason }];
}

/** One note on some files. */
function noted(rule: string, files: readonly string[], [one, many]: readonly [string, string]): Unjudged[] {
  if (files.length === 0) return [];
  const shown =
    files.length > mostNamed ? [...files.slice(0, mostNamed - 1), `${files.length - mostNamed + 1} more`] : files;
  return [{ rule, resource: listOf(shown), reason: files.length === 1 ? one : many }];
}

/** More files on one line are read by nobody. */
const mostNamed = 6;

function listOf(texts: readonly string[]): string {
  return texts.length < 2 ? texts.join("") : `${texts.slice(0, -1).join(", ")} and ${texts.at(-1) ?? ""}`;
}
