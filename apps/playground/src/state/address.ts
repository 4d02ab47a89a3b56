import type { Catalogue, DeclaredEstimator } from "../model/catalogue.ts";
import { checkedOptions } from "../model/checked.ts";
import { readEdits, writeEdits } from "./edits-text.ts";
import { bounds } from "./bounds.ts";
import type { DataChoice, DensityChoice, ModelChoice, SelectionChoice, View, WorkbenchState } from "./state.ts";
import { defaultGenerated, defaultState, generatorNames, noEdits, panelNames } from "./state.ts";
import { integerIn, numberIn, oneOf, plainValue, Unreadable } from "./text-values.ts";

/** What an address said, and what of it could not be taken. */
export interface ReadAddress {
  readonly state: WorkbenchState;
  readonly problems: readonly string[];
}

/** What an address may name. */
export type Vocabulary = Pick<Catalogue, "estimators" | "covarianceTypes" | "criteria">;

/** The state as the part of an address behind `#`. What is as by default is left out; the rest reads like a sentence. */
export function writeAddress(state: WorkbenchState): string {
  const out = new URLSearchParams();
  const put = (key: string, value: string | undefined, usual: string | undefined): void => {
    if (value !== undefined && value !== usual) out.set(key, value);
  };
  put("data", dataText(state.data), dataText(defaultState.data));
  put("edits", writeEdits(state.edits), "");
  put("features", state.features?.join(","), undefined);
  put("view", viewText(state.view), viewText(defaultState.view));
  if (!sameModel(state.model, defaultState.model)) {
    out.set("model", state.model.type);
    for (const [name, value] of Object.entries(state.model.options)) out.set(`o.${name}`, JSON.stringify(value));
  }
  put("backend", state.backend, defaultState.backend);
  put("panel", state.panel, defaultState.panel);
  put("choose", selectionText(state.selection), selectionText(defaultState.selection));
  put("show", shownText(state.density), "");
  put("threshold", thresholdText(state.density), thresholdText(defaultState.density));
  put("compared", state.density.compared, undefined);
  put("box", state.density.box?.join(","), undefined);
  return readable(out);
}

