import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { collectFenced } from "../src/blocks.ts";

const root = join(import.meta.dirname, "..", "..", "..");
const python = process.env["MIXTURA_PYTHON"] ?? "python3";
const hasScikitLearn = spawnSync(python, ["-c", "import sklearn"]).status === 0;

describe.skipIf(!hasScikitLearn)(
  hasScikitLearn ? "Python beside our code" : `Python beside our code (skipped: ${python} has no scikit-learn)`,
  () => {
    it.each(collectFenced(root, "python").map((block) => ({ ...block, place: `${block.file}:${block.line}` })))(
      "$place runs",
      ({ code }) => {
        const { status, stderr } = spawnSync(python, ["-W", "error::FutureWarning", "-"], {
          input: `from sklearn.datasets import load_iris\nX = load_iris().data\n${code}`,
          encoding: "utf8",
        });
        expect(status, stderr).toBe(0);
      },
    );
  },
);
