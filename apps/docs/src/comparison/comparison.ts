import type { Figures, Kind } from "./figures.ts";
import { slower, spread, within } from "./numbers.ts";

const PLACE = "<!-- comparison -->";
const HOW = "decisions/0030-comparison.md";
const TWO = "wasm 2T";
const ONE = "wasm 1T";
const PLAIN = "reference";
/** A BIC that is lower by less says nothing: it is the rounding of where programs stop. */
const SAME_BIC = 0.1;

/** Puts the comparison with other programs in its place in a page; pages without one stay as they are. */
export function withComparison(markdown: string, figures: Figures): string {
  return markdown.includes(PLACE) ? markdown.replace(PLACE, () => comparison(figures)) : markdown;
}

/** The comparison, with links as they stand in `docs/`. */
export function comparison(figures: Figures): string {
  const { programs } = figures.checked;
  const [sklearn, mclust, pyod] = [`scikit-learn ${programs["scikit-learn"]}`, `mclust ${programs.mclust}`, `PyOD ${programs.PyOD}`];
  return [
    "## Next to scikit-learn, mclust and PyOD",
    `Measured against ${sklearn}, ${mclust} and ${pyod}, on the same rows. Every row leads to where its figures come from, and [what was compared and how](${HOW}) says the rest.`,
    "### What each can do",
    table(
      ["", "Mixtura", sklearn, mclust, pyod],
      figures.checked.features.map(({ what, cells }) => [what, ...cells]),
    ),
    "### The same numbers",
    agreement(figures),
    "### The right number of groups, with odd columns",
    "100 generated tables a kind, five starts, BIC: how often the number of groups is right, and how well the groups agree with the planted ones (adjusted Rand index). In bold what is best; [intervals, and how the tables are made](decisions/0026-floors.md#measured-on-generated-tables).",
    table(["kind of table", "Mixtura", "scikit-learn", "mclust"], figures.kinds().map(kindRow)),
    firstCommand(figures),
    "### Speed",
    "How many times as fast as the other program: from the least to the largest over sizes, and the geometric mean. Below 1 Mixtura is slower. Two cores; contenders take turns.",
    speed(figures),
    "### Where others are better",
    losses(figures),
  ].join("\n\n");
}

/** The comparison in short, with links as they stand in the root. */
export function shortComparison(figures: Figures): string {
  const { programs } = figures.checked;
  const best = bestByBIC(figures);
  const flag = kind(figures, "a flag of");
  const em = figures.ratios("em-iteration", TWO);
  return [
    table(
      ["", `scikit-learn ${programs["scikit-learn"]}`, `mclust ${programs.mclust}`, `PyOD ${programs.PyOD}`],
      [
        [
          "[the same numbers](apps/docs/accuracy.json)",
          `mixtures within ${within(worst(figures, "Gaussian mixtures"))} from the same start`,
          `best BIC lower on ${best.lower}, the same on ${best.same}, higher on ${best.higher} of ${best.of} sets`,
          `ECOD within ${within(worst(figures, "ECOD"))}`,
        ],
        [
          "[right number of groups next to a flag](docs/decisions/0026-floors.md#measured-on-generated-tables)",
          `${flag.get("scikit-learn")!.right} %; here ${flag.get("Mixtura")!.right} %`,
          `${flag.get("mclust")!.right} %; here ${flag.get("Mixtura")!.right} %`,
          "–",
        ],
        [
          "[times as fast](docs/benchmarks.md), two threads",
          `EM ${spread(em)}; k-means ${spread(figures.ratios("k-means", TWO))}`,
          "–",
          `ECOD ${spread(detector(figures, "ECOD"))}; MCD ${spread(detector(figures, "MCD"))}`,
        ],
      ],
    ),
    `Others are better, too: ${otherBetter(figures)}. [The whole comparison](docs/index.md), [how it was made](docs/${HOW}).`,
  ].join("\n\n");
}

function otherBetter(figures: Figures): string {
  const repeated = kind(figures, "a fifth of the rows");
  const others = Math.max(repeated.get("scikit-learn")!.right, repeated.get("mclust")!.right);
  return [
    "PyOD has over 50 detectors, mclust 14 forms of covariances",
    `ECOD is slower than PyOD's ${slower(detector(figures, "ECOD"))}, k-means than scikit-learn's ${slower(figures.ratios("k-means", TWO))}, and plain TypeScript iterates EM more slowly ${slower(figures.ratios("em-iteration", PLAIN))}`,
    `with repeated rows the number of groups is right for ${repeated.get("Mixtura")!.right} % of the tables (${others} % elsewhere)`,
  ].join("; ");
}

function agreement(figures: Figures): string {
  const best = bestByBIC(figures);
  const sets = (title: string): string => `${figures.parity(title).length} data sets, largest difference`;
  return table(
    ["what", "against", "found"],
    [
      [
        "[Gaussian mixtures from the same start](/accuracy#gaussian-mixtures-from-the-same-start)",
        "scikit-learn",
        `${sets("Gaussian mixtures")} ${within(worst(figures, "Gaussian mixtures"))}`,
      ],
      [
        "[Bayesian mixtures from the same partition](/accuracy#bayesian-mixtures-from-the-same-partition)",
        "scikit-learn",
        `${sets("Bayesian mixtures")} ${within(worst(figures, "Bayesian mixtures"))}`,
      ],
      ["[Covariances](/accuracy#covariances)", "scikit-learn", `${sets("Covariances")} ${within(worst(figures, "Covariances"))}`],
      [
        "[The best mixture by BIC](/accuracy#the-best-mixture-by-bic)",
        "mclust",
        `${best.of} data sets: BIC lower on ${best.lower} (another number of groups on ${best.otherCount} of them), the same on ${best.same}, higher on ${best.higher}`,
      ],
      ["[ECOD](/accuracy#ecod)", "PyOD", `${sets("ECOD")} ${within(worst(figures, "ECOD"))}`],
      [
        "[Single precision](guides/choosing-a-backend.md)",
        "our float64",
        "less closely: each pass estimates its error, and falls back to float64 where it is too large",
      ],
    ],
  );
}

