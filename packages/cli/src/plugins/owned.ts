import type { Stats } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import { dirname, relative } from "node:path";

// Code that a folder brings along is run for its owner, not for whoever stands in it (as git does, CVE-2022-24765): a folder of data from somebody
// else, or a shared temporary one, must not decide what the program executes.

/** For all to write to. */
const WORLD_WRITABLE = 0o002;

/** Whether this belongs to the user of this process, and to nobody else. Where a system does not say whose a file is, nothing does. */
function isOurs({ uid, mode }: Stats): boolean {
  return uid === process.geteuid?.() && (mode & WORLD_WRITABLE) === 0;
}

/** Whether a folder belongs to the caller. */
export async function isOwnFolder(folder: string): Promise<boolean> {
  const found = await stat(folder).catch(() => undefined);
  return found !== undefined && found.isDirectory() && isOurs(found);
}

/**
 * Whether a file belongs to the caller, and so do the folder that it really lies in and those between that and `within`, where it lies in there.
 */
export async function isOwnFile(path: string, within: string): Promise<boolean> {
  const [real, top] = await Promise.all([path, within].map((each) => realpath(each).catch(() => undefined)));
  if (real === undefined || top === undefined) return false;
  const found = await stat(real);
  if (!found.isFile() || !isOurs(found)) return false;
  for (let folder = dirname(real); ; folder = dirname(folder)) {
    if (!(await isOwnFolder(folder))) return false;
    if (folder === top || dirname(folder) === folder || relative(top, folder).startsWith("..")) return true;
  }
}
