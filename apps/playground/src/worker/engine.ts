import type { AnyEstimatorPlugin, Matrix, MatrixLike } from "@mixtura/core";
import { matrix } from "@mixtura/core";
import type { Candidate } from "@mixtura/model-selection";
import { loadModel, plugins, probability } from "mixtura";
import type { Projection } from "../data/projection.ts";
import { mediansOf, projected, projectionOf, rangesOf, rowAt } from "../data/projection.ts";
import { rounded } from "../stage/scale.ts";
import type { ModelChoice, SelectionChoice, View } from "../state/state.ts";
import { abilitiesOf, mixtureOf } from "./abilities.ts";
import { Refusal } from "./answer.ts";
import { openBackend } from "./backends.ts";
import { boxOfRows, fractionInside } from "./boxes.ts";
import { coloursOf } from "./colours.ts";
import type { OpenRows } from "./edited.ts";
import { editedRows } from "./edited.ts";
import { explain } from "./explaining.ts";
import type { Fit } from "./fitting.ts";
import { factsOf, runFit } from "./fitting.ts";
import type * as Protocol from "./protocol.ts";
import { Resident } from "./resident.ts";
import { contoursOf, levelsOf, scoreMap } from "./score-map.ts";
import { search } from "./selecting.ts";
import { shapesOf } from "./shapes.ts";
import type { SourceTable } from "./table.ts";
import { openTable } from "./table.ts";

/** Kinds of work; the next of a kind calls the one before off. */
type Work = "open" | "fit" | "second" | "search" | "measure" | "map" | "colours" | "box";

/** Draws that a false-positive rate is read from. */
const DRAWS = 20_000;

/** Everything that happens off the page's thread: the rows, the models, and questions to them. */
export class Workshop {
  rows: OpenRows | undefined;
  view: View = { kind: "plane", across: 0, up: 1 };
  readonly fits: { first?: Fit; second?: Fit } = {};
  #source: { readonly key: string; readonly table: SourceTable } | undefined;
  #projection: Projection | undefined;
  readonly #resident = new Resident();
  readonly #under = new Map<Work, AbortController>();
  readonly #maps = new Map<Protocol.Slot, Protocol.ScoreMap>();
  #candidates: Candidate[] = [];

  /** A signal for a piece of work, which ends the one before. */
  begin(work: Work): AbortSignal {
    this.#under.get(work)?.abort();
    const controller = new AbortController();
    this.#under.set(work, controller);
    return controller.signal;
  }

  cancel(...kinds: Work[]): void {
    for (const kind of kinds) this.#under.get(kind)?.abort();
  }

  async open({ source, edits, features, view }: Protocol.OpenRequest): Promise<Protocol.OpenedRows> {
    const signal = this.begin("open");
    // A file crosses threads as a new object each time; its number stays.
    const key = source.kind === "file" ? `file ${source.copy} ${JSON.stringify(source.reading)}` : JSON.stringify(source);
    const table = this.#source?.key === key ? this.#source.table : await openTable(source, signal);
    const rows = editedRows(table, edits, features);
    const projection = projectionOf(rows.X, rows.names, view);
    signal.throwIfAborted();
    this.cancel("fit", "second", "search", "measure", "map", "colours", "box");
    await this.#resident.leave();
    this.#source = { key, table };
    this.rows = rows;
    delete this.fits.first;
    delete this.fits.second;
    this.#maps.clear();
    this.view = view;
    this.#projection = projection;
    const { X, names, groups, sourceRows } = rows;
    const facts = {
      name: table.name,
      rows: X.rows,
      names,
      allNames: table.names,
      groups,
      csv: table.csv,
      isPlain: table.isPlain ?? true,
      notices: table.notices,
      leftOut: table.leftOut ?? [],
      sourceRows,
      sourceCount: table.X.rows,
    };
    return { facts, plane: planeOf(X, projection) };
  }

  project(view: View): Protocol.PlaneRows {
    const { X } = this.#open();
    this.view = view;
    this.#projection = undefined;
    this.#maps.clear();
    return planeOf(X, this.projection());
  }

  projection(): Projection {
    const { X, names } = this.#open();
    this.#projection ??= projectionOf(X, names, this.view);
    return this.#projection;
  }

