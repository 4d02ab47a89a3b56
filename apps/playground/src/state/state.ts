/** What the workbench shows, as plain data: the address holds it, undo goes back through it, and everything else follows from it. */
export interface WorkbenchState {
  readonly data: DataChoice;
  /** Rows that were drawn, erased or moved by hand. */
  readonly edits: Edits;
  /** The features that are fitted, by name; absent: all. */
  readonly features: readonly string[] | undefined;
  readonly view: View;
  readonly model: ModelChoice;
  readonly backend: string;
  readonly panel: PanelName;
  readonly selection: SelectionChoice;
  readonly density: DensityChoice;
}

/** Where the rows come from. */
export type DataChoice = { readonly kind: "set"; readonly name: string } | GeneratedData | FileData | { readonly kind: "blank" };

/** Rows of a file that the reader has. */
export interface FileData {
  readonly kind: "file";
  readonly name: string;
  /** Which of the files that were opened here: a changed file is another one of the same name. Addresses do not hold it; absent: the last. */
  readonly copy?: number;
  /** How it is read, where somebody said so. Addresses do not hold it. */
  readonly reading?: Reading;
}

/** How delimited text is read; what is absent is found in the file. */
export interface Reading {
  /** Whether its first row has the names of the columns. */
  readonly header?: boolean;
  readonly decimal?: "." | ",";
}

/** Rows drawn from a recipe. */
export interface GeneratedData {
  readonly kind: "generated";
  readonly generator: GeneratorName;
  readonly rows: number;
  readonly features: number;
  /** Groups, moons apart, which are two. */
  readonly groups: number;
  /** How much rows stray, 1 being usual. */
  readonly spread: number;
  /** Fraction of rows that are scattered over the whole range. */
  readonly outliers: number;
  readonly seed: number;
}

/** The shapes that can be generated. */
export const generatorNames = ["blobs", "moons", "rings", "anisotropic"] as const;
type GeneratorName = (typeof generatorNames)[number];

/** Changes by hand, to the rows of the data's own order; added rows are numbered on from there. */
export interface Edits {
  readonly added: readonly (readonly number[])[];
  readonly removed: readonly number[];
  readonly moved: readonly (readonly [row: number, values: readonly number[]])[];
}

/** How rows of many features are shown. */
export type View =
  | { readonly kind: "plane"; readonly across: number; readonly up: number }
  | { readonly kind: "principal" }
  | { readonly kind: "pairs" };

/** An estimator and the options that differ from its defaults. */
export interface ModelChoice {
  readonly type: string;
  readonly options: Readonly<Record<string, unknown>>;
}

/** The panels next to the picture. */
export const panelNames = ["data", "model", "timeline", "choose", "density", "backends", "export"] as const;
export type PanelName = (typeof panelNames)[number];

/** What the search for a number of clusters tries. */
export interface SelectionChoice {
  readonly from: number;
  readonly to: number;
  readonly types: readonly string[];
  readonly criterion: string;
  readonly starts: number;
}

/** What is called unusual, and how the density is shown. */
export interface DensityChoice {
  readonly map: boolean;
  readonly contours: boolean;
  readonly threshold: ThresholdRule;
  /** A second estimator to hold against the first. */
  readonly compared: string | undefined;
  /** A box in the plane shown: left, bottom, right, top. */
  readonly box: readonly [number, number, number, number] | undefined;
}

/** How the line between usual and unusual is drawn; "model" leaves it to a model that has one. */
export interface ThresholdRule {
  readonly by: "none" | "model" | "contamination" | "falsePositives" | "value";
  readonly value: number;
}

export const noEdits: Edits = Object.freeze({ added: [], removed: [], moved: [] });

export const defaultGenerated: GeneratedData = Object.freeze({
  kind: "generated",
  generator: "blobs",
  rows: 600,
  features: 2,
  groups: 3,
  spread: 1,
  outliers: 0,
  seed: 1,
});

export const defaultState: WorkbenchState = Object.freeze({
  data: { kind: "set", name: "faithful" },
  edits: noEdits,
  features: undefined,
  view: { kind: "plane", across: 0, up: 1 },
  // What a search over numbers of components and kinds of covariance finds best for these rows, by BIC.
  model: { type: "GaussianMixture", options: { nComponents: 3, covarianceType: "tied", randomState: 7 } },
  backend: "auto",
  panel: "choose",
  selection: { from: 1, to: 9, types: ["full", "tied", "diag", "spherical"], criterion: "bic", starts: 5 },
  density: { map: false, contours: false, threshold: { by: "none", value: 0.05 }, compared: undefined, box: undefined },
} satisfies WorkbenchState);
