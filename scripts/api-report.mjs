// The public surface of a package as a text that reviews can read: every export with its signature, sorted, from the built declarations.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Extractor, ExtractorConfig } from "@microsoft/api-extractor";
import { publicEntriesOf } from "./entries.mjs";

const FOLDER = "api";

/**
 * Holds the reports of a built package against its surface.
 *
 * @param {string} root the package's folder
 * @returns {string[]} what is wrong, in words; empty where all reports are right
 */
export function checkReports(root) {
  const reports = makeReports(root);
  const missing = [...reports].flatMap(([file, text]) => {
    const path = join(root, FOLDER, file);
    const committed = existsSync(path) ? readFileSync(path, "utf8") : "";
    return committed === text ? [] : [`${FOLDER}/${file} is ${committed === "" ? "missing" : `stale:\n${difference(committed, text)}`}`];
  });
  const orphans = written(root).filter((file) => !reports.has(file));
  return [...missing, ...orphans.map((file) => `${FOLDER}/${file} belongs to no entry of this package.`)];
}

/**
 * Writes the reports of a built package and removes those of entries that are gone.
 *
 * @param {string} root the package's folder
 */
export function writeReports(root) {
  const reports = makeReports(root);
  mkdirSync(join(root, FOLDER), { recursive: true });
  for (const [file, text] of reports) writeFileSync(join(root, FOLDER, file), text);
  for (const file of written(root)) if (!reports.has(file)) rmSync(join(root, FOLDER, file));
}

/** @param {string} root */
const written = (root) => (existsSync(join(root, FOLDER)) ? readdirSync(join(root, FOLDER)) : []);

/**
 * One report per entry that users import, by file name. Members marked internal are left out.
 *
 * @param {string} root
 * @returns {Map<string, string>}
 */
function makeReports(root) {
  const folder = mkdtempSync(join(tmpdir(), "mixtura-api-"));
  try {
    return new Map(publicEntriesOf(resolve(root)).map((entry) => [`${entry.name}.md`, report(resolve(root), entry, folder)]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} root @param {import("./entries.mjs").Entry} entry @param {string} folder */
function report(root, { name, specifier, types }, folder) {
  const config = ExtractorConfig.prepare({
    configObject: {
      projectFolder: root,
      mainEntryPointFilePath: types,
      newlineKind: "lf",
      compiler: { overrideTsconfig: { compilerOptions, files: [types] } },
      apiReport: {
        enabled: true,
        reportFileName: name,
        reportFolder: folder,
        reportTempFolder: folder,
        reportVariants: ["public"],
        includeForgottenExports: true,
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      // What is documented, and how, is typedoc's to check.
      messages: { extractorMessageReporting: { default: { logLevel: /** @type {never} */ ("none") } } },
    },
    configObjectFullPath: undefined,
    packageJsonFullPath: join(root, "package.json"),
  });
  /** @type {string[]} */
  const errors = [];
  Extractor.invoke(config, {
    localBuild: true,
    messageCallback(message) {
      if (message.logLevel === "error") errors.push(message.formatMessageWithLocation(root));
      message.handled = true;
    },
  });
  if (errors.length > 0) throw new Error(`${specifier}: no report could be made.\n${errors.join("\n")}`);
  const written = readFileSync(join(folder, `${name}.public.api.md`), "utf8");
  const body = (/```ts\n\n([^]*?)\n\n```/.exec(written)?.[1] ?? "").replaceAll(/^ *\/\/ \(?(undocumented|@public|No @package).*\n?/gm, "");
  return [`# ${specifier}`, INTRODUCTION, `\`\`\`ts\n${withoutIdle(body.split("\n\n")).join("\n\n")}\n\`\`\`\n`].join("\n\n");
}

const INTRODUCTION =
  "What this entry exports, and what it names without exporting. Written by `npm run api`; a change here is a change for users.";

/**
 * Leaves out declarations that are not exported and that nothing else mentions any more: internal members alone had use for them.
 *
 * @param {string[]} declarations
 * @returns {string[]}
 */
function withoutIdle(declarations) {
  const kept = declarations.filter((text, index) => {
    const name = /^(?:abstract |const |class |function |interface |type |enum )+(\w+)/.exec(text)?.[1];
    return (
      text.trim() !== "" &&
      (name === undefined || declarations.some((other, at) => at !== index && new RegExp(`\\b${name}\\b`).test(other)))
    );
  });
  return kept.length === declarations.length ? kept : withoutIdle(kept);
}

const compilerOptions = {
  target: "esnext",
  module: "nodenext",
  lib: ["esnext"],
  types: ["node"],
  typeRoots: [resolve(import.meta.dirname, "..", "node_modules", "@types")],
  strict: true,
  skipLibCheck: true,
};

/**
 * The lines that differ, in order, with `-` for the committed text and `+` for the built one. Where the texts part, they meet again at the
 * nearer of the two lines at hand: short rather than shortest.
 *
 * @param {string} before
 * @param {string} after
 */
function difference(before, after) {
  const [removed, added] = [before.split("\n"), after.split("\n")];
  const lines = [];
  while (removed.length > 0 || added.length > 0) {
    const [old = "", fresh = ""] = [removed[0], added[0]];
    if (removed.length > 0 && added.length > 0 && old === fresh) {
      removed.shift();
      added.shift();
      continue;
    }
    const oldAhead = removed.length === 0 ? Infinity : added.indexOf(old) >>> 0; // not found counts as far away
    const freshAhead = added.length === 0 ? Infinity : removed.indexOf(fresh) >>> 0;
    if (added.length === 0 || (removed.length > 0 && oldAhead >= freshAhead)) lines.push(`- ${removed.shift()}`);
    else lines.push(`+ ${added.shift()}`);
  }
  return lines.join("\n");
}
