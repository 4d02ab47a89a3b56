import type { Diagnostic, RestartTrace } from "@mixtura/core";
import type { DensityChoice, Edits, GeneratedData, ModelChoice, Reading, SelectionChoice, View } from "../state/state.ts";
import type { Answer, Failure } from "./answer.ts";
import type { LeftOut } from "./table.ts";

/** Where rows come from, as the worker fetches them. */
export type Source =
  | { readonly kind: "url"; readonly name: string; readonly url: string }
  | { readonly kind: "file"; readonly file: File; readonly copy: number; readonly reading: Reading }
  | GeneratedData
  | { readonly kind: "blank" };

/** What to open. */
export interface OpenRequest {
  readonly source: Source;
  readonly edits: Edits;
  readonly features: readonly string[] | undefined;
  /** How the rows are to be shown. */
  readonly view: View;
}

/** Rows, and how they lie: one answer, so that nobody shows the one without the other. */
export interface OpenedRows {
  readonly facts: DataFacts;
  readonly plane: PlaneRows;
}

/** The rows that are open now. */
export interface DataFacts {
  readonly name: string;
  readonly rows: number;
  /** Names of the features that are fitted. */
  readonly names: readonly string[];
  /** Names of all features of the source. */
  readonly allNames: readonly string[];
  /** Known groups: their names and the group of each row, −1 for none. */
  readonly groups: { readonly names: readonly string[]; readonly codes: Int16Array } | undefined;
  /** How a file of delimited text was read; absent for other data. */
  readonly csv: Required<Reading> | undefined;
  /** Whether a file is CSV with a header and decimal points of which no row was left out. */
  readonly isPlain: boolean;
  /** What was done to read it: rows and columns left out. */
  readonly notices: readonly string[];
  /** Features that measure nothing, and are fitted only where they are chosen. */
  readonly leftOut: readonly LeftOut[];
  /** For each row its number in the source, for edits; absent where they are the same. */
  readonly sourceRows: Int32Array | undefined;
  /** Rows of the source, before edits: added rows are numbered from here. */
  readonly sourceCount: number;
}

/** The rows in a plane. */
export interface PlaneRows {
  /** n×2 */
  readonly points: Float64Array;
  readonly names: readonly [string, string];
  readonly features: readonly [number, number] | undefined;
}

/** One state of a fit. */
export interface StepFacts {
  readonly restart: number;
  readonly iteration: number;
  readonly bound: number;
}

/** Numbers per component in {@link Shapes}: weight, x, y, variance across, covariance, variance up (NaN where there is no spread). */
export const SHAPE_SIZE = 6;
/** The components in the plane. */
export type Shapes = Float64Array;

/** Steps that were made since the last report. */
export interface StepReport {
  readonly steps: readonly StepFacts[];
  readonly shapes: readonly Shapes[];
}

/** What is fitted, and where. */
export interface FitRequest {
  readonly model: ModelChoice;
  readonly backend: string;
}

/** What a fit came to. */
export interface FitFacts {
  readonly type: string;
  /** States of the fit that can be shown. */
  readonly steps: number;
  /** Absent, as what follows, where the fit has no such thing. */
  readonly converged: boolean | undefined;
  readonly iterations: number | undefined;
  readonly seed: number | undefined;
  readonly backend: string | undefined;
  readonly milliseconds: number | undefined;
  readonly diagnostics: readonly Diagnostic[];
  readonly restarts: readonly Omit<RestartTrace, "parameters">[];
  readonly criteria: Readonly<Record<string, number>>;
  /** Agreement with the known groups, adjusted for chance. */
  readonly agreement: number | undefined;
  readonly weights: Float64Array | undefined;
  readonly shapes: Shapes | undefined;
  /** How usual each row is, higher is more usual, and the same in order; absent where the model has no such thing. */
  readonly scores: Float64Array | undefined;
  readonly sortedScores: Float64Array | undefined;
  /** Whether scores are log-densities. */
  readonly isDensity: boolean;
  /** The model's own line between usual and unusual. */
  readonly threshold: number | undefined;
  /** Whether boxes can be asked for their probability, and draws for theirs. */
  readonly isMixture: boolean;
  readonly canSample: boolean;
}

/** A model to compare with the first. */
export type Slot = "first" | "second";

/** A map of scores over a part of the plane. */
export interface ScoreMap {
  readonly columns: number;
  readonly rows: number;
  /** rows × columns, from the bottom up. */
  readonly values: Float32Array;
  readonly box: readonly [number, number, number, number];
  /** Whether the map is a cut through the middle of the other features rather than the whole. */
  readonly isCut: boolean;
}

