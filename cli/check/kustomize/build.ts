import { relative, resolve } from "node:path";
import type { ResourceData } from "../../../policies/engine/resource";
import { unknown } from "../../../policies/engine/value";
import { fromYaml, valuesIn, type Unreadable } from "../../../policies/sources/yaml";
import { textOf, UnreadableFile } from "../text-file";
import {
  addressesIn,
  entriesOf,
  type Entry,
  isFile,
  isRemote,
  readKustomization,
  unknownKeysOf,
  type Kustomization,
} from "./kustomization";
import { annotated, labelled } from "./labels";
import { mayBeCalled, kindOf, opaque, partOf, withProperties, type Part } from "./part";
import { patched, replaced, withoutVariables, type Patch } from "./patches";
import { inNamespace, renamed, scaled, withImages } from "./settled";
import { isMap, listOf, mapOf, texts, type Loose } from "./values";

/** What a kustomization makes, as far as its files say it. */
export interface Build {
  readonly resources: readonly ResourceData[];
  /** Files and folders that it is made of. */
  readonly used: ReadonlySet<string>;
  /** Keys that change objects in a way that only Kustomize knows: what they may change is unknown in the resources. */
  readonly unknown: readonly string[];
  /** Where more objects come from, which aren't here. */
  readonly unread: readonly string[];
  /** What a rendering would ask a network for. */
  readonly remote: readonly string[];
  readonly errors: readonly Unreadable[];
}

/**
 * Follows a kustomization through its bases and components. Namespaces, labels, annotations, images and replicas are as
 * it says; what patches, replacements, variables and transformers can change is unknown.
 *
 * @param shown how to call a file
 */
export function build(root: Kustomization, shown: (file: string) => string): Build {
  return new Builder(shown).build(root);
}

/** Keys whose files can change anything in any object. */
const opaqueKeys = ["transformers", "configurations"] as const;

/** Keys whose files or charts make objects. */
const makers = ["generators", "helmCharts", "helmChartInflationGenerator"] as const;

class Builder {
  readonly #used = new Set<string>();
  readonly #unknown = new Set<string>();
  readonly #unread = new Set<string>();
  readonly #remote = new Set<string>();
  readonly #errors: Unreadable[] = [];
  readonly #variables: string[] = [];

  constructor(readonly shown: (file: string) => string) {}

  build(root: Kustomization): Build {
    const parts = this.#applied(root, [], [root.folder]).map((part) => withoutVariables(part, this.#variables));
    const origin = `${this.shown(root.folder)}/`;
    return {
      resources: parts.map(({ data }) => ({ ...data, origin })),
      used: this.#used,
      unknown: [...this.#unknown],
      unread: [...this.#unread],
      remote: [...this.#remote],
      errors: this.#errors,
    };
  }

  /** What is there after a kustomization, or after a component that changes what was there before. */
  #applied(own: Kustomization, before: readonly Part[], above: readonly string[]): Part[] {
    this.#used.add(own.folder).add(own.file);
    for (const address of addressesIn(own.content)) this.#remote.add(address);
    const listed = [...before, ...entriesOf(own, "resources").flatMap((entry) => this.#listed(own, entry, above))];
    const generated = this.#generated(own, listed);
    const parts = entriesOf(own, "components").reduce<readonly Part[]>((all, entry) => {
      if (entry.kind === "folder") return this.#below(own, entry.path, all, above);
      if (entry.kind !== "remote") this.#miss(own, `${entry.text} as a component`);
      else this.#remote.add(entry.text);
      this.#unknown.add("components");
      return all.map(opaque);
    }, generated);
    return this.#changed(own, parts);
  }

  #listed(own: Kustomization, entry: Entry, above: readonly string[]): readonly Part[] {
    if (entry.kind === "folder") return this.#below(own, entry.path, [], above);
    if (entry.kind === "file") return this.#objects(entry.path);
    if (entry.kind === "nowhere") this.#miss(own, entry.text);
    else {
      this.#remote.add(entry.text);
      this.#unread.add(entry.text);
    }
    return [];
  }

  #below(own: Kustomization, folder: string, before: readonly Part[], above: readonly string[]): readonly Part[] {
    if (above.includes(folder)) {
      this.#errors.push({
        place: this.shown(own.file),
        reason: `can't be read: it leads back to ${this.shown(folder) || "."}`,
      });
      return before;
    }
    const next = readKustomization(folder, this.shown);
    if (next && "content" in next) return this.#applied(next, before, [...above, folder]);
    if (next) this.#errors.push(...next.errors);
    else this.#miss(own, `a kustomization in ${relative(own.folder, folder)}`);
    return before;
  }

