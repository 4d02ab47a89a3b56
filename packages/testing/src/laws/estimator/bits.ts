import type { BlockSource, Matrix, MatrixLike } from "@mixtura/core";
import { matrix } from "@mixtura/core";
import { rowRange } from "@mixtura/core/authoring";
import type { ArrowTableLike } from "@mixtura/core/internal";
import { requireSame } from "../../comparison.ts";
import { columnsOf, copyOf, enlarged, rowsOf } from "./data-copy.ts";
import { answers } from "./model.ts";
import { fingerprint } from "./payload.ts";
import type { EstimatorLaw } from "./subject.ts";
import { createTally, requireSameText } from "./tally.ts";

const SAME_BITS = "the same seed and the same numbers give the same bits";

const sameSeed: EstimatorLaw = {
  id: "bits/seed",
  needs: [],
  claim: "gives the same bits for the same seed: by another estimator, again, and while another fit runs",
  async check(trial) {
    const tally = createTally(SAME_BITS);
    const { X } = copyOf(trial.data);
    const estimator = trial.create();
    const right = fingerprint(await estimator.fit(X));
    const other = columnsOf(X, [0]);
    await tally.check("another estimator", async () => requireSameText(fingerprint(await trial.fit(X)), right, "the model"));
    await tally.check("the same estimator again", async () => requireSameText(fingerprint(await estimator.fit(X)), right, "the model"));
    await tally.check("while others run", async () => {
      const [, mine, twin] = await Promise.all([trial.fit(other), estimator.fit(X), estimator.fit(X)]);
      requireSameText(fingerprint(mine), right, "the model");
      requireSameText(fingerprint(twin), right, "the model fitted at the same time");
    });
    if (!trial.capabilities.has("seed")) return tally.figure();
    await tally.check("the seed that was drawn", async () => {
      const drawn = await trial.fit(X, { randomState: undefined });
      const again = await trial.fit(X, { randomState: drawn.trace.seed });
      requireSameText(fingerprint(again), fingerprint(drawn), "the model of the seed in the trace");
    });
    return tally.figure();
  },
};

const blocks: EstimatorLaw = {
  id: "bits/blocks",
  needs: ["blocks"],
  claim: "gives the bits of the rows in memory when they come in blocks, however they are cut",
  async check(trial) {
    const tally = createTally(SAME_BITS);
    const whole = trial.capabilities.has("whole-contract");
    const small = copyOf(trial.data).X;
    // The larger data need more than one of the chunks that sums are taken over; both fit within the sample that starts are drawn from.
    for (const [X, options, sizes, weighing] of [
      [small, {}, whole ? [1, 7, 1000, small.rows] : [7], true],
      [enlarged(trial.data, 4200), trial.brief, [1000], whole],
    ] as const) {
      const sampleWeight =
        weighing && trial.capabilities.has("weights") ? Float64Array.from({ length: X.rows }, (_, row) => 1 + (row % 3)) : undefined;
      const plain = fingerprint(await trial.fit(X, options));
      const weighted = sampleWeight && fingerprint(await trial.fit(X, options, { sampleWeight }));
      for (const size of sizes) {
        await tally.check(`blocks of ${size}`, async () =>
          requireSameText(fingerprint(await trial.fit(inBlocks(X, size), options)), plain, "the model"),
        );
        if (sampleWeight === undefined) continue;
        await tally.check(`weighted blocks of ${size}`, async () =>
          requireSameText(fingerprint(await trial.fit(inBlocks(X, size, sampleWeight), options)), weighted!, "the model"),
        );
      }
    }
    return tally.figure();
  },
};

const forms: EstimatorLaw = {
  id: "bits/forms",
  needs: [],
  claim: "gives the same bits for every form that the rows may have",
  async check(trial) {
    const tally = createTally(SAME_BITS);
    const { X } = copyOf(trial.data);
    await using uploaded = await trial.backend?.matrix(X);
    // Every form but the uploaded one becomes the same matrix on the host, before a backend sees it.
    const onHost = trial.capabilities.has("host") ? formsOf(X) : {};
    const all: Readonly<Record<string, MatrixLike>> = { ...onHost, ...(uploaded === undefined ? {} : { uploaded }) };
    await compareForms(all, X);
    const first = columnsOf(X, [0]);
    await compareForms({ "Float64Array of one feature": first.data }, first);
    return tally.figure();

    async function compareForms(given: Readonly<Record<string, MatrixLike>>, plain: Matrix): Promise<void> {
      const model = await trial.fit(plain);
      const right = { text: fingerprint(model), answers: await answers(model, plain) };
      for (const [name, form] of Object.entries(given)) {
        let fitted = model;
        await tally.check(`fit of ${name}`, async () => {
          fitted = await trial.fit(form);
          requireSameText(fingerprint(fitted), right.text, "the model");
        });
        // An uploaded matrix keeps the origin that it was uploaded with: a separate law covers results about its rows.
        if (form === uploaded) continue;
        // Fields of records are found by name, so that their model has to know the names.
        const asked = name === "records" ? fitted : model;
        await tally.check(`answers to ${name}`, async () => requireAnswers(await answers(asked, form), right.answers));
      }
    }
  },
};

/** The same rows in every form but the first. */
function formsOf(X: Matrix): Readonly<Record<string, MatrixLike>> {
  const names = Array.from({ length: X.columns }, (_, j) => `f${j}`);
  const rows = rowsOf(X);
  return {
    rows,
    "Float64Array rows": rows.map((row) => Float64Array.from(row)),
    "named Matrix": { ...X, featureNames: names },
    "view on a longer array": matrix(Float64Array.from([0, 0, ...X.data, 0]).subarray(2, 2 + X.data.length), X.rows, X.columns),
    getter: { rows: X.rows, columns: X.columns, get: (i: number, j: number) => X.data[i * X.columns + j]! },
    records: rows.map((row) => Object.fromEntries(row.map((value, j) => [names[j]!, value]))),
    "Arrow table": arrowTable(X, names),
  };
}

/** The least that an Arrow table offers. */
function arrowTable(X: Matrix, names: readonly string[]): ArrowTableLike {
  return {
    numRows: X.rows,
    numCols: X.columns,
    schema: { fields: names.map((name) => ({ name })) },
    getChildAt(j) {
      const values = columnsOf(X, [j]).data;
      return { length: X.rows, nullCount: 0, get: (i) => values[i], toArray: () => values };
    },
  };
}

/** Rows in blocks of one size, the last one shorter; the block's memory is used again, as a source may. */
function inBlocks(X: Matrix, size: number, sampleWeight?: Float64Array): BlockSource {
  return {
    columns: X.columns,
    async *blocks() {
      const buffer = new Float64Array(size * X.columns);
      for (let start = 0; start < X.rows; start += size) {
        const block = rowRange(X, start, Math.min(start + size, X.rows));
        buffer.set(block.data);
        yield {
          X: matrix(buffer.subarray(0, block.data.length), block.rows, X.columns),
          ...(sampleWeight === undefined ? {} : { sampleWeight: sampleWeight.slice(start, start + block.rows) }),
        };
        buffer.fill(Number.NaN);
      }
    },
  };
}

function requireAnswers(found: Awaited<ReturnType<typeof answers>>, right: Awaited<ReturnType<typeof answers>>): void {
  for (const [name, values] of Object.entries(right)) requireSame(found[name] ?? [], values, name);
}

/** Laws of reproducibility. */
export const bitLaws: readonly EstimatorLaw[] = [sameSeed, blocks, forms];
