import type { Matrix } from "@mixtura/core";
import { adjustedRandScore } from "@mixtura/metrics";
import { counted } from "@mixtura/wording/internal";
import type { FittedGaussianMixture } from "mixtura";
import { ECOD } from "mixtura";
import type { Packages } from "../run-example.ts";
import type { Page } from "../site/page.ts";
import { picturesOf } from "./drawn.ts";
import type { Picture } from "./picture.ts";
import { rowsOf } from "./rows.ts";

/** A data set of the gallery. */
interface Exhibit {
  readonly name: string;
  readonly title: string;
  readonly about: string;
  /** What its known groups are, where it has some. */
  readonly groups?: string;
}

const EXHIBITS: readonly Exhibit[] = [
  {
    name: "faithful",
    title: "Old Faithful",
    about: "Durations of a geyser's eruptions and the waits after them, in minutes: 272 of them, recorded in August 1985.",
  },
  { name: "penguins", title: "Palmer penguins", about: "Bills, flippers and weights of 342 penguins of three species.", groups: "species" },
  { name: "iris", title: "Iris", about: "Sepals and petals of 150 flowers, in centimetres.", groups: "species" },
  {
    name: "crabs",
    title: "Crabs",
    about: "Five lengths of 200 crabs. Size drowns everything else until the covariance is shared: all points lie along one line.",
    groups: "colour and sex",
  },
  { name: "banknote", title: "Banknotes", about: "Six lengths of 200 old Swiss banknotes, half of them forged.", groups: "true and false" },
  { name: "thyroid_gland", title: "Thyroid", about: "Five laboratory tests of 215 patients.", groups: "diagnosis" },
  {
    name: "diabetes",
    title: "Diabetes",
    about: "Glucose, insulin and steady state of 145 adults: groups that are anything but round.",
    groups: "diagnosis",
  },
  {
    name: "galaxies",
    title: "Galaxies",
    about: "Velocities of 82 galaxies in the Corona Borealis region, in km/s; voids and superclusters show as modes.",
  },
  { name: "acidity", title: "Lakes", about: "Log acidity of 155 lakes in Wisconsin: two kinds of lakes." },
  {
    name: "starsCYG",
    title: "Stars of Cygnus",
    about: "Temperature and light of 47 stars of the cluster CYG OB1. Four of them are giants that leave the main sequence.",
    groups: "giants",
  },
];

/** Known groups stand in a column of the file, and the fit does not get to see them. */
const READ_WITHOUT_LABEL = ["const { X } = await readCSVFile(file, {", '  drop: ["label"],', "});"];

/** A part of the gallery: a picture next to what it shows and the code that draws it. */
interface Shown {
  readonly picture: Picture;
  readonly title: string;
  readonly words: readonly string[];
  readonly code: string;
}

/** Runs the code of every exhibit; the page tells what was found in words, next to the picture that the code gives. */
export async function galleryOf(packages: Packages): Promise<{ readonly pictures: Picture[]; readonly page: Page }> {
  const shown: Shown[] = [];
  for (const exhibit of EXHIBITS) shown.push(await exhibitOf(exhibit, packages));
  shown.push(await outlierExhibit(packages));
  return {
    pictures: shown.map(({ picture }) => picture),
    page: {
      path: "gallery",
      markdown: [
        "---\npageClass: wide-page\naside: false\n---\n\n# Gallery",
        "Real data, fitted while this page was built by the code next to each picture and drawn by [`@mixtura/plot`](/packages/plot). Numbers of components and covariances are chosen by BIC among all that `selectMixture` tries by default; known groups are never shown to a fit, and only compared with afterwards. The code runs in a clone of this repository.",
        shown.map(({ title }) => `[${title}](#${title.toLowerCase().replaceAll(" ", "-")})`).join(" · "),
        ...shown.flatMap(({ picture, title, words, code }) => [
          `## ${title}`,
          '<div class="exhibit">\n<div>',
          `<!-- picture ${picture.name} -->`,
          "</div>\n<div>",
          ...words,
          `\`\`\`ts\n${code}\n\`\`\``,
          "</div>\n</div>",
        ]),
        "",
      ].join("\n\n"),
    },
  };
}

