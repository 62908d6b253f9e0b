import { readdirSync, statSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { isFile, kustomizationNames } from "./kustomize/kustomization";

/** What stands in a folder, or a file itself. */
export interface Listing {
  readonly files: readonly ListedFile[];
  /** Folders that hold a Helm chart. What is in them isn't listed. */
  readonly charts: readonly string[];
  /** Folders with a kustomization. */
  readonly kustomized: readonly string[];
}

export interface ListedFile {
  readonly path: string;
  /** The nearest folder above it, or its own, that has a kustomization. */
  readonly owner?: string;
}

const nothing: Listing = { files: [], charts: [], kustomized: [] };

/** A file itself, or a folder's manifests, sorted. What begins with a dot and other people's packages stay out. */
export function listed(path: string, above?: string): Listing {
  if (!statSync(path).isDirectory()) return { ...nothing, files: [{ path }] };
  const entries = readdirSync(path, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .filter(({ name }) => !name.startsWith(".") && name !== "node_modules");
  if (entries.some(({ name }) => name === "Chart.yaml")) return { ...nothing, charts: [path] };
  const own = kustomizationNames.some((name) => isFile(join(path, name))) ? path : undefined;
  const owner = own ?? above;
  const listings = entries.map((entry): Listing => {
    const below = join(path, entry.name);
    if (entry.isDirectory()) return listed(below, owner);
    if (!/\.(ya?ml|json)$/.test(entry.name)) return nothing;
    return { ...nothing, files: [{ path: below, ...(owner !== undefined && { owner }) }] };
  });
  return {
    files: listings.flatMap(({ files }) => files),
    charts: listings.flatMap(({ charts }) => charts),
    kustomized: [...(own === undefined ? [] : [own]), ...listings.flatMap(({ kustomized }) => kustomized)],
  };
}

/**
 * Whether a file belongs to a kustomization that doesn't use it: it stands in its folder, or in one below that the
 * kustomization takes something from.
 */
export function isLeftOut({ path }: ListedFile, owner: string, used: ReadonlySet<string>): boolean {
  const folder = dirname(path);
  return folder === owner || [...used].some((one) => one.startsWith(`${folder}${sep}`));
}
