import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** An example: a fenced block marked `ts run`. */
export interface Block {
  /** Path from the root of the workspace, with forward slashes. */
  readonly file: string;
  /** Line of the fence, from 1: the block's first line is the next one. */
  readonly line: number;
  readonly code: string;
}

const PATTERNS = ["packages/*/src/**/*.ts", "packages/*/README.md", "README.md", "CONTRIBUTING.md", "docs/**/*.md"];

/** All examples of the workspace, in order of file and line. */
export function collectBlocks(root: string): Block[] {
  return documented(root).flatMap((file) => blocksOf(file, readFileSync(join(root, file), "utf8")));
}

/** All blocks of TypeScript that are only shown, in Markdown. Those that show a file of an example are checked where it is. */
export function collectShownBlocks(root: string): Block[] {
  return collectFenced(root, "ts");
}

/** All blocks, of any language or none, in docstrings and in Markdown. */
export function collectAllFenced(root: string): Block[] {
  return documented(root).flatMap((file) => blocksOf(file, readFileSync(join(root, file), "utf8"), ".*"));
}

/** All blocks of a language in Markdown. */
export function collectFenced(root: string, language: string): Block[] {
  const files = documented(root).filter((file) => file.endsWith(".md"));
  return files.flatMap((file) => blocksOf(file, readFileSync(join(root, file), "utf8"), language));
}

function documented(root: string): string[] {
  return PATTERNS.flatMap((pattern) => globSync(pattern, { cwd: root }))
    .map((file) => file.replaceAll("\\", "/"))
    .toSorted();
}

/**
 * The examples of one file. In TypeScript they stand in comments, each line behind a star; in Markdown they may be indented.
 *
 * @param info what stands behind the fence
 * @throws Error at a fence that is never closed
 */
export function blocksOf(file: string, text: string, info = "ts run"): Block[] {
  const fence = new RegExp(`^((?:\\s*\\*)?\\s*)\`\`\`${info}\\s*$`);
  const lines = text.split(/\r?\n/);
  const blocks: Block[] = [];
  for (let start = 0; start < lines.length; start++) {
    const margin = fence.exec(lines[start]!)?.[1];
    if (margin === undefined) continue;
    const end = lines.findIndex((line, index) => index > start && /^(?:\s*\*)?\s*```\s*$/.test(line));
    if (end === -1) throw new Error(`${file}:${start + 1}: the example is never closed.`);
    const code = lines.slice(start + 1, end).map((line) => withoutMargin(line, margin));
    blocks.push({ file, line: start + 1, code: code.join("\n") });
    start = end;
  }
  return blocks;
}

/** An empty line of a comment ends behind its star, before the margin does. */
function withoutMargin(line: string, margin: string): string {
  return line.startsWith(margin)
    ? line.slice(margin.length)
    : line.startsWith(margin.trimEnd())
      ? line.slice(margin.trimEnd().length)
      : line;
}
