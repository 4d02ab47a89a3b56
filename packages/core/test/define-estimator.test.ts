import { describe, expect, it } from "vitest";
import type { FitJob, ModelRecord } from "../src/authoring.ts";
import { defineEstimator, ModelBase, pluginOf, readModel } from "../src/authoring.ts";
import { estimatorClass } from "../src/internal.ts";
import type { DeclarationsOf, FitContext } from "../src/index.ts";
import { MixturaError } from "../src/index.ts";

interface CountOptions {
  least?: number;
  name?: string;
}

const countOptions = {
  least: { range: { kind: "integer", minimum: 0 }, default: 1, description: "Fewest rows." },
  name: { range: { kind: "text" }, description: "A name." },
} satisfies DeclarationsOf<CountOptions>;

class FittedCount extends ModelBase {
  readonly type = "Count";
  readonly count: number;

  constructor(payload: ModelRecord & { readonly count: number }) {
    super(payload);
    this.count = payload.count;
    Object.freeze(this);
  }

  protected parametersToJSON(): Readonly<Record<string, unknown>> {
    return { count: this.count };
  }
}

class Count extends defineEstimator<CountOptions, typeof countOptions, FittedCount>({
  type: "Count",
  summary: "Counts rows.",
  capabilities: [],
  options: countOptions,
  check({ least, name }) {
    if (name !== undefined && least === 0)
      throw new MixturaError("invalid-option", "Count: no name for none", { option: "name", found: name });
  },
  async fit(X, job) {
    const read = await job.read(X);
    return new FittedCount({ ...job.record(read), count: Math.max(read.rows, job.options.least) });
  },
  revive: (json) => new FittedCount(readModel(json, "Count", (reader) => ({ count: reader.count("count") }))),
}) {
  twice(): number {
    return 2 * this.options.least;
  }
}

describe("a class from defineEstimator", () => {
  it("fills in defaults, copies with changes, and keeps the methods of the class", () => {
    const estimator = new Count().with({ least: 3 });

    expect([estimator.options, estimator.twice(), Object.isFrozen(estimator)]).toEqual([{ least: 3 }, 6, true]);
    expect(estimator).toBeInstanceOf(Count);
    expect(new Count().options).toEqual({ least: 1 });
  });

  it.each([
    ["an unknown option", { most: 1 }, "unknown-option"],
    ["an option out of range", { least: -1 }, "invalid-option"],
    ["options that do not go together", { least: 0, name: "none" }, "invalid-option"],
  ])("throws for %s, before any work", (_, options, code) => {
    expect(() => new Count(options as CountOptions)).toThrow(expect.objectContaining({ code }));
  });

  it.each([
    ["blocks", { columns: 1, async *blocks() {} }, undefined, "not-supported"],
    ["weights", [[1]], { sampleWeight: [1] }, "not-supported"],
    ["a name that is not quite sampleWeight", [[1]], { weights: [1] }, "unknown-option"],
    ["a signal that has fired", [[1]], { signal: AbortSignal.abort() }, "aborted"],
    ["rows that are none", null as never, undefined, "invalid-shape"],
  ])("rejects %s where the capability is missing or the input bad, and never throws", async (_, X, context, code) => {
    const fit = new Count().fit(X, context as FitContext);

    await expect(fit).rejects.toMatchObject({ code });
  });

  it("fits models that JSON brings back, frozen, with features, trace and provenance", async () => {
    const model = await new Count({ least: 5 }).fit([{ a: 1 }, { a: 2 }], { provenance: { source: "two.csv" } });

    const read = Count.load(JSON.stringify(model));

    expect(JSON.stringify(read)).toBe(JSON.stringify(model));
    expect(read).toMatchObject({ count: 5, featureCount: 1, featureNames: ["a"], trace: { kind: "direct" } });
    expect(model.provenance).toMatchObject({ source: "two.csv", rows: 2, options: { least: 5 } });
    expect([Object.isFrozen(model), Object.isFrozen(model.trace), Object.isFrozen(model.provenance)]).toEqual([true, true, true]);
    expect(() => Count.load({ ...model.toJSON(), type: "Other" })).toThrow(expect.objectContaining({ code: "invalid-model" }));
  });

  it("keeps its extras beside the options in copies with changes, unless they are changed", async () => {
    const places: (string | undefined)[] = [];
    const Placed = estimatorClass<CountOptions, typeof countOptions, FittedCount, { readonly place?: string }>(
      {
        type: "Count",
        summary: "Counts rows somewhere.",
        capabilities: [],
        options: countOptions,
        async fit(X, job) {
          places.push(job.place);
          return new FittedCount({ ...job.record(await job.read(X)), count: 1 });
        },
        revive: (json) => new FittedCount(readModel(json, "Count", (reader) => ({ count: reader.count("count") }))),
      },
      (_, { place, ...options }) => ({ options, extras: place === undefined ? {} : { place } }),
    );
    const here = new Placed({ place: "here" });

    for (const estimator of [here, here.with({ least: 2 }), here.with({ place: "there" }), new Placed().with({ least: 2 })])
      await estimator.fit([[1]]);

    expect(places).toEqual(["here", "here", "there", undefined]);
  });

  it("is a plugin with the class's declarations", () => {
    const plugin = pluginOf(Count);

    expect(plugin.create({ least: 2 }).twice()).toBe(4);
    expect(plugin).toMatchObject({ type: "Count", summary: "Counts rows.", options: countOptions, capabilities: [] });
  });

  it("whose states can be walked gives them as models, and frees what it holds when the walk ends early", async () => {
    let freed = 0;
    class Stepped extends defineEstimator<CountOptions, typeof countOptions, FittedCount>({
      type: "Count",
      summary: "Counts rows, one after the other.",
      capabilities: ["steps"],
      options: countOptions,
      async *states(X, job: FitJob<unknown>) {
        const read = await job.read(X);
        const model = (count: number): FittedCount => new FittedCount({ ...job.record(read), count });
        try {
          for (let row = 1; row <= read.rows; row++) yield { restart: 0, iteration: row, bound: -row, model: () => model(row) };
          return model(read.rows);
        } finally {
          freed++;
        }
      },
      revive: (json) => new FittedCount(readModel(json, "Count", (reader) => ({ count: reader.count("count") }))),
    }) {}
    const counts: number[] = [];

    for await (const { model } of new Stepped().steps([[1], [2], [3]])) {
      counts.push(model.count);
      if (counts.length === 2) break;
    }

    expect([counts, freed]).toEqual([[1, 2], 1]);
    expect((await new Stepped().fit([[1], [2], [3]])).count).toBe(3);
    expect(freed).toBe(2);
  });
});