/** Lines of equal score, each as rings of x, y pairs. */
export interface Contour {
  readonly level: number;
  /** The fraction of the mass inside, where the line was asked for by it. */
  readonly mass: number | undefined;
  readonly rings: readonly Float64Array[];
}

/** Why a point is as usual as it is. */
export interface Explanation {
  readonly values: readonly number[];
  readonly score: number | undefined;
  readonly label: number | undefined;
  readonly responsibility: number | undefined;
  readonly reasons: readonly { readonly feature: string; readonly part: number; readonly words: string }[];
  /** What `part` is a part of. */
  readonly measure: string;
}

/** How likely rows fall into a box. */
export interface BoxAnswer {
  readonly probability: number;
  readonly errorBound: number;
  readonly method: string;
  /** Fraction of the rows at hand that lie in it. */
  readonly rows: number;
}

/** One candidate of a search. */
export interface CandidateFacts {
  readonly index: number;
  /** Type of the plugin that fitted it. */
  readonly estimator: string;
  readonly nComponents: number;
  readonly covarianceType: string;
  readonly values: Readonly<Record<string, number>>;
  readonly degenerate: boolean;
  readonly converged: boolean;
  readonly start: string | undefined;
  readonly failure: string | undefined;
}

/** What a search came to. */
export interface SelectionFacts {
  readonly winner: number;
  /** The numbers of components that the rows leave open, the winner's among them. */
  readonly open: readonly number[];
  readonly milliseconds: number;
}

/** A place to compute, and whether it is there. */
export interface BackendFacts {
  readonly name: string;
  readonly title: string;
  readonly about: string;
  readonly missing: string | undefined;
}

/** What a backend did on the rows at hand. */
export interface BackendMeasure {
  readonly name: string;
  readonly engine: string;
  readonly millisecondsPerIteration: number;
  /** Largest difference of a parameter from plain float64, relative to the largest of its kind. */
  readonly difference: number;
  /** Difference of the bound, in nats per row. */
  readonly boundDifference: number;
  readonly failure: Failure | undefined;
}

/** The worker, as the page sees it. */
export interface Engine {
  open(request: OpenRequest): Promise<Answer<OpenedRows>>;
  /** Ends the opening that is under way; what was open stays. */
  cancelOpening(): void;
  project(view: View): Promise<Answer<PlaneRows>>;
  fit(request: FitRequest, report: (steps: StepReport) => void): Promise<Answer<FitFacts>>;
  fitCompared(type: string): Promise<Answer<FitFacts>>;
  adopt(candidate: number): Promise<Answer<FitFacts>>;
  load(text: string): Promise<Answer<{ readonly facts: FitFacts; readonly model: ModelChoice }>>;
  cancel(): void;
  /** Whole rows, in the order of all features, for points of the plane; `from` is the row that is moved there. */
  lift(points: readonly (readonly [number, number])[], from: number | undefined): Promise<Answer<readonly (readonly number[])[]>>;
  /** The components of every state, and of the model at the end, in the plane shown now. */
  shapes(): Promise<Answer<{ readonly steps: readonly Shapes[]; readonly final: Shapes | undefined; readonly second: Shapes | undefined }>>;
  /** The colour of each row, as the bytes of a picture have it; `step` absent for the model at the end. */
  colours(palette: readonly number[], step: number | undefined): Promise<Answer<Uint32Array>>;
  scoreMap(slot: Slot, box: ScoreMap["box"], size: readonly [columns: number, rows: number]): Promise<Answer<ScoreMap>>;
  contours(slot: Slot, levels: readonly number[], masses: readonly number[]): Promise<Answer<readonly Contour[]>>;
  explain(at: { readonly row: number } | { readonly x: number; readonly y: number }): Promise<Answer<Explanation>>;
  boxProbability(box: NonNullable<DensityChoice["box"]>): Promise<Answer<BoxAnswer>>;
  drawScores(): Promise<Answer<Float64Array>>;
  select(
    choice: SelectionChoice,
    seed: number,
    backend: string,
    report: (candidate: CandidateFacts) => void,
  ): Promise<Answer<SelectionFacts>>;
  backends(): Promise<Answer<readonly BackendFacts[]>>;
  measure(names: readonly string[], model: ModelChoice, report: (row: BackendMeasure) => void): Promise<Answer<number>>;
  modelText(): Promise<Answer<string>>;
  csvText(threshold: number | undefined): Promise<Answer<string>>;
  /** A picture of what is shown, as a file. */
  picture(request: PictureRequest): Promise<Answer<string>>;
}

/** A picture for a file, or for a view that is one. */
export interface PictureRequest {
  readonly view: View;
  readonly theme: "light" | "dark";
  readonly width: number;
  readonly height: number | undefined;
  readonly density: boolean;
  readonly threshold: number | undefined;
}
