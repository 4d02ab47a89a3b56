import type { BigIntStats } from "node:fs";
import { readlink, realpath, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";

/** Where a path leads, and what is there. */
export interface Place {
  /** The file behind all links, also where it is not there yet. */
  readonly target: string;
  /** Nothing where there is no file yet. */
  readonly found: BigIntStats | undefined;
}

/** Links that lead on before they count as a loop: as many as Linux follows. */
const MOST_LINKS = 40;

/** Looks at what a path leads to, without opening it. */
export async function placeOf(path: string): Promise<Place> {
  const target = await targetOf(path, MOST_LINKS);
  return { target, found: await stat(target, { bigint: true }).catch(() => undefined) };
}

/** The file that a path leads to: each link is followed, even one whose end is not there yet, so that the link stays one. */
async function targetOf(path: string, links: number): Promise<string> {
  const whole = resolve(path);
  const real = await realpath(whole).catch(() => undefined);
  const folder = dirname(whole);
  if (real !== undefined || folder === whole) return real ?? whole;
  const parent = await targetOf(folder, links);
  const link = links === 0 ? undefined : await readlink(whole).catch(() => undefined);
  return link === undefined ? join(parent, basename(whole)) : targetOf(resolve(parent, link), links - 1);
}

/** Whether two paths are one file: by name, by a link, or by another name of it. */
export function isSamePlace(one: Place, other: Place): boolean {
  if (spelling(one.target) === spelling(other.target)) return true;
  if (one.found === undefined || other.found === undefined) return false;
  return one.found.ino !== 0n && one.found.ino === other.found.ino && one.found.dev === other.found.dev;
}

/** Systems whose folders mostly take "A.csv" for "a.csv". */
const FOLDS_CASE = ["win32", "darwin"];

function spelling(target: string): string {
  return FOLDS_CASE.includes(process.platform) ? target.normalize("NFC").toLowerCase() : target;
}