  async fit({ model: choice, backend }: Protocol.FitRequest, report: (steps: Protocol.StepReport) => void): Promise<Protocol.FitFacts> {
    const signal = this.begin("fit");
    const plugin = pluginOf(choice.type);
    const { X } = this.#open();
    const place = await openBackend(backend);
    plugin.create(choice.options); // options are wrong at once, not after the rows went somewhere
    if (X.rows < 2)
      throw new Refusal(
        `There ${X.rows === 1 ? "is one row" : "are no rows"} yet. Draw some in the picture, or choose other data.`,
        "too-few-rows",
      );
    const uploaded = await this.#resident.rowsOn(X, place);
    const fit = await runFit(
      plugin,
      { ...choice.options, ...(place === undefined ? {} : { backend: place }) },
      uploaded,
      this.projection(),
      signal,
      report,
    );
    return this.#keep("first", fit, uploaded, signal);
  }

  async fitCompared(type: string): Promise<Protocol.FitFacts> {
    const signal = this.begin("second");
    const plugin = pluginOf(type);
    const { X } = this.#open();
    const uploaded = await this.#resident.rowsOn(X, undefined);
    return this.#keep("second", { plugin, model: await plugin.create({}).fit(uploaded, { signal }), steps: [] }, uploaded, signal);
  }