  #miss({ file }: Kustomization, what: string): void {
    this.#errors.push({ place: this.shown(file), reason: `lists ${what}, which isn't there` });
  }

  #objects(file: string): Part[] {
    this.#used.add(file);
    const text = this.#text(file);
    if (text === undefined) return [];
    const { resources, errors } = fromYaml(text, this.shown(file));
    this.#errors.push(...errors);
    return resources.map(partOf);
  }

  #text(file: string): string | undefined {
    try {
      return textOf(file);
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error;
      this.#errors.push({ place: this.shown(file), reason: error.message });
      return undefined;
    }
  }

  /** ConfigMaps and Secrets that it makes. Their names get a hash of what they hold, if that isn't switched off. */
  #generated({ content }: Kustomization, parts: readonly Part[]): readonly Part[] {
    for (const key of makers) if (content[key] !== undefined) this.#unread.add(`what ${key} make`);
    const generators = (["ConfigMap", "Secret"] as const).flatMap((kind) =>
      listOf(content[kind === "ConfigMap" ? "configMapGenerator" : "secretGenerator"]).map((one) => ({
        kind,
        ...mapOf(one),
      })),
    );
    return generators.reduce((all, generator) => generate(all, generator, mapOf(content.generatorOptions)), parts);
  }

  #changed(own: Kustomization, before: readonly Part[]): Part[] {
    const { content } = own;
    const patches = this.#patches(own).reduce<readonly Part[]>(patched, before);
    const named = renamed(inNamespace(patches, content), content);
    for (const key of ["namePrefix", "nameSuffix"]) if (content[key]) this.#unknown.add(key);
    const labels = annotated(labelled(named, content), content);
    const images = withImages(scaled(labels, content), content);
    const parts = this.#replacements(own).reduce<Part[]>(replaced, images);
    for (const variable of listOf(content.vars)) {
      const { name } = mapOf(variable);
      this.#unknown.add("vars");
      if (typeof name === "string") this.#variables.push(name);
    }
    const opaquely = [...opaqueKeys.filter((key) => listOf(content[key]).length > 0), ...unknownKeysOf(own)];
    for (const key of opaquely) {
      this.#unknown.add(key);
      for (const text of texts(content[key])) this.#used.add(resolve(own.folder, text));
    }
    return opaquely.length > 0 ? parts.map(opaque) : parts;
  }

  #patches(own: Kustomization): Patch[] {
    const { patches, patchesStrategicMerge, patchesJson6902 } = own.content;
    const written = [
      ...listOf(patchesStrategicMerge).map((one): Loose =>
        typeof one === "string" && isFile(resolve(own.folder, one)) ? { path: one } : { patch: one },
      ),
      ...listOf(patches).map(mapOf),
      ...listOf(patchesJson6902).map(mapOf),
    ];
    if (written.length > 0) this.#unknown.add("patches");
    return written.flatMap(({ path, patch, target, options }) =>
      this.#values(own, path, patch).map((content) => ({
        content,
        ...(isMap(target) && { target }),
        ...(isMap(options) && { options }),
      })),
    );
  }

  #replacements(own: Kustomization): Loose[] {
    const written = listOf(own.content.replacements).map(mapOf);
    if (written.length > 0) this.#unknown.add("replacements");
    return written.flatMap((one): Loose[] => {
      if (one.path === undefined) return [one];
      const values = this.#values(own, one.path, undefined);
      return values.flatMap((value) => (Array.isArray(value) ? listOf(value).map(mapOf) : [mapOf(value)]));
    });
  }

  /** What stands in a file, or in the kustomization itself. What can't be read may be anything. */
  #values(own: Kustomization, path: unknown, text: unknown): readonly unknown[] {
    if (typeof path !== "string") {
      if (typeof text !== "string") return [text];
      return this.#read(text, this.shown(own.file));
    }
    const file = resolve(own.folder, path);
    this.#used.add(file);
    if (isFile(file)) {
      const content = this.#text(file);
      return content === undefined ? [undefined] : this.#read(content, this.shown(file));
    }
    if (isRemote(path)) this.#remote.add(path);
    else this.#miss(own, path);
    return [undefined];
  }

  #read(text: string, file: string): readonly unknown[] {
    const { values, errors } = valuesIn(text, file);
    this.#errors.push(...errors);
    return errors.length > 0 ? [undefined] : values.filter((value) => value !== null);
  }
}

/** With a generated ConfigMap or Secret, or with what it changes of one that is there. */
function generate(
  parts: readonly Part[],
  generator: Loose & { readonly kind: string },
  general: Loose,
): readonly Part[] {
  const { kind, name, namespace, behavior, options } = generator;
  const hide = (part: Part) => withProperties(part, { ...part.data.properties, data: unknown, binaryData: unknown });
  if (behavior === "merge" || behavior === "replace")
    return parts.map((part) => (kindOf(part) === kind && mayBeCalled(part, name) ? hide(part) : part));
  const isPlain = (mapOf(options).disableNameSuffixHash ?? general.disableNameSuffixHash) === true;
  const metadata = { name: isPlain ? name : unknown, ...(typeof namespace === "string" && { namespace }) };
  const data: ResourceData = {
    source: "yaml",
    type: `kubernetes:core/v1:${kind}`,
    name: typeof name === "string" ? name : "(unnamed)",
    properties: { apiVersion: "v1", kind, metadata, data: unknown },
    dependencies: [],
  };
  return [...parts, partOf(data)];
}
