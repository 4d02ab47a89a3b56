// One word per idea, the field's own: a list of words that are replaced, and what to say instead. Read are the sources of packages and apps (comments,
// texts and names alike, `ruleOf` being read as two words), the pages, the READMEs, and the titles of tests.
import { globSync, readFileSync } from "node:fs";
import { sep } from "node:path";

/** Packages whose words follow. */
const LATER = ["core", "backend", "backend-ml-matrix", "backend-tfjs", "backend-wasm", "backends", "mixture", "covariance"]
  .concat(["distributions", "ecod", "kernel-density", "testing", "metrics"])
  .map((name) => `packages/${name}/`);

/**
 * `word` is matched as whole words, in either case. A match inside one of `allowed` passes. A word with `pending` is not enforced yet: `true` nowhere,
 * folders not in these. Take `pending` away once the places are gone.
 * @type {readonly { word: string, say: string, allowed?: readonly RegExp[], pending?: true | readonly string[] }[]}
 */
const WORDS = [
  {
    word: "shares?",
    say: "responsibility (of a component for a row), weight (of a component), probability, or fraction (of rows, of a time)",
    allowed: [
      // The verb.
      /\b(?:to|that|which|what|who|we|they|these|all|both|may|can|cannot|must|do|does|not|will|and|of them|(?:all|every|each|several) \w+) shares?\b/gi,
      /\b(?:entries|chunks|threads|line|chunk|manifests|packages|values) shares?\b/g,
      /\bfunction share\(|@click="share"|\/>Share$/g, // a button that copies a link
      /\bshares? (?:an?|all|no|one|its|their|the|this|these|them|memory|code|rows|files?|links?|options|some)\b/gi,
    ],
    pending: LATER,
  },
  {
    word: "(?:ground|same|upper|lower) floor|floor (?:\\d|above|below)|table of floors",
    say: "layer (of packages); a floor is a lower limit of a variance",
  },
  {
    word: "wish(?:es|ed)?",
    say: "rule, threshold rule, request",
    allowed: [/"wish"/g], // its name in models of version 1
    pending: LATER,
  },
  { word: "heirs?|heir of", say: "fallback component", pending: LATER },
  { word: "errands?", say: "run of a pass", pending: LATER },
  {
    word: "told",
    say: "given, passed; reported, shown, named; described",
    allowed: [/\btold (?:\w+ )?(?:apart|from)\b/gi], // tell apart, tell from
    pending: LATER,
  },
  { word: "turn(?:s|ed|ing)? down", say: "reject, refuse", pending: LATER },
  { word: "call(?:s|ed|ing)? (?:it )?off", say: "abort, cancel", pending: LATER },
  { word: "(?:had|have|has) of", say: "computed from", pending: LATER },
  { word: "(?:go|goes|going|went) by", say: "uses, is based on, depends on", pending: LATER },
  { word: "tops", say: "maxima, local optima", pending: LATER },
  { word: "footings?|standings?", say: "health of a component, degenerate component", pending: LATER },
  { word: "vouch(?:es|ed)?", say: "trust, verify; untrusted", pending: LATER },
  { word: "so many(?! that\\b)", say: "a number, that many, a given number of", pending: LATER },
  { word: "beside", say: "next to, compared with, besides", pending: LATER },
  { word: "whatever", say: "any, regardless of", pending: LATER },
  { word: "(?:EM|many|few|two|more|plain|further) maps|maps of (?:one|EM)", say: "iterations", pending: LATER },
  { word: "stor(?:y|ies)", say: "bundle scenario", pending: LATER },
  { word: "rooms", say: "modules, folders, features", pending: LATER },
  {
    word: "laws",
    say: "conformance tests, properties",
    allowed: [/\blaws: "/g, /\brun\w* \w+ Laws\b/g], // names that @mixtura/testing exports
    pending: LATER,
  },
];

/** Pages that keep what was said at their time, and texts made elsewhere. */
const LEFT_OUT = [/\/generated\//, /CHANGELOG\.md$/, /\.svg$/];

const SOURCES = [
  "packages/*/src/**/*.{ts,vue}",
  "apps/*/src/**/*.{ts,vue}",
  "examples/*/src/**/*.ts",
  "bench/src/**/*.ts",
  "scripts/**/*.mjs",
];
const PAGES = [
  "README.md",
  "CONTRIBUTING.md",
  "docs/**/*.md",
  "packages/*/README.md",
  "examples/*/README.md",
  "apps/*/README.md",
  "bench/*.md",
];
const TESTS = ["{packages,apps,examples}/*/test/**/*.test.ts", "bench/test/**/*.test.ts"];
const TITLE =
  /\b(?:describe|it|test)(?:\.\w+)*(?:\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))?\(\s*(?:"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`)|^\s*[\])]+\("(?:[^"\\\n]|\\.)*"/gm;

/** Lines with their numbers; of a test only its titles. @param {string} text @param {boolean} titlesOnly */
function* lines(text, titlesOnly) {
  if (!titlesOnly) {
    for (const [index, line] of text.split("\n").entries()) yield { number: index + 1, line };
    return;
  }
  for (const match of text.matchAll(TITLE)) {
    const title = /(?:"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`)$/.exec(match[0]);
    if (title === null) continue;
    yield { number: text.slice(0, match.index + title.index).split("\n").length, line: title[0] };
  }
}

const patterns = WORDS.map((entry) => ({ ...entry, pattern: new RegExp(`(?<![\\p{L}\\d])(?:${entry.word})(?![\\p{L}\\d])`, "giu") }));

/** @type {string[]} */
const problems = [];
const everything = process.argv.includes("--pending"); // what is not enforced yet, too
const files = globSync([...SOURCES, ...PAGES, ...TESTS]).map((file) => file.split(sep).join("/"));
for (const file of files) {
  if (file.includes("node_modules/") || file === "scripts/check-words.mjs" || LEFT_OUT.some((pattern) => pattern.test(file))) continue;
  const text = readFileSync(file, "utf8");
  for (const { number, line } of lines(text, file.endsWith(".test.ts"))) {
    const words = line.replaceAll(/(?<=[\p{Ll}\d])(?=\p{Lu})/gu, " ");
    for (const { pattern, say, allowed = [], pending = [] } of patterns) {
      if (!everything && (pending === true || pending.some((folder) => file.startsWith(folder)))) continue;
      const passes = allowed.reduce((left, context) => left.replaceAll(context, ""), words);
      for (const [found] of passes.matchAll(pattern)) problems.push(`${file}:${number}: "${found}" → ${say}\n    ${line.trim()}`);
    }
  }
}

for (const problem of problems) console.error(problem);
if (problems.length > 0) {
  console.error(`\n${problems.length} words that the glossary replaces (scripts/check-words.mjs).`);
  process.exitCode = 1;
} else
  console.log(
    `${files.length} files, no replaced word among ${WORDS.filter(({ pending }) => pending !== true).length} enforced of ${WORDS.length}`,
  );
