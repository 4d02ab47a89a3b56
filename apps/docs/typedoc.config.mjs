// One program over the sources of all packages, so that names link to each other and the umbrella's re-exports lead home.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";

const packages = join(import.meta.dirname, "..", "..", "packages");
/** What several entries export is told of at the first one: the umbrella, which has nothing of its own, comes last. @type {[name: string, source: string][]} */
const entries = readdirSync(packages)
  .toSorted((a, b) => Number(a === "mixtura") - Number(b === "mixtura"))
  .flatMap((folder) => {
    const { name, exports } = JSON.parse(readFileSync(join(packages, folder, "package.json"), "utf8"));
    return Object.entries(exports).flatMap(([path, target]) => {
      const source = typeof target === "string" ? undefined : target.default?.replace(/^\.\/dist\//, "src/").replace(/\.js$/, ".ts");
      const file = source === undefined ? undefined : join(packages, folder, source);
      return file === undefined || !file.endsWith(".ts") || readFileSync(file, "utf8").trim() === "export {};"
        ? []
        : [/** @type {[string, string]} */ ([`${name}${path.slice(1)}`, file])];
    });
  });

const tsconfig = join(import.meta.dirname, "api", "tsconfig.json");
const here = join(import.meta.dirname, "api");
mkdirSync(here, { recursive: true }); // not there in a fresh clone
writeFileSync(
  tsconfig,
  JSON.stringify({
    extends: "../../../tsconfig.base.json",
    compilerOptions: {
      noEmit: true,
      incremental: false,
      rootDir: "../../..",
      skipLibCheck: true,
      types: ["node"],
      paths: Object.fromEntries(entries.map(([name, file]) => [name, [relative(here, file)]])),
    },
    files: entries.map(([, file]) => relative(here, file)),
  }),
);

/** @type {Partial<import("typedoc").TypeDocOptions> & Record<string, unknown>} */
export default {
  tsconfig,
  // What only our packages share promises nothing to readers.
  entryPoints: entries.filter(([name]) => !/\/internal(\/|$)/.test(name)).map(([, file]) => file),
  name: "API",
  readme: "none",
  excludeInternal: true,
  disableGit: true,
  sourceLinkTemplate: "{path}#L{line}",
  basePath: "../..",
  disableSources: true,
  validation: { notExported: false, invalidLink: true, notDocumented: false },
  treatWarningsAsErrors: true,
  plugin: ["typedoc-plugin-markdown", join(import.meta.dirname, "typedoc-theme.mjs")],
  theme: "mixtura",
  outputs: [
    { name: "markdown", path: "./api/pages" },
    { name: "json", path: "./api/api.json" },
  ],
  outputFileStrategy: "members",
  entryFileName: "index",
  hidePageHeader: true,
  hideBreadcrumbs: true,
  hidePageTitle: true,
  useCodeBlocks: true,
  expandObjects: true,
  parametersFormat: "table",
  interfacePropertiesFormat: "table",
  typeAliasPropertiesFormat: "table",
  propertiesFormat: "table",
  enumMembersFormat: "table",
  tableColumnSettings: { hideDefaults: true, hideModifiers: true, hideInherited: true, hideOverrides: true },
};
