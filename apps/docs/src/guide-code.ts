import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A fenced block of a guide that says which file of an example it shows: its info string has `file=examples/…`. */
export interface GuideBlock {
  /** Path of the guide from the root of the workspace, with forward slashes. */
  readonly guide: string;
  /** Line of the fence, from 1. */
  readonly line: number;
  /** Path of the file from the root of the workspace. */
  readonly file: string;
  readonly code: string;
}

/** The blocks of all guides that show a file, in order of guide and line. */
export function collectGuideBlocks(root: string): GuideBlock[] {
  const guides = globSync("docs/guides/**/*.md", { cwd: root }).map((guide) => guide.replaceAll("\\", "/"));
  return guides.toSorted().flatMap((guide) => guideBlocksOf(guide, readFileSync(join(root, guide), "utf8")));
}

/**
 * The blocks of one guide that show a file. They may be indented, in a list for one.
 *
 * @throws Error at a fence that is never closed
 */
export function guideBlocksOf(guide: string, text: string): GuideBlock[] {
  const lines = text.split(/\r?\n/);
  const blocks: GuideBlock[] = [];
  for (let start = 0; start < lines.length; start++) {
    const fence = /^\s*(`{3,})(.*)$/.exec(lines[start]!);
    if (fence === null) continue;
    const end = lines.findIndex((line, index) => index > start && line.trim() === fence[1]);
    if (end === -1) throw new Error(`${guide}:${start + 1}: the block is never closed.`);
    const file = /(?:^|\s)file=(\S+)/.exec(fence[2]!)?.[1];
    if (file !== undefined) blocks.push({ guide, line: start + 1, file, code: lines.slice(start + 1, end).join("\n") });
    start = end;
  }
  return blocks;
}

/**
 * Why a block does not show its file: nothing where its lines stand in the file, one after the other. Only how far the block as a whole is
 * indented is left to the guide.
 */
export function whyStale({ file, code }: GuideBlock, root: string): string | undefined {
  if (!/^examples\/[^/]+\/(?!.*\.\.)/.test(file)) return `${file} is no file of an example.`;
  const path = join(root, file);
  if (!existsSync(path)) return `${file} does not exist.`;
  const wanted = withoutMargin(code.split("\n")).join("\n");
  if (wanted.trim() === "") return "the block is empty.";
  const lines = readFileSync(path, "utf8").split(/\r?\n/);
  const height = code.split("\n").length;
  const found = lines.some((_, start) => withoutMargin(lines.slice(start, start + height)).join("\n") === wanted);
  return found ? undefined : `these lines do not stand in ${file}.`;
}

/** Lines without the indentation that all of them share. */
function withoutMargin(lines: readonly string[]): string[] {
  const margin = Math.min(...lines.filter((line) => line.trim() !== "").map((line) => line.length - line.trimStart().length));
  return lines.map((line) => (line.trim() === "" ? "" : line.slice(margin)));
}