function speed(figures: Figures): string {
  const row = (words: string, anchor: string, benchmark: string, labels?: Readonly<Record<string, string>>): string[] => [
    `[${words}](benchmarks.md#${anchor})`,
    "scikit-learn",
    ...[TWO, ONE, PLAIN].map((faster) => spread(figures.ratios(benchmark, faster, labels))),
  ];
  const alone = (words: string, anchor: string, other: string, ratios: readonly number[]): string[] => [
    `[${words}](benchmarks.md#${anchor})`,
    other,
    `${spread(ratios)}, as it comes`,
    "–",
    "–",
  ];
  return table(
    ["work", "against", "WebAssembly, two threads", "one thread", "plain TypeScript"],
    [
      row("an iteration of EM", "an-iteration-of-em", "em-iteration"),
      row("an iteration of a Bayesian mixture", "bayesian-gaussian-mixtures", "bayesian", { time: "iteration" }),
      row("log-densities of many rows", "log-densities-of-many-rows", "score-samples"),
      row("k-means", "k-means", "k-means"),
      row("minimum covariance determinant", "robust-covariance", "robust-covariance"),
      alone("the log-density of one point", "one-point-at-a-time", "scikit-learn", figures.ratios("point", "point.logDensity")),
      alone("ECOD, fit and scores", "detectors", "PyOD", detector(figures, "ECOD")),
      alone("MCD, fit and distances", "detectors", "PyOD", detector(figures, "MCD")),
    ],
  );
}

function losses(figures: Figures): string {
  const { detection } = figures.checked;
  const of = (name: string) => detection.rows.find(({ what }) => what === name)!;
  const [ours, forest] = [of("MixtureDetector"), of("scikit-learn's IsolationForest")];
  const repeated = kind(figures, "a fifth of the rows");
  const em = figures.ratios("em-iteration", PLAIN);
  return [
    `**Plain TypeScript**, which runs where WebAssembly cannot, iterates EM more slowly than scikit-learn [${slower(em)}](benchmarks.md#an-iteration-of-em): from 16 features on in all of them.`,
    `**K-means** is slower with two threads [${slower(figures.ratios("k-means", TWO))}](benchmarks.md#k-means), all of them with 16 features or more.`,
    `**ECOD** is slower than PyOD's [${slower(detector(figures, "ECOD"))}](benchmarks.md#detectors).`,
    `**Repeated rows**: the number of groups is right for [${repeated.get("Mixtura")!.right} % of the tables](decisions/0026-floors.md#measured-on-generated-tables); scikit-learn has ${repeated.get("scikit-learn")!.right} %, mclust ${repeated.get("mclust")!.right} %. A finding names such rows.`,
    `**Contaminated rows of ${detection.tables} public tables**: \`MixtureDetector\` has a mean AUC of ${ours.auc.toFixed(2)}, scikit-learn's isolation forest ${forest.auc.toFixed(2)}; of its first alarms fewer are right, [average precision ${ours.precision.toFixed(2)} to ${forest.precision.toFixed(2)}](${HOW}#detectors-on-public-tables).`,
    "**Breadth**: PyOD has over 50 detectors, deep ones among them; mclust has 14 forms of covariances, discriminant analysis and intervals of parameters; scikit-learn has the rest of machine learning.",
  ]
    .map((line) => `- ${line}`)
    .join("\n");
}

function firstCommand({ checked: { tables } }: Figures): string {
  const fraction = ((100 * tables.refused) / tables.files).toFixed(1);
  return `Of ${tables.files} public CSV files, [${tables.refused} (${fraction} %) are refused at the first command](${HOW}#public-tables), most of them for words in a column of numbers.`;
}

function bestByBIC(figures: Figures): Readonly<Record<"of" | "lower" | "same" | "higher" | "otherCount", number>> {
  const rows = figures.parity("The best mixture by BIC");
  const lower = rows.filter(({ worst: difference }) => difference < -SAME_BIC);
  const higher = rows.filter(({ worst: difference }) => difference > SAME_BIC);
  const counts = (remark = ""): string[] => [...remark.matchAll(/(?:here|there) (\d+)/g)].map(([, count]) => count!);
  const otherCount = lower.filter(({ remark }) => new Set(counts(remark)).size > 1).length;
  return { of: rows.length, lower: lower.length, same: rows.length - lower.length - higher.length, higher: higher.length, otherCount };
}

function worst(figures: Figures, title: string): number[] {
  return figures.parity(title).map((row) => row.worst);
}

function detector(figures: Figures, name: string): readonly number[] {
  return figures.ratios("detectors", "Mixtura", { detector: name });
}

function kind(figures: Figures, start: string): Kind["found"] {
  return figures.kinds().find(({ what }) => what.startsWith(start))!.found;
}

function kindRow({ what, found }: Kind): string[] {
  const most = Math.max(...Array.from(found.values(), ({ right }) => right));
  return [
    what,
    ...["Mixtura", "scikit-learn", "mclust"].map((program) => {
      const own = found.get(program);
      if (own === undefined) return "did not end";
      const right = `${own.right} %`;
      return `${own.right === most ? `**${right}**` : right}, ${own.agreement}`;
    }),
  ];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