/** Reads what stands behind `#`. Nothing in it is trusted: each part is taken by itself or left out with a sentence about it. */
export function readAddress(text: string, { estimators, ...words }: Vocabulary): ReadAddress {
  const problems: string[] = [];
  const body = text.replace(/^#/, "");
  if (body === "") return { state: defaultState, problems };
  if (body.length > bounds.address)
    return { state: defaultState, problems: ["The address is too long to be read; this is the start page."] };
  const given = new URLSearchParams(body);
  const take = <T>(key: string, read: (value: string) => T, usual: T): T => {
    const value = given.get(key);
    given.delete(key);
    if (value === null) return usual;
    try {
      return read(value);
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      const shown = value.length > 40 ? `${value.slice(0, 40)}…` : value;
      problems.push(`The address says ${key}=${shown}, but ${error.message.replace(/\.$/, "")}. It was left out.`);
      return usual;
    }
  };
  const types = estimators.map((plugin) => plugin.type);
  const type = take("model", (value) => oneOf(value, types), undefined);
  const plugin = estimators.find((candidate) => candidate.type === (type ?? defaultState.model.type))!;
  const options: Record<string, unknown> = {};
  for (const key of [...given.keys()].filter((key) => /^o\.[A-Za-z]\w{0,60}$/.test(key))) {
    const value = take(key, (written) => takenBy(plugin, key.slice(2), plainValue(written)), undefined);
    if (value !== undefined) options[key.slice(2)] = value;
  }
  const model: ModelChoice = type === undefined && Object.keys(options).length === 0 ? defaultState.model : { type: plugin.type, options };
  const usual = defaultState;
  const state: WorkbenchState = {
    data: take("data", readData, usual.data),
    edits: take("edits", readEdits, noEdits),
    features: take("features", readNames, undefined),
    view: take("view", readView, usual.view),
    model,
    backend: take("backend", (value) => (/^[\w-]{1,40}$/.test(value) ? value : fail("no backend is called so")), usual.backend),
    panel: take("panel", (value) => oneOf(value, panelNames), usual.panel),
    selection: take("choose", (value) => readSelection(value, words), usual.selection),
    density: {
      ...take("show", readShown, { map: false, contours: false }),
      threshold: take("threshold", readThreshold, usual.density.threshold),
      compared: take("compared", (value) => oneOf(value, types), undefined),
      box: take("box", readBox, undefined),
    },
  };
  for (const key of given.keys()) problems.push(`The address has "${key.slice(0, 40)}", which means nothing here. It was left out.`);
  return { state, problems };
}

function fail(message: string): never {
  throw new Unreadable(message);
}

/** An option's value, if the estimator takes it. */
function takenBy(plugin: DeclaredEstimator, name: string, value: unknown): unknown {
  const { refused } = checkedOptions(plugin, { [name]: value });
  return refused.has(name) ? fail(refused.get(name)!) : value;
}

/** Keeps the signs that mean nothing behind `#`, so that addresses can be read. */
function readable(out: URLSearchParams): string {
  return out
    .toString()
    .replaceAll("%2C", ",")
    .replaceAll("%3A", ":")
    .replaceAll("%22", '"')
    .replaceAll("%7B", "{")
    .replaceAll("%7D", "}")
    .replaceAll("%5B", "[")
    .replaceAll("%5D", "]");
}

function sameModel(a: ModelChoice, b: ModelChoice): boolean {
  return a.type === b.type && JSON.stringify(a.options) === JSON.stringify(b.options);
}

function dataText(data: DataChoice): string {
  switch (data.kind) {
    case "set":
      return `set:${data.name}`;
    case "file":
      return `file:${data.name}`;
    case "blank":
      return "blank";
    case "generated": {
      const { generator, rows, features, groups, spread, outliers, seed } = data;
      return [generator, rows, features, groups, spread, outliers, seed].join(":");
    }
  }
}

function readData(text: string): DataChoice {
  if (text === "blank") return { kind: "blank" };
  const [kind = "", ...parts] = text.split(":");
  const name = parts.join(":");
  if (kind === "set") return /^\w{1,40}$/.test(name) ? { kind, name } : fail("that is no name of a data set");
  if (kind === "file") return isFileName(name) ? { kind, name } : fail("that is no name of a file");
  const generator = oneOf(kind, generatorNames);
  const part = (index: number, usual: number): string => parts[index] ?? String(usual);
  const usual = defaultGenerated;
  return {
    kind: "generated",
    generator,
    rows: integerIn(part(0, usual.rows), bounds.rows),
    features: integerIn(part(1, usual.features), bounds.generatedFeatures),
    groups: integerIn(part(2, usual.groups), bounds.groups),
    spread: numberIn(part(3, usual.spread), bounds.spread),
    outliers: numberIn(part(4, usual.outliers), bounds.outliers),
    seed: integerIn(part(5, usual.seed), bounds.seed),
  };
}

/** What a browser may call a file: part of no path, and without the one character that no system has in a name. */
function isFileName(name: string): boolean {
  return name.length > 0 && name.length <= 120 && !/[/\0]/.test(name);
}

function readNames(text: string): readonly string[] {
  const names = text.split(",");
  return names.length <= bounds.features.maximum && names.every((name) => name !== "") ? names : fail("that is no list of features");
}

function viewText(view: View): string {
  return view.kind === "plane" ? `${view.across},${view.up}` : view.kind;
}

function readView(text: string): View {
  if (text === "principal" || text === "pairs") return { kind: text };
  const [across, up, more] = text.split(",");
  if (up === undefined || more !== undefined) return fail("it takes two features by number, principal or pairs");
  const range = { minimum: 0, maximum: bounds.features.maximum - 1 };
  return { kind: "plane", across: integerIn(across!, range), up: integerIn(up, range) };
}

function selectionText({ from, to, types, criterion, starts }: SelectionChoice): string {
  return [from, to, types.join(","), criterion, starts].join(":");
}

function readSelection(text: string, { covarianceTypes, criteria }: Omit<Vocabulary, "estimators">): SelectionChoice {
  const [from = "", to = "", types = "", criterion = "", starts = "", more] = text.split(":");
  if (more !== undefined) return fail("that is no search");
  const read = {
    from: integerIn(from, bounds.clusters),
    to: integerIn(to, bounds.clusters),
    types: types.split(",").map((type) => oneOf(type, covarianceTypes)),
    criterion: oneOf(criterion, criteria),
    starts: integerIn(starts, bounds.starts),
  };
  return read.from <= read.to ? read : fail("the first number of clusters is above the last");
}

function shownText({ map, contours }: DensityChoice): string {
  return [...(map ? ["map"] : []), ...(contours ? ["contours"] : [])].join(",");
}

function readShown(text: string): { map: boolean; contours: boolean } {
  const shown = text.split(",").map((part) => oneOf(part, ["map", "contours"]));
  return { map: shown.includes("map"), contours: shown.includes("contours") };
}

function thresholdText({ threshold: { by, value } }: DensityChoice): string {
  return by === "none" || by === "model" ? by : `${by}:${value}`;
}

function readThreshold(text: string): DensityChoice["threshold"] {
  const [kind = "", value = "0.05"] = text.split(":");
  const by = oneOf(kind, ["none", "model", "contamination", "falsePositives", "value"] as const);
  return { by, value: numberIn(value, by === "value" ? { minimum: -1e300, maximum: 1e300 } : { minimum: 0, maximum: 0.5 }) };
}

function readBox(text: string): DensityChoice["box"] {
  const [left, bottom, right, top, more] = text.split(",").map((part) => numberIn(part, { minimum: -1e300, maximum: 1e300 }));
  if (top === undefined || more !== undefined || left! > right! || bottom! > top) return fail("a box is left, bottom, right, top");
  return [left!, bottom!, right!, top];
}
