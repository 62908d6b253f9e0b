import { closeSync, constants, fstatSync, openSync, readFileSync, type Stats } from "node:fs";
import { isSystemError } from "../../components/settings/system-error";
import { reasonOf } from "./system-error";

/** A file that holds no text, or can't be read. Its message reads behind the file's name. */
export class UnreadableFile extends Error {
  /**
   * @param reason what is wrong with it
   * @param way how to have it checked all the same
   */
  constructor(
    readonly reason: string,
    way?: string,
  ) {
    super(way === undefined ? reason : `${reason}: ${way}`);
  }
}

/** Bytes. An export of a large cluster has some ten million; what has more is something else, or takes minutes. */
const longest = 2 ** 28;

/**
 * A file's text, in UTF-8 or UTF-16.
 *
 * @throws UnreadableFile where there is none: a pipe or a device may never end, and is not begun with
 */
export function textOf(path: string): string {
  return decoded(bytesOf(path));
}

/** What stands on standard input, which may well be a pipe. */
export function standardInputText(): string {
  return decoded(attempt(() => readFileSync(0)));
}

function bytesOf(path: string): Buffer {
  return attempt(() => {
    // Without O_NONBLOCK, to open a pipe is to wait for somebody who writes into it.
    const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const stats = fstatSync(file);
      const obstacle = obstacleOf(stats);
      // What a shell has opened already, has somebody who writes: <(kustomize build).
      if (obstacle !== undefined && !(stats.isFIFO() && /^\/(dev|proc\/self)\/fd\/\d+$/.test(path)))
        throw new UnreadableFile(obstacle, stats.isFIFO() ? throughPipe : undefined);
      if (stats.size > longest)
        throw new UnreadableFile(
          `has ${Math.ceil(stats.size / 2 ** 20)} MiB, and a check reads ${longest / 2 ** 20} at most: split it`,
        );
      return stats.isFIFO() ? readFileSync(path) : readFileSync(file);
    } finally {
      closeSync(file);
    }
  });
}

const throughPipe = "hand over its text with npm run check -- - < PIPE";

/** Why something that isn't a plain file isn't read. */
function obstacleOf(stats: Stats): string | undefined {
  if (stats.isFile()) return undefined;
  if (stats.isFIFO()) return "is a named pipe, which may never end";
  return stats.isDirectory() ? "is a folder" : "is a device or a socket, and no file";
}

function attempt<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (isSystemError(error)) throw new UnreadableFile(`can't be read: ${reasonOf(error)}`);
    throw error;
  }
}

/**
 * Text in the encoding that its first bytes tell, with or without a byte order mark. Windows PowerShell's `>` writes UTF-16.
 *
 * @see https://yaml.org/spec/1.2.2/#52-character-encodings
 */
function decoded(bytes: Buffer): string {
  const [first, second, third, fourth] = bytes;
  const marks16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  const little = marks16 ? first === 0xff : first !== 0 && second === 0;
  const is16 = marks16 || (first === 0) !== (second === 0);
  if (bytes.length > 1 && is16 && !(third === 0 && fourth === 0))
    return decodedAs(little ? "utf-16le" : "utf-16be", "UTF-16", bytes);
  const text = decodedAs("utf-8", "UTF-8", bytes);
  if (text.includes("\0")) throw new UnreadableFile("is no text: it has a NUL in it");
  return text;
}

function decodedAs(encoding: string, name: string, bytes: Buffer): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new UnreadableFile(`is no text: it has bytes that ${name} doesn't allow`);
  }
}
