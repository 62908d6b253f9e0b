import { readdirSync, realpathSync, statSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { isFile, kustomizationNames } from "./kustomize/kustomization";
import { plannedFiles } from "./planned-files";
import { isSystemError } from "../../components/settings/system-error";
import { reasonOf } from "./system-error";

/** What stands in a folder, or a file itself. */
export interface Listing {
  readonly files: readonly ListedFile[];
  /** Folders that hold a Helm chart. What is in them isn't listed. */
  readonly charts: readonly string[];
  /** Folders with a kustomization. */
  readonly kustomized: readonly string[];
  /** What can't be listed. */
  readonly broken: readonly Obstacle[];
  /** What isn't followed or listed, though it may hold objects. */
  readonly passed: readonly Obstacle[];
}

export interface ListedFile {
  readonly path: string;
  /** The nearest folder above it, or its own, that has a kustomization. */
  readonly owner?: string;
}

interface Obstacle {
  readonly path: string;
  readonly reason: string;
}

const nothing: Listing = { files: [], charts: [], kustomized: [], broken: [], passed: [] };

/** A file itself, or a folder's manifests, sorted. What begins with a dot and other people's packages stay out. */
export function listed(path: string): Listing {
  return statSync(path).isDirectory() ? below(path, realpathSync(path)) : { ...nothing, files: [{ path }] };
}

function below(path: string, root: string, above?: string): Listing {
  const entries = readdirSync(path, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .filter(({ name }) => !name.startsWith(".") && name !== "node_modules");
  if (entries.some(({ name }) => name === "Chart.yaml")) return { ...nothing, charts: [path] };
  const planned = plannedFiles(path);
  if (planned) {
    const own = [join(path, "plan.json"), ...planned.written];
    const others = joined(entries.map(({ name }) => entry(join(path, name), root, above)));
    return {
      ...others,
      files: [{ path: join(path, "plan.json") }, ...others.files.filter((file) => !own.includes(file.path))],
      passed: [...others.passed, ...planned.changed],
    };
  }
  const own = kustomizationNames.some((name) => isFile(join(path, name))) ? path : undefined;
  const listings = joined(entries.map(({ name }) => entry(join(path, name), root, own ?? above)));
  return { ...listings, kustomized: [...(own === undefined ? [] : [own]), ...listings.kustomized] };
}

/** What one entry of a folder adds. */
function entry(path: string, root: string, owner: string | undefined): Listing {
  const isManifest = /\.(ya?ml|json)$/.test(path);
  try {
    if (statSync(path).isDirectory()) return folder(path, root, owner);
    return isManifest ? { ...nothing, files: [{ path, ...(owner !== undefined && { owner }) }] } : nothing;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    if (error.code === "ENOENT") {
      const reason = "is a link to something that isn't there";
      return isManifest ? { ...nothing, broken: [{ path, reason }] } : { ...nothing, passed: [{ path, reason }] };
    }
    return { ...nothing, broken: [{ path, reason: `can't be read: ${reasonOf(error)}` }] };
  }
}

/** Links to folders aren't followed, as they may lead in a circle; kubectl doesn't follow them either. */
function folder(path: string, root: string, owner: string | undefined): Listing {
  const real = realpathSync(path);
  if (real === join(realpathSync(dirname(path)), path.slice(dirname(path).length + 1))) return below(path, root, owner);
  // What it leads to is read where it stands.
  if (real === root || real.startsWith(`${root}${sep}`)) return nothing;
  return { ...nothing, passed: [{ path, reason: `is a link to a folder: name ${real} as well` }] };
}

function joined(listings: readonly Listing[]): Listing {
  return {
    files: listings.flatMap(({ files }) => files),
    charts: listings.flatMap(({ charts }) => charts),
    kustomized: listings.flatMap(({ kustomized }) => kustomized),
    broken: listings.flatMap(({ broken }) => broken),
    passed: listings.flatMap(({ passed }) => passed),
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