  async adopt(index: number): Promise<Protocol.FitFacts> {
    const signal = this.begin("fit");
    const candidate = this.#candidates[index];
    if (candidate?.model === undefined) throw new Refusal("This candidate has no model.");
    const { X } = this.#open();
    return this.#keep(
      "first",
      { plugin: pluginOf(candidate.estimator), model: candidate.model, steps: [] },
      await this.#resident.rowsOn(X, undefined),
      signal,
    );
  }

  async load(text: string): Promise<{ facts: Protocol.FitFacts; model: ModelChoice }> {
    const signal = this.begin("fit");
    const model = loadModel(text);
    const { X, names } = this.#open();
    if (model.featureCount !== X.columns)
      throw new Refusal(
        `The model has ${model.featureCount} features, the data has ${X.columns} (${names.slice(0, 6).join(", ")}). Open the data that it was fitted on first.`,
        "feature-mismatch",
      );
    const facts = await this.#keep(
      "first",
      { plugin: pluginOf(model.type), model, steps: [] },
      await this.#resident.rowsOn(X, undefined),
      signal,
    );
    return { facts, model: { type: model.type, options: {} } };
  }

  /** A moved row keeps what is not shown; a new one gets the middle of it. */
  lift(points: readonly (readonly [number, number])[], from: number | undefined): number[][] {
    const { X, names } = this.#open();
    const { table } = this.#source!;
    const projection = this.projection();
    const { weights, centre, back } = projection;
    const d = X.columns;
    const others = mediansOf(table.X);
    const ranges = rangesOf(X);
    return points.map(([x, y]) => {
      const row = from === undefined ? rowAt(projection, x, y) : X.data.slice(from * d, (from + 1) * d);
      if (from !== undefined) {
        let [dx, dy] = [x, y];
        for (let j = 0; j < d; j++) {
          dx -= weights[j]! * (row[j]! - centre[j]!);
          dy -= weights[d + j]! * (row[j]! - centre[j]!);
        }
        for (let j = 0; j < d; j++) row[j]! += back[2 * j]! * dx + back[2 * j + 1]! * dy;
      }
      for (let j = 0; j < d; j++) if (back[2 * j] !== 0 || back[2 * j + 1] !== 0) row[j] = rounded(row[j]!, ...ranges[j]!);
      return table.names.map((name, column) => {
        const at = names.indexOf(name);
        return at === -1 ? others[column]! : row[at]!;
      });
    });
  }

  shapes(): { steps: Protocol.Shapes[]; final: Protocol.Shapes | undefined; second: Protocol.Shapes | undefined } {
    const projection = this.projection();
    const { first, second } = this.fits;
    return {
      steps: (first?.steps ?? []).map((model) => shapesOf(model, projection)!),
      final: first && shapesOf(first.model, projection),
      second: second && shapesOf(second.model, projection),
    };
  }

  async colours(palette: readonly number[], step: number | undefined): Promise<Uint32Array> {
    const signal = this.begin("colours");
    const { X } = this.#open();
    const { first } = this.fits;
    const model = step === undefined ? first?.model : first?.steps[step];
    const clusters = first?.plugin.capabilities.includes("clustering") ?? false;
    return coloursOf(model, X, model === undefined ? X : await this.#resident.rowsOn(X, undefined), clusters, palette, signal);
  }

  async scoreMap(slot: Protocol.Slot, box: Protocol.ScoreMap["box"], size: readonly [number, number]): Promise<Protocol.ScoreMap> {
    const signal = this.begin("map");
    const { model } = this.fitted(slot);
    if (abilitiesOf(model).scoreSamples === undefined) throw new Refusal(`${model.type} gives no scores to draw a map of.`);
    const map = await scoreMap(model, this.projection(), box, size, signal);
    this.#maps.set(slot, map);
    return map;
  }

  contours(slot: Protocol.Slot, levels: readonly number[], masses: readonly number[]): Protocol.Contour[] {
    const map = this.#maps.get(slot);
    if (map === undefined) return [];
    return contoursOf(map, [...levels.map((level) => ({ level })), ...(masses.length === 0 ? [] : levelsOf(map, masses))]);
  }

  explain(at: { readonly row: number } | { readonly x: number; readonly y: number }): Promise<Protocol.Explanation> {
    const { X, names } = this.#open();
    const { model, plugin } = this.fitted("first");
    const row = "row" in at ? X.data.slice(at.row * X.columns, (at.row + 1) * X.columns) : rowAt(this.projection(), at.x, at.y);
    return explain(model, row, names, plugin.capabilities.includes("clustering"), new AbortController().signal);
  }

  async boxProbability(box: readonly [number, number, number, number]): Promise<Protocol.BoxAnswer> {
    const signal = this.begin("box");
    const { X } = this.#open();
    const projection = this.projection();
    const { model } = this.fitted("first");
    const mixture = mixtureOf(model);
    if (projection.features === undefined) throw new Refusal("A box bounds features. Show two of them instead of principal components.");
    if (mixture === undefined) throw new Refusal(`${model.type} is no mixture; boxes can be asked of mixtures.`);
    const rows = fractionInside(X, projection.features, box);
    const answer = await probability(mixture, boxOfRows(projection, box), { randomState: 0, signal });
    return { probability: answer.probability, errorBound: answer.errorBound, method: answer.method, rows };
  }

  /** Scores of rows drawn from the model, in order: what fraction of them lies below a line is its rate of false alarms. */
  async drawScores(): Promise<Float64Array> {
    const { model } = this.fitted("first");
    const { sample, scoreSamples } = abilitiesOf(model);
    if (sample === undefined || scoreSamples === undefined)
      throw new Refusal(`${model.type} cannot draw rows, so its rate of false alarms is not known.`);
    return (await scoreSamples(sample(DRAWS, { randomState: 0 }).X)).sort();
  }

  async select(
    choice: SelectionChoice,
    seed: number,
    backend: string,
    report: (candidate: Protocol.CandidateFacts) => void,
  ): Promise<Protocol.SelectionFacts> {
    const signal = this.begin("search");
    const { X } = this.#open();
    const found: Candidate[] = [];
    const place = await openBackend(backend);
    const facts = await search(await this.#resident.rowsOn(X, place), choice, seed, place, signal, (candidate, row) => {
      found.push(row);
      this.#candidates = found;
      report(candidate);
    });
    return facts;
  }

  fitted(slot: Protocol.Slot): Fit {
    const fit = this.fits[slot];
    if (fit === undefined) throw new Refusal("There is no fitted model yet.");
    return fit;
  }

  #open(): OpenRows {
    if (this.rows === undefined) throw new Refusal("No data is open yet.");
    return this.rows;
  }

  async #keep(slot: Protocol.Slot, fit: Fit, uploaded: MatrixLike, signal: AbortSignal): Promise<Protocol.FitFacts> {
    const { X, groups } = this.#open();
    const facts = await factsOf(fit, X, uploaded, groups?.codes, this.projection(), signal);
    signal.throwIfAborted();
    this.fits[slot] = fit;
    this.#maps.delete(slot);
    return facts;
  }
}

function planeOf(X: Matrix, projection: Projection): Protocol.PlaneRows {
  return { points: projected(X, projection), names: projection.names, features: projection.features };
}

function pluginOf(type: string): AnyEstimatorPlugin {
  const plugin = plugins.find((candidate) => candidate.type === type);
  if (plugin === undefined)
    throw new Refusal(`There is no estimator "${type}"; there are ${plugins.map((candidate) => candidate.type).join(", ")}.`);
  return plugin;
}

/** Rows with the values that a file gets. */
export function asMatrix({ X, names }: OpenRows): ReturnType<typeof matrix> {
  return matrix(X.data, X.rows, X.columns, names);
}
