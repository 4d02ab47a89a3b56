// What differs between shapes, scatters, radial parts and covariance types stands in their objects. Nobody else compares their names, so that a
// new one is an object and nothing else: a comparison, a `case` or a lookup that the compiler cannot check would miss it in silence.
// Allowed are tables that the compiler does check: `satisfies Record<…>`, or declared as one.
import { globSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const { radials, scatters, shapes } = await import(join(root, "packages/backend/dist/index.js"));
const { covarianceTypes } = await import(join(root, "packages/mixture/dist/index.js"));

/** Where the objects are. */
const OWN = [
  "packages/backend/src/shapes/",
  "packages/backend/src/scatters/",
  "packages/backend/src/radials/",
  "packages/mixture/src/covariance/",
];

/** Names that mean nothing else, and those that are compared elsewhere for other reasons. */
const all = [...new Set([...Object.keys(shapes), ...Object.keys(scatters), ...Object.keys(radials), ...covarianceTypes])];
const common = ["none", "gaussian"];
const telling = all.filter((name) => !common.includes(name)).join("|");
const any = all.join("|");

const COMPARISONS = [
  new RegExp(`[!=]==? ?"(?:${telling})"`, "g"),
  new RegExp(`"(?:${telling})" ?[!=]==? `, "g"),
  new RegExp(`\\bcase "(?:${telling})"`, "g"),
  new RegExp(`\\.(?:includes|has|indexOf|startsWith)\\("(?:${telling})"`, "g"),
  new RegExp(`\\[[^\\]\n]*"(?:${telling})"[^\\]\n]*\\]\\.(?:includes|indexOf)\\(`, "g"),
  new RegExp(`\\b(?:\\w*[sS]catter|\\w*[rR]adial(?:\\??\\.name)?|\\w*[sS]hape|covarianceType)\\)? ?[!=]==? ?"(?:${any})"`, "g"),
];
const KEY = new RegExp(`^\\s*"?(?:${telling})"?\\s*(?:[:(,]|$)`);

/** Object literals whose keys are two names or more, unless the compiler holds them complete. @param {string} text */
function* looseTables(text) {
  for (let open = text.indexOf("{"); open !== -1; open = text.indexOf("{", open + 1)) {
    const before = text.slice(0, open).trimEnd();
    if (!/(?:[=([,?:]|return)$/.test(before) || before.endsWith("=>")) continue;
    /** @type {string[]} */
    const parts = [""];
    let depth = 0;
    let close = open;
    for (; close < text.length; close++) {
      const letter = text.charAt(close);
      if (letter === "{" || letter === "(" || letter === "[") depth++;
      else if (letter === "}" || letter === ")" || letter === "]") depth--;
      if (depth === 0) break;
      if (depth === 1 && letter === ",") parts.push("");
      else if (close > open) parts.push(`${parts.pop() ?? ""}${letter}`);
    }
    const names = parts.filter((part) => KEY.test(part.replaceAll(/\/\*.*?\*\/|\/\/.*/g, "")));
    const declaration = before.slice(Math.max(before.lastIndexOf(";"), before.lastIndexOf("\n")) + 1);
    const checked = declaration.includes("Record<") || /^\s*(?:as const )?satisfies [^;]*Record</.test(text.slice(close + 1));
    if (names.length > 1 && !checked) yield open;
  }
}

/** @type {Set<string>} */
const problems = new Set();
for (const file of globSync(["packages/*/src/**/*.{ts,vue}", "apps/*/src/**/*.{ts,vue}"], { cwd: root })) {
  const path = file.split(sep).join("/");
  if (path.includes("/generated/") || OWN.some((folder) => path.startsWith(folder))) continue;
  const text = readFileSync(join(root, file), "utf8");
  const found = new Set([...COMPARISONS.flatMap((pattern) => [...text.matchAll(pattern)].map(({ index }) => index)), ...looseTables(text)]);
  for (const at of found) {
    const number = text.slice(0, at).split("\n").length;
    const line = (text.split("\n")[number - 1] ?? "").trim();
    if (!line.startsWith("*") && !line.startsWith("//")) problems.add(`${path}:${number}: ${line}`);
  }
}

for (const problem of problems) console.error(problem);
if (problems.size > 0) {
  console.error(
    `\n${problems.size} places compare the name of a shape, scatter or covariance type. Ask the object: its table says what differs.`,
  );
  process.exitCode = 1;
}
