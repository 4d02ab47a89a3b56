import { randomUUID } from "node:crypto";
import { once } from "node:events";
import type { Stats } from "node:fs";
import * as fs from "node:fs";
import { closeSync, createWriteStream, fchmodSync, fchownSync, fstatSync, fsync, openSync, rmSync } from "node:fs";
import { access, constants, mkdir, rename, stat } from "node:fs/promises";
import { dirname } from "node:path";
import type { Writable } from "node:stream";
import { finished } from "node:stream/promises";
import { isatty } from "node:tty";
import { promisify } from "node:util";
import { abortError } from "@mixtura/core/internal";
import { CommandError } from "../command-error.ts";
import { visible } from "../visible.ts";
import { refuseUnwritten } from "./format.ts";
import { addPart, forgetPart } from "./parts.ts";
import { openWriter } from "./pipe.ts";
import type { Place } from "./place.ts";
import { isSamePlace, placeOf } from "./place.ts";

type Pieces = Iterable<string> | AsyncIterable<string>;

/**
 * Makes sure, before any work, that files can be written, that each is another one, and that none is a file being read. Makes nothing yet.
 *
 * @param outputs files by the flag that names them
 * @param inputs the files that the command reads
 * @throws CommandError `write-error`, `usage` for two outputs in one file
 */
export async function prepareOutputs(
  outputs: Readonly<Record<string, string | undefined>>,
  inputs: readonly (string | undefined)[] = [],
): Promise<void> {
  const read = await Promise.all(inputs.filter((input) => input !== undefined && input !== "-").map(named));
  const written: (Place & { readonly flag: string })[] = [];
  for (const [flag, path] of Object.entries(outputs)) {
    if (path === undefined) continue;
    refuseUnwritten(flag, path);
    const place = await placeOf(path);
    await checkWritable(path, place);
    if (place.found?.isCharacterDevice() === true) continue; // such as /dev/null, which takes anything
    const input = read.find((other) => isSamePlace(other, place));
    if (input !== undefined) throw new CommandError("write-error", `${path}: this file is the input ${input.path}. Choose another output.`);
    const other = written.find((before) => isSamePlace(before, place));
    if (other !== undefined)
      throw new CommandError("usage", `${other.flag} and ${flag} name one file, ${path}: the second would replace the first. Choose two.`);
    written.push({ ...place, flag });
  }
}

async function named(path: string | undefined): Promise<Place & { readonly path: string }> {
  return { ...(await placeOf(path!)), path: path! };
}

async function checkWritable(path: string, { target, found }: Place): Promise<void> {
  if (found?.isDirectory() === true) throw new CommandError("write-error", `${path}: this is a folder. Pass a file.`);
  try {
    const { existing } = await missingFolders(dirname(target));
    if (!(await stat(existing)).isDirectory()) throw new Error(`${existing} is no folder`);
    await access(existing, constants.W_OK);
  } catch (error) {
    throw cannotWrite(path, error);
  }
}

/**
 * Writes a file all or nothing: to a new file next to it, which takes its place once it is complete and on the disk. A device or a pipe, such as
 * /dev/stdout, stays what it is.
 *
 * @returns how many bytes were written
 * @throws CommandError `write-error`; AbortError; anything that `pieces` throws, after which nothing is left behind
 */
export async function writeWhole(path: string, pieces: Pieces, signal: AbortSignal): Promise<number> {
  const { target } = await placeOf(path);
  const found = await stat(target).catch(() => undefined);
  if (found !== undefined && !found.isFile()) return writeThrough(path, found, pieces, signal);
  await makeFolders(path, dirname(target));
  const part = `${target}.${randomUUID().slice(0, 8)}.part`;
  try {
    const fd = attempt(path, () => openPart(part, found)); // without waiting: a process that is to end knows every file that it has begun
    const bytes = await writeTo(path, createWriteStream(part, { fd, flush: true, fs: FLUSHING }), pieces, signal);
    await rename(part, target).catch((error: unknown) => {
      throw cannotWrite(path, error);
    });
    await flushFolder(dirname(target));
    return bytes;
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  } finally {
    forgetPart(part);
  }
}

