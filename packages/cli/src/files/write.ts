import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createWriteStream, rmSync } from "node:fs";
import { access, chmod, constants, mkdir, realpath, rename, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { finished } from "node:stream/promises";
import { CommandError } from "../command-error.ts";

/**
 * Makes sure, before any work, that a file can be written, and that it is none of the files being read. Makes nothing yet.
 *
 * @param inputs the files that the command reads
 * @throws CommandError `write-error`
 */
export async function prepareOutput(path: string, inputs: readonly (string | undefined)[] = []): Promise<void> {
  const target = await realTarget(path);
  const found = await stat(target).catch(() => undefined);
  if (found?.isDirectory()) throw new CommandError("write-error", `${path}: this is a folder. Pass a file.`);
  for (const input of inputs) {
    if (input === undefined || input === "-" || !found?.isFile()) continue;
    if ((await realTarget(input)) === target)
      throw new CommandError("write-error", `${path}: this file is the input ${input}. Choose another output.`);
  }
  try {
    const { existing } = await missingFolders(dirname(target));
    if (!(await stat(existing)).isDirectory()) throw new Error(`${existing} is no folder`);
    await access(existing, constants.W_OK);
  } catch (error) {
    throw cannotWrite(path, error);
  }
}

/**
 * Writes a file all or nothing: to a new file next to it, which takes its place once it is complete.
 *
 * @throws CommandError `write-error`; anything that `pieces` throws, after which nothing is left behind
 */
export async function writeWhole(path: string, pieces: Iterable<string> | AsyncIterable<string>): Promise<number> {
  const target = await realTarget(path);
  const found = await stat(target).catch(() => undefined);
  if (found !== undefined && !found.isFile()) return writeTo(path, target, pieces); // a device or a pipe, such as /dev/stdout, stays what it is
  const part = `${target}.${randomUUID().slice(0, 8)}.part`;
  const removePart = (): void => rmSync(part, { force: true });
  process.once("exit", removePart); // a second Ctrl-C does not wait for the end of this function
  try {
    await makeFolders(path, dirname(target));
    const bytes = await writeTo(path, part, pieces);
    if (found !== undefined) await chmod(part, found.mode & 0o7777); // a private file stays private
    await rename(part, target).catch((error: unknown) => {
      throw cannotWrite(path, error);
    });
    return bytes;
  } catch (error) {
    removePart();
    throw error;
  } finally {
    process.off("exit", removePart);
  }
}

async function writeTo(path: string, file: string, pieces: Iterable<string> | AsyncIterable<string>): Promise<number> {
  const stream = createWriteStream(file);
  const done = finished(stream).catch((error: unknown) => {
    throw cannotWrite(path, error);
  });
  done.catch(() => undefined); // awaited below; a failure in between must not count as unhandled
  try {
    for await (const piece of pieces) {
      if (stream.destroyed) break;
      if (!stream.write(piece)) await Promise.race([once(stream, "drain"), done]);
    }
    stream.end();
    await done;
    return stream.bytesWritten;
  } finally {
    stream.destroy();
  }
}

/** Where a path leads: the file behind a link, so that the link stays one. */
async function realTarget(path: string): Promise<string> {
  return realpath(path).catch(() => resolve(path));
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

function cannotWrite(path: string, error: unknown): CommandError {
  const reason = error instanceof Error ? error.message : String(error);
  return new CommandError("write-error", `${path}: the file cannot be written (${reason}).`, { cause: error });
}
