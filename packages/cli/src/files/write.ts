import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createWriteStream, rmSync } from "node:fs";
import { access, constants, mkdir, rename, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { finished } from "node:stream/promises";
import { CommandError } from "../command-error.ts";

/**
 * Makes sure that a file can be written, before any work: creates its folder.
 *
 * @throws CommandError `write-error`
 */
export async function prepareOutput(path: string): Promise<void> {
  try {
    await mkdir(dirname(resolve(path)), { recursive: true });
    await access(dirname(resolve(path)), constants.W_OK);
  } catch (error) {
    throw cannotWrite(path, error);
  }
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory()) throw new CommandError("write-error", `${path}: this is a folder. Name a file in it.`);
}

/**
 * Writes a file all or nothing: to a new file beside it, which takes its place once it is complete.
 *
 * @throws CommandError `write-error`; whatever `pieces` throws, after which nothing is left behind
 */
export async function writeWhole(path: string, pieces: Iterable<string> | AsyncIterable<string>): Promise<number> {
  const target = resolve(path);
  const found = await stat(target).catch(() => undefined);
  if (found !== undefined && !found.isFile()) return writeTo(path, target, pieces); // a device or a pipe, such as /dev/stdout, stays what it is
  const part = `${target}.${randomUUID().slice(0, 8)}.part`;
  const removePart = (): void => rmSync(part, { force: true });
  process.once("exit", removePart); // a second Ctrl-C does not wait for the end of this function
  try {
    const bytes = await writeTo(path, part, pieces);
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

function cannotWrite(path: string, error: unknown): CommandError {
  const reason = error instanceof Error ? error.message : String(error);
  return new CommandError("write-error", `${path}: the file cannot be written (${reason}).`, { cause: error });
}
