// `npm run release`: new versions from the changesets, build, all checks and tests, and everything published that the registry does not have.
// `-- version` does the first part alone, `-- publish` the rest; a workflow has a person's review between the two.
// Asked of a registry on this machine (see rehearse.mjs) it takes the placeholder address as well; `--skip-tests` is for that.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build, execute, fail, install, root, step } from "./workspace.mjs";

const args = process.argv.slice(2);
const parts = args.filter((arg) => !arg.startsWith("--"));
const stranger = parts.find((part) => part !== "version" && part !== "publish");
if (stranger !== undefined) fail(`npm run release takes "version" or "publish" or nothing, found "${stranger}".`, 2);
const wants = (/** @type {string} */ part) => parts.length === 0 || parts.includes(part);

const readJSON = (/** @type {string} */ path) => JSON.parse(readFileSync(join(root, path), "utf8"));

/** Runs a command and gives what it wrote, without the space around it. @param {string} command @param {readonly string[]} rest */
async function outputOf(command, rest) {
  const { ok, output } = await execute(command, rest);
  if (!ok) fail(`${command} ${rest.join(" ")} failed: ${output.trim()}`);
  return output.trim();
}

async function needCleanTree() {
  const changes = await outputOf("git", ["status", "--porcelain"]);
  if (changes !== "") fail(`A release starts from committed files. Commit or stash first:\n${changes}`);
}

async function needAddress() {
  const { hostname } = new URL(await outputOf("npm", ["config", "get", "registry"]));
  const { repository } = readJSON("package.json");
  if (!["127.0.0.1", "localhost"].includes(hostname) && new URL(repository.url.replace(/^git\+/, "")).hostname.endsWith(".example"))
    fail(`The repository's address is still the placeholder ${repository.url}: npm run manifests -- https://host/owner/name, and commit.`);
}

/** Turns the pending changesets into versions and changelogs, and commits them. */
async function version() {
  const pending = readdirSync(join(root, ".changeset")).filter((file) => file.endsWith(".md") && file !== "README.md");
  if (pending.length === 0) return console.log("no changeset is pending: versions stay");
  if (!(await step(`versions from ${pending.length} changesets`, () => execute("changeset", ["version"])))) process.exit(1);
  const next = readdirSync(join(root, "packages"))
    .map((folder) => readJSON(join("packages", folder, "package.json")).version)
    .toSorted((a, b) => a.localeCompare(b, "en", { numeric: true }))
    .at(-1);
  writeVersion(readJSON(join("packages", "core", "package.json")).version);
  const changelog = join(root, "CHANGELOG.md");
  const day = new Date().toISOString().slice(0, 10);
  writeFileSync(changelog, readFileSync(changelog, "utf8").replace("## Unreleased\n", `## Unreleased\n\n## ${next} (${day})\n`));
  await outputOf("git", ["add", "--all"]);
  await outputOf("git", ["commit", "--message", `release: ${next}`]);
  console.log(`committed as "release: ${next}"`);
}

/** The release that models name as their origin. @param {string} core */
function writeVersion(core) {
  const file = join(root, "packages", "core", "src", "version.ts");
  writeFileSync(file, readFileSync(file, "utf8").replace(/(?<=VERSION = ")[^"]*/, core));
}

async function publish() {
  if (!(await build())) fail("Building failed; its output is above.");
  if (!args.includes("--skip-tests")) {
    const { ok } = await execute("node", ["scripts/test.mjs"], { show: true });
    if (!ok) fail("Nothing is published while a check or a test fails.");
  }
  if (!(await step("published", () => execute("changeset", ["publish"])))) process.exit(1);
  console.log("tags of the new versions are here: git push --follow-tags");
}

if (wants("publish")) await needAddress();
if (!(await install())) fail("Installing failed; its output is above.");
await needCleanTree();
if (wants("version")) await version();
if (wants("publish")) await publish();