/** A new file that nobody may read who may not read the one it replaces, from the first moment on. */
function openPart(part: string, replaced: Stats | undefined): number {
  addPart(part);
  if (replaced === undefined) return openSync(part, "wx", 0o666);
  const fd = openSync(part, "wx", replaced.mode & 0o700);
  const { uid, gid } = fstatSync(fd);
  let mode = replaced.mode & 0o7777;
  if (uid !== replaced.uid || gid !== replaced.gid) {
    try {
      fchownSync(fd, replaced.uid, replaced.gid);
    } catch {
      mode &= ~0o6070; // it stays ours: what another group may do is not for our group, nor a program's rights for ours
    }
  }
  fchmodSync(fd, mode);
  return fd;
}

/** What disks and systems say that cannot flush. */
const NO_FLUSH = ["EINVAL", "ENOTSUP", "ENOSYS", "EROFS"];

/** Files are on the disk before they are closed, and so before their name leads to them: after a crash there is the old one, or all of the new one. */
const FLUSHING = {
  ...fs,
  fsync: (fd: number, done: (error?: Error | null) => void): void =>
    fsync(fd, (error) => done(error !== null && NO_FLUSH.includes(error.code ?? "") ? null : error)),
};

/** The new name as well, where the system lets a folder be opened. */
async function flushFolder(folder: string): Promise<void> {
  let fd: number | undefined;
  try {
    fd = openSync(folder, "r");
    await promisify(fsync)(fd);
  } catch {
    // The file is complete and in its place; only a crash in the next seconds could still bring the old one back.
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}

/** Writes to what is no file: a pipe once somebody reads it, a terminal with nothing in it that would steer it. */
async function writeThrough(path: string, found: Stats, pieces: Pieces, signal: AbortSignal): Promise<number> {
  if (found.isFIFO()) {
    const pipe = await openWriter(path, signal).catch((error: unknown) => {
      throw signal.aborted ? error : cannotWrite(path, error);
    });
    return writeTo(path, pipe, pieces, signal);
  }
  const fd = attempt(path, () => openSync(path, "w"));
  return writeTo(path, createWriteStream(path, { fd }), isatty(fd) ? eachVisible(pieces) : pieces, signal);
}

async function* eachVisible(pieces: Pieces): AsyncGenerator<string> {
  for await (const piece of pieces) yield visible(piece);
}

/** Writes the pieces as fast as they are taken, and no longer than the work goes on. */
async function writeTo(path: string, stream: Writable & { bytesWritten: number }, pieces: Pieces, signal: AbortSignal): Promise<number> {
  const done = finished(stream, { readable: false }).catch((error: unknown) => {
    throw cannotWrite(path, error);
  });
  const watched = new AbortController();
  const aborted = once(signal, "abort", { signal: watched.signal }).then(() => {
    throw abortError(signal);
  });
  for (const outcome of [done, aborted]) outcome.catch(() => undefined); // awaited below; a failure in between must not count as unhandled
  try {
    if (signal.aborted) throw abortError(signal);
    for await (const piece of pieces) {
      if (stream.destroyed) break;
      if (!stream.write(piece)) await Promise.race([new Promise((resolve) => stream.once("drain", resolve)), done, aborted]);
    }
    stream.end();
    await Promise.race([done, aborted]);
    return stream.bytesWritten;
  } finally {
    watched.abort();
    stream.destroy();
  }
}

/** The folders of a path that are not there yet, outermost first, and the one they would be made in. */
async function missingFolders(folder: string): Promise<{ existing: string; missing: string[] }> {
  const missing: string[] = [];
  let existing = folder;
  while ((await stat(existing).catch(() => undefined)) === undefined && dirname(existing) !== existing) {
    missing.unshift(existing);
    existing = dirname(existing);
  }
  return { existing, missing };
}

/** Makes folders one by one: Node's own recursive form never ends where the system pretends that a folder can be made. */
async function makeFolders(path: string, folder: string): Promise<void> {
  for (const missing of (await missingFolders(folder)).missing) {
    await mkdir(missing).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw cannotWrite(path, error);
    });
  }
}

function attempt<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw cannotWrite(path, error);
  }
}

function cannotWrite(path: string, error: unknown): CommandError {
  const reason = error instanceof Error ? error.message : String(error);
  return new CommandError("write-error", `${path}: the file cannot be written (${reason}).`, { cause: error });
}
