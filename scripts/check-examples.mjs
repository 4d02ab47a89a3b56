// Examples are read in a narrow column and pasted into a file of one's own. So no line of a fenced block, in a page or a docstring, is wider than the column,
// and a block of TypeScript in a page imports what it uses of ours; to a docstring the site adds the imports.
import { fileURLToPath } from "node:url";
import { collectAllFenced, collectBlocks, collectShownBlocks } from "../apps/docs/src/blocks.ts";
import { exportsOfPackages, importsFor, WIDTH } from "../apps/docs/src/imports.ts";
import { loadPackages, packageOf, publicOnly } from "../apps/docs/src/packages.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
/** @type {string[]} */
const problems = [];

const blocks = collectAllFenced(root);
for (const { file, line, code } of blocks) {
  for (const [index, text] of code.split("\n").entries()) {
    const columns = Array.from(text).length;
    if (columns > WIDTH) problems.push(`${file}:${line + 1 + index}: ${columns} columns, ${WIDTH} are shown: ${text.trim()}`);
  }
}

const exports = exportsOfPackages(publicOnly(await loadPackages(root)));
const examples = [...collectBlocks(root), ...collectShownBlocks(root)].filter(({ file }) => file.endsWith(".md"));
for (const { file, line, code } of examples) {
  const own = packageOf(root, file) ?? "mixtura";
  for (const missing of importsFor(code, exports, own)) problems.push(`${file}:${line}: the block lacks ${missing}`);
}

for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
else
  console.log(
    `${blocks.length} blocks of code, none wider than ${WIDTH} columns; ${examples.length} of pages in TypeScript, all with their imports`,
  );