async function exhibitOf({ name, title, about, groups }: Exhibit, packages: Packages): Promise<Shown> {
  const { X, labels } = rowsOf(name);
  const code = [
    'import { readCSVFile } from "@mixtura/io/node";',
    'import { plotMixture } from "@mixtura/plot";',
    'import { selectMixture } from "mixtura";',
    "",
    `const file = "test/data/${name}.csv";`,
    ...(labels === undefined ? ["const { X } = await readCSVFile(file);"] : READ_WITHOUT_LABEL),
    "",
    "const { best } = await selectMixture(X, {",
    "  randomState: 7,",
    "});",
    "",
    "plotMixture({",
    "  X,",
    "  components: best,",
    "  responsibilities: await best.predictProba(X),",
    "  width: 480,",
    "});",
  ].join("\n");
  const { given, pictures } = await picturesOf(`${code}\nbest`, packages);
  const best = given.at(-1) as FittedGaussianMixture;
  const agreement = labels === undefined || groups === undefined ? undefined : adjustedRandScore(labels, await best.predict(X));
  const found = `${counted(best.nComponents, "component")}, ${best.covarianceType} covariance`;
  return {
    picture: { ...pictures[0]!, name: `gallery-${name}`, caption: captionOf(X, best.nComponents) },
    title,
    words: [
      about,
      `**${found}** (BIC ${best.bic!.toFixed(1)})${agreement === undefined ? "" : `; agreement with the known groups (${groups}) ${agreement.toFixed(2)} of 1, by the adjusted Rand index`}. [Open it in the playground](/playground/#${playground(name, best.nComponents, best.covarianceType)}).`,
    ],
    code,
  };
}

/** How to read the picture that suits the data. */
function captionOf({ rows, columns }: Matrix, nComponents: number): string {
  const groups = counted(nComponents, "component");
  if (columns === 1) return `The ${rows} values as bars, with the curve of each of the ${groups} and their sum.`;
  if (columns === 2)
    return `Each of the ${rows} rows in the colours of the ${groups} it belongs to, with ellipses of one and two standard deviations.`;
  return "All pairs of features: rows and ellipses below the diagonal, densities above it, and each feature by itself on it.";
}

function playground(name: string, nComponents: number, covarianceType: string): string {
  return new URLSearchParams({
    data: `set:${name}`,
    model: "GaussianMixture",
    "o.nComponents": String(nComponents),
    "o.covarianceType": JSON.stringify(covarianceType),
    "o.nInit": "5",
    "o.randomState": "7",
  }).toString();
}

/** Four samples that were replaced: what a detector that looks at one feature at a time calls outliers, and what a robust covariance does. */
async function outlierExhibit(packages: Packages): Promise<Shown> {
  const code = [
    'import { readCSVFile } from "@mixtura/io/node";',
    'import { plotMixture } from "@mixtura/plot";',
    'import { EllipticEnvelope } from "mixtura";',
    "",
    'const file = "test/data/wood.csv";',
    ...READ_WITHOUT_LABEL,
    "",
    "const detector = new EllipticEnvelope({",
    "  threshold: { contamination: 0.2 },",
    "});",
    "const { labels } = await detector.fitPredict(X);",
    "",
    "plotMixture({",
    "  X,",
    "  outliers: Array.from(labels, (one) => one < 0),",
    "  width: 480,",
    "});",
  ].join("\n");
  const { given, pictures } = await picturesOf(`${code}\nlabels`, packages);
  const { X, labels: known } = rowsOf("wood");
  const replaced = known!.map((label) => Number(label) === 1);
  const count = replaced.filter(Boolean).length;
  const hits = (labels: Int32Array): number => labels.filter((label, row) => label === -1 && replaced[row]!).length;
  const byTails = await (await new ECOD({ contamination: 0.2 }).fit(X)).predict(X);
  return {
    picture: {
      ...pictures[0]!,
      name: "gallery-wood",
      caption: "The rows that a robust ellipse calls outliers are ringed, in all pairs of features.",
    },
    title: "Wood gravity",
    words: [
      `Twenty samples of wood, ${count} of which were replaced by others. Each feature by itself looks harmless, which is what makes them hard.`,
      `Asked for a fifth of the rows, \`ECOD\`, which judges feature by feature, calls ${hits(byTails)} of the ${count} outliers; \`EllipticEnvelope\`, whose [robust covariance](/concepts/robust-covariance) knows how features go together, ${hits(given.at(-1) as Int32Array)}. [Open it in the playground](/playground/#data=set:wood&model=EllipticEnvelope&panel=density&threshold=contamination:0.2&view=principal).`,
    ],
    code,
  };
}
