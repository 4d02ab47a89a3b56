import { existsSync, readdirSync, readFileSync } from "node:fs";
import type { KnipConfig } from "knip";

/** A package whose index is still the empty stub cannot use its dependencies yet; it is checked from its first line on. */
const stubs = readdirSync("packages").filter((folder) => {
  const index = `packages/${folder}/src/index.ts`;
  return existsSync(index) && readFileSync(index, "utf8").trim() === "export {};";
});

const library = {
  entry: ["src/{index,main}.ts", "test/**/*.test.ts", "bench/**/*.ts"],
  project: ["{src,test,bench}/**/*.ts"],
  ignore: ["lib/**"], // what is published, made of what is checked here
};

export default {
  workspaces: {
    ".": {
      entry: [
        "scripts/{start,test,fuzz,check-arrows,check-commands,check-package,prepack,manifests,api,bundles,sizes,new-estimator,release,rehearse,tfjs-node-from-wheel}.mjs",
      ],
      project: ["*.ts", "scripts/**/*.mjs"],
    },
    "packages/*": library,
    // assembly/ is AssemblyScript, which assemble.mjs compiles; worker.ts becomes a text there, golden-bits runs in other engines too.
    "packages/backend-wasm": {
      entry: [...library.entry, "scripts/assemble.mjs", "src/threads/worker.ts", "test/other-node.mjs", "test/browser/page.mjs"],
      project: [...library.project, "scripts/*.mjs", "test/**/*.mjs"],
    },
    // Engines of TensorFlow.js are loaded by name.
    "packages/backend-tfjs": { ...library, ignoreDependencies: [/^@tensorflow\/tfjs-backend-/] },
    // So are the readers of Zstandard and Excel.
    "packages/io": { ...library, ignoreDependencies: ["fzstd", "read-excel-file"] },
    "examples/*": { entry: ["src/main.ts", "test/**/*.test.ts"], project: ["{src,test}/**/*.ts"] },
    ...Object.fromEntries(stubs.map((folder) => [`packages/${folder}`, { ...library, ignoreDependencies: [/.*/] }])),
    // typedoc reads the packages from disk; listing them makes their builds come first.
    "apps/docs": {
      entry: [
        "test/**/*.test.ts",
        "src/{site,accuracy}/main.ts",
        "src/site/start-scope.ts",
        "typedoc.config.mjs",
        ".vitepress/{config,theme/index}.ts",
      ],
      project: ["{src,test}/**/*.ts", ".vitepress/**/*.{ts,vue}"],
      ignore: ["content/**"],
      // axe-core is handed to the browser as a file, typedoc loads its plugin by name.
      ignoreDependencies: [/^@mixtura\//, "mixtura", "axe-core", "typedoc-plugin-markdown"],
    },
    "apps/playground": {
      entry: ["src/main.ts", "src/live/index.ts", "src/worker/worker.ts", "test/browser/chart-harness.ts", "test/**/*.test.ts"],
      project: ["{src,test}/**/*.{ts,vue}"],
      ignoreDependencies: ["axe-core"], // handed to the browser as a file
    },
    // What the tests of all packages are held against; not everything is used by each.
    "test/{fuzz,referee}": {
      entry: ["test/**/*.test.ts"],
      project: ["{src,test}/**/*.ts"],
      ignoreDependencies: [/^@mixtura\//, "mixtura"],
    },
    bench: { entry: ["{src,test}/**/*.ts"], project: ["{src,test}/**/*.ts"], ignoreDependencies: [/^@mixtura\//] },
  },
  // check-package.mjs runs these by name.
  ignoreDependencies: ["publint", "@arethetypeswrong/cli"],
  ignoreBinaries: ["mkfifo"], // of every POSIX system; tests make named pipes with it
} satisfies KnipConfig;
