// A call takes about a hundred thousand arguments, then it throws a RangeError; a list of data may be longer. So no list is spread into a call that takes
// any number of them: `greatestOf`, `leastOf` and `normOf` of @mixtura/core/internal, or a loop, do the same for any length.
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const SPREADING = /(?:\bMath\.(?:max|min|hypot)|\.(?:push|unshift|splice))\(/g;

/** Whether a list is spread among the arguments of the call that begins at `open`. @param {string} text @param {number} open */
function spreads(text, open) {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    const letter = text.charAt(at);
    if ("([{".includes(letter)) depth++;
    else if (")]}".includes(letter) && --depth === 0) return false;
    else if (depth === 1 && text.startsWith("...", at)) return true;
  }
  return false;
}

/** @type {string[]} */
const found = [];
let files = 0;
for (const path of globSync("packages/*/src/**/*.ts", { cwd: root })) {
  files++;
  const text = readFileSync(join(root, path), "utf8");
  for (const { index, 0: call } of text.matchAll(SPREADING))
    if (spreads(text, index + call.length - 1)) found.push(`${path}:${text.slice(0, index).split("\n").length}: ${call}...`);
}
if (found.length > 0) {
  console.error(
    `${found.join("\n")}\nA list is spread into a call, which fails for long ones: take greatestOf, leastOf, normOf or a loop.`,
  );
  process.exitCode = 1;
} else console.log(`${files} files, no list is spread into a call that may be too long`);
