// Puts the site together in content/: pages that people wrote, pages made from the code and from results, and pictures.
import { cpSync, existsSync, globSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { withComparison } from "../comparison/comparison.ts";
import { readFigures } from "../comparison/figures.ts";
import { exportsOfPackages } from "../imports.ts";
import { loadPackages } from "../packages.ts";
import { drawFigures } from "../pictures/all.ts";
import { withFigures } from "../pictures/picture.ts";
import { accuracyPage } from "./accuracy.ts";
import { apiReference } from "./api.ts";
import { cellScope } from "./cell-scope.ts";
import { capabilitiesPage, declaredOptions, optionsPage } from "./declarations.ts";
import { errorCodes, errorsPage } from "./errors.ts";
import { packageOfPage, withExampleImports } from "./example-imports.ts";
import { withPageLinks } from "./links.ts";
import { llmsTexts } from "./llms.ts";
import { sidebarsOf } from "./navigation.ts";
import type { Page } from "./page.ts";
import { writtenPages } from "./written.ts";

const app = join(import.meta.dirname, "..", "..");
const root = join(app, "..", "..");
const content = join(app, "content");
const base = process.env["MIXTURA_DOCS_BASE"] ?? "/";

// Examples name files from the root of the repository.
process.chdir(root);
rmSync(content, { recursive: true, force: true });
const packages = await loadPackages(root);
const declared = declaredOptions(packages);
const about = new Map(
  globSync("packages/*/package.json", { cwd: root })
    .map((file) => JSON.parse(readFileSync(join(root, file), "utf8")) as { name: string; description: string })
    .map(({ name, description }) => [name, description]),
);
const { pages: api, names, entries } = apiReference(join(app, "api"), declared, errorCodes(root), about);
const place = (name: string): string | undefined => names.get(name);
const kept = readFigures(root);
const pagesOfPeople = writtenPages(root).map((page) => ({ ...page, markdown: withComparison(page.markdown, kept) }));
const { figures, written, gallery } = await drawFigures(root, pagesOfPeople, packages, join(content, "public", "pictures"));
const exports = exportsOfPackages(packages);
const folders = readdirSync(join(root, "packages"));
const pages: readonly Page[] = [
  ...written,
  ...api,
  optionsPage(declared, place),
  capabilitiesPage(place),
  errorsPage(root),
  accuracyPage(join(app, "accuracy.json")),
  gallery,
];
const places = new Map([
  ...written.flatMap(({ file, path }): [string, string][] => [
    [file!, `/${path}`],
    ...(file!.endsWith("/README.md") ? [[file!.replace("/README.md", ""), `/${path}`] as [string, string]] : []),
  ]),
  ["docs/decisions", "/decisions/0001-toolchain"] as const,
  ["README.md", "/"] as const,
]);
const { repository } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { repository: { url: string } };
const address = repository.url.replace(/^git\+|\.git$/g, "");
const finished = pages.map((page) => ({
  ...page,
  markdown: withFigures(
    page.file === undefined
      ? withExampleImports(page.markdown, exports, packageOfPage(page.path, folders))
      : withPageLinks(page.markdown, page.file, places, address),
    figures,
    page.path,
  ),
}));
for (const { path, markdown } of finished) {
  const file = join(content, `${path}.md`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, markdown);
  // The text itself, for programs that read.
  const raw = join(content, "public", `${path}.md`);
  mkdirSync(dirname(raw), { recursive: true });
  writeFileSync(raw, markdown);
}
writeFileSync(join(content, "sidebar.json"), JSON.stringify(sidebarsOf(finished, entries)));
writeFileSync(join(content, "scope.ts"), cellScope(root, content));
writeFileSync(join(content, "names.json"), JSON.stringify(Object.fromEntries(names)));
for (const [name, text] of Object.entries(llmsTexts(finished, base))) writeFileSync(join(content, "public", name), text);
cpSync(join(app, "..", "playground", "public", "icon.svg"), join(content, "public", "icon.svg"));
// The playground works from any folder, so it may lie in one of this site's.
const playground = join(app, "..", "playground", "dist");
if (existsSync(playground)) cpSync(playground, join(content, "public", "playground"), { recursive: true });
console.log(`${finished.length} pages, ${figures.size} pictures`);
