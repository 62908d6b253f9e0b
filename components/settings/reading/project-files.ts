import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
} from "node:fs";
import { join, resolve, sep } from "node:path";
import { isSystemError, type SystemError } from "../system-error";

/** A file that a stack file names. */
export interface ProjectFile {
  /** As a message names it: from the project's folder on. */
  readonly path: string;
  readonly text: string;
}

/** Something that can't be read. */
export interface Obstacle {
  readonly path: string;
  /** Reads behind the path: "is a named pipe". */
  readonly reason: string;
  readonly fix: string;
}

/** What a folder or a file holds. */
export interface ProjectFiles {
  readonly files: readonly ProjectFile[];
  readonly obstacles: readonly Obstacle[];
}

/** Reads what an entry of `manifests` or `appsFrom` names. */
export type ReadFiles = (path: string) => ProjectFiles;

/** Bytes. A bundle of a hundred CustomResourceDefinitions has some five million; an object may have 1.5 million. */
const longest = 2 ** 24;

/** Reads files below a project's folder. The one place that opens them. */
export function filesBelow(project: string): ReadFiles {
  return (path) => {
    const found = new Found(project);
    found.entry(path);
    return found;
  };
}

/** A file or folder that isn't read. */
class Unread extends Error {
  constructor(
    reason: string,
    readonly fix: string,
  ) {
    super(reason);
  }
}

class Found implements ProjectFiles {
  readonly files: ProjectFile[] = [];
  readonly obstacles: Obstacle[] = [];
  /** What was read, by where it really lies: a link may lead to a file beside it. */
  readonly #read = new Set<string>();
  #root = "";

  constructor(readonly project: string) {}

  entry(path: string): void {
    this.#attempt(path, () => {
      const whole = resolve(this.project, path);
      this.#root = realpathSync(whole);
      if (statSync(whole).isDirectory()) this.#folder(path);
      else this.#file(path);
    });
    if (this.files.length === 0 && this.obstacles.length === 0)
      this.obstacles.push({
        path,
        reason: "holds no file whose name ends in .yaml, .yml or .json",
        fix: "Put one there, or remove the entry.",
      });
  }

  /** All below a folder, sorted. What begins with a dot and other people's packages stay out. */
  #folder(path: string): void {
    const names = readdirSync(resolve(this.project, path)).sort();
    for (const name of names) {
      if (name.startsWith(".") || name === "node_modules") continue;
      this.#attempt(join(path, name), () => this.#below(join(path, name)));
    }
  }

  #below(path: string): void {
    const whole = resolve(this.project, path);
    const isNamedYaml = /\.(?:ya?ml|json)$/.test(path);
    // What hangs in the air and has another ending is somebody else's.
    if (!isNamedYaml && !existsSync(whole)) return;
    const isFolder = statSync(whole).isDirectory();
    if (!isFolder && !isNamedYaml) return;
    const real = realpathSync(whole);
    if (real !== this.#root && !real.startsWith(`${this.#root}${sep}`))
      throw new Unread(
        "is a link out of the folder",
        "Name what it leads to as an entry of its own, or put it into the folder.",
      );
    // A link to a folder may lead in a circle; what it leads to is read where it stands.
    if (isFolder && this.#isWhereItStands(path, real)) this.#folder(path);
    else if (!isFolder) this.#file(path);
  }

  #isWhereItStands(path: string, real: string): boolean {
    const parent = realpathSync(resolve(this.project, path, ".."));
    return real === join(parent, path.slice(path.lastIndexOf(sep) + 1));
  }

  #file(path: string): void {
    const whole = resolve(this.project, path);
    const real = realpathSync(whole);
    if (this.#read.has(real)) return;
    this.#read.add(real);
    this.files.push({ path, text: textOf(whole) });
  }

  #attempt(path: string, read: () => void): void {
    try {
      read();
    } catch (error) {
      if (error instanceof Unread) this.obstacles.push({ path, reason: error.message, fix: error.fix });
      else if (isSystemError(error)) this.obstacles.push({ path, ...obstacleOf(error) });
      else throw error;
    }
  }
}

/** A file's text. A pipe or a device may never end, and is not begun with. */
function textOf(path: string): string {
  // Without O_NONBLOCK, to open a pipe is to wait for somebody who writes into it.
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stats = fstatSync(file);
    if (!stats.isFile()) throw new Unread("is no plain file", "Write its text into a file.");
    if (stats.size > longest)
      throw new Unread(
        `has ${Math.ceil(stats.size / 2 ** 20)} MiB, and may have ${longest / 2 ** 20}`,
        "Split it into several files.",
      );
    return decoded(readFileSync(file));
  } finally {
    closeSync(file);
  }
}

function decoded(bytes: Buffer): string {
  const noText = (why: string) =>
    new Unread(`is no text: it has ${why}`, "Save it as UTF-8, or give it another ending.");
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw noText("bytes that UTF-8 doesn't allow");
  }
  if (text.includes("\0")) throw noText("a NUL in it");
  return text;
}

function obstacleOf({ code, message }: SystemError): Pick<Obstacle, "reason" | "fix"> {
  if (code === "ENOENT")
    return { reason: "isn't there", fix: "Create it, or mend the path: it begins in the project's folder." };
  if (code === "ELOOP") return { reason: "is a link that leads back to itself", fix: "Remove it." };
  if (code === "EACCES")
    return { reason: "can't be read: you have no right to", fix: "Give yourself the right to read it." };
  if (code === "ENXIO") return { reason: "is no plain file", fix: "Write its text into a file." };
  return { reason: `can't be read: ${message}`, fix: "Mend the path." };
}
