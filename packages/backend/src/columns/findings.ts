import type { Diagnostic } from "@mixtura/core";
import { inSentence, percent, plural } from "@mixtura/wording/internal";
import type { ColumnKind } from "./column-kinds.ts";
import type { Naming } from "./equation.ts";
import { equation } from "./equation.ts";
import type { ColumnLook } from "./look.ts";

/** Names of a list that are written out. */
const MOST_NAMES = 12;
/** Dependencies that have a sentence each. */
const MOST_EQUATIONS = 5;
/** A fraction of repeated rows from which on it is worth a word, and how many times more that has to be than rounding alone would make of unrelated columns. */
const REPEATED = 0.1;
const UNUSUAL = 5;

/** What a kind of column is called in programs, how grave it is, and what is said of columns of that kind. */
const SENTENCES: Readonly<Partial<Record<ColumnKind, readonly [code: string, severity: Diagnostic["severity"], sentence: Sentence]>>> = {
  counter: [
    "counting-feature",
    "warning",
    (names, one) =>
      `${names} ${one("counts", "count")} the rows up by 1 and ${one("says", "say")} nothing about them; leave ${one("it", "them")} out.`,
  ],
  timestamp: [
    "timestamp-feature",
    "warning",
    (names, one) =>
      `${names} ${one("looks like a clock", "look like clocks")}: whole numbers between the years 1990 and 2100 that never fall. New rows lie beyond it; ` +
      `leave ${one("it", "them")} out, or use the time of day instead.`,
  ],
  identifier: [
    "possible-identifier",
    "info",
    (names, one) =>
      `${names} ${one("holds", "hold")} a different whole number in every row. Where ${one("it is an identifier", "they are identifiers")}, leave ${one("it", "them")} out.`,
  ],
  "two-valued": [
    "two-valued-feature",
    "info",
    (names, one) =>
      `${names} ${one("holds", "hold")} two values only; ${one("it is", "they are")} taken as ${one("a measurement", "measurements")} in steps of their difference.`,
  ],
  "few-valued": [
    "few-valued-feature",
    "info",
    (names, one) =>
      `${names} ${one("holds", "hold")} a few values only; ${one("it is", "they are")} taken as ${one("a measurement", "measurements")} in steps.`,
  ],
  stepped: [
    "stepped-feature",
    "info",
    (names, one) =>
      `${names} ${one("was", "were")} recorded in steps of more than a quarter of ${one("its", "their")} standard deviation; no finer structure can be seen.`,
  ],
  "zero-inflated": [
    "zero-inflated-feature",
    "warning",
    (names, one) =>
      `${names} ${one("is", "are")} 0 in many rows and spread out in the others, so that one population looks like two. Use "is it 0?" as ${one("a 0/1 column", "0/1 columns")} in ` +
      `${one("its", "their")} place, or the rows above 0 by themselves.`,
  ],
  skewed: [
    "skewed-feature",
    "warning",
    (names, one) => `${names} ${one("has", "have")} a long tail to the right, which mixtures split into several components. `,
  ],
  "heavy-tailed": [
    "heavy-tailed-feature",
    "info",
    (names, one) =>
      `${names} ${one("has", "have")} heavier tails than a normal distribution; far rows may take components of their own, or be outliers.`,
  ],
};

type Sentence = (names: string, one: (singular: string, several: string) => string) => string;

/** What the columns have to say for themselves, as diagnostics; constant columns apart, which every estimator treats in its own way. */
export function columnFindings(look: ColumnLook, name: Naming): Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const [kind, entry] of Object.entries(SENTENCES)) {
    const features = Array.from(look.columns.keys()).filter((j) => look.columns[j]!.kind === kind);
    if (features.length === 0 || entry === undefined) continue;
    const [code, severity, sentence] = entry;
    const names = inSentence(features.map(name), "and", MOST_NAMES);
    const message = capitalised(sentence(names, (singular, several) => plural(features.length, singular, several)));
    found.push({
      code,
      severity,
      message: kind === "skewed" ? message + transformsOf(look, features, name) : message,
      detail: { features, ...(kind === "skewed" ? { transforms: features.map((j) => look.columns[j]!.form!.transform!) } : {}) },
    });
  }
  return [...found, ...dependencyFindings(look, name), ...repeatFindings(look)];
}

/** "Use log("amount"), which takes it away." */
function transformsOf({ columns }: ColumnLook, features: readonly number[], name: Naming): string {
  const named = features.map((j) => `${columns[j]!.form!.transform === "log" ? "log" : "sqrt"}(${name(j)})`);
  return `${inSentence(named, "and", MOST_NAMES)} ${plural(features.length, "has", "have")} none.`;
}

function dependencyFindings({ dependencies }: ColumnLook, name: Naming): Diagnostic[] {
  const found = dependencies.slice(0, MOST_EQUATIONS).map((dependency): Diagnostic => ({
    code: "collinear-features",
    severity: "warning",
    message: `${capitalised(equation(dependency, name))} in every row${dependency.rounding > 0 ? ", up to rounding" : ""}: ${name(dependency.left)} adds nothing; leave it out.`,
    detail: {
      features: [dependency.left, ...dependency.columns],
      coefficients: [1, ...dependency.coefficients.map((value) => -value)],
      offset: dependency.offset,
    },
  }));
  if (dependencies.length <= MOST_EQUATIONS) return found;
  const rest = dependencies.slice(MOST_EQUATIONS).map(({ left }) => left);
  const message = `${inSentence(rest.map(name), "and", MOST_NAMES)} ${plural(rest.length, "follows", "follow")} from other features as well.`;
  return [...found, { code: "collinear-features", severity: "warning", message: capitalised(message), detail: { features: rest } }];
}

function repeatFindings({ repeated, repeatedByChance }: ColumnLook): Diagnostic[] {
  if (repeated < Math.max(REPEATED, UNUSUAL * repeatedByChance)) return [];
  return [
    {
      code: "repeated-rows",
      severity: "info",
      message: `About ${percent(repeated, 2)} of the rows repeat another one exactly. Where that is a fault of the table, repeated rows weigh too much.`,
      detail: { fraction: repeated },
    },
  ];
}

function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
