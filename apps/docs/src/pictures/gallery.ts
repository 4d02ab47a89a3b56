import { adjustedRandScore } from "@mixtura/metrics";
import { plotMixture } from "@mixtura/plot";
import { counted } from "@mixtura/wording/internal";
import { ECOD, EllipticEnvelope, selectMixture } from "mixtura";
import type { Page } from "../site/page.ts";
import type { Picture } from "./picture.ts";
import { rowsOf } from "./rows.ts";

/** A data set of the gallery. */
interface Exhibit {
  readonly name: string;
  readonly title: string;
  readonly about: string;
  /** What its known groups are, where it has some. */
  readonly groups?: string;
  readonly columns?: readonly string[];
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
    about: "Five lengths of 200 crabs. Size drowns everything else until the covariance is shared.",
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

/** Fits every exhibit and draws it; the page tells what was found in words. */
export async function galleryOf(): Promise<{ readonly pictures: Picture[]; readonly page: Page }> {
  const shown = [];
  for (const exhibit of EXHIBITS) shown.push(await exhibitOf(exhibit));
  const outliers = await outlierExhibit();
  return {
    pictures: [...shown.map(({ picture }) => picture), outliers.picture],
    page: {
      path: "gallery",
      markdown: [
        "# Gallery",
        "Real data, fitted while this page was built and drawn by [`@mixtura/plot`](/packages/plot). Numbers of components and covariances are chosen by BIC among one to eight and all four forms, with five starts; known groups are never shown to a fit, and only compared with afterwards.",
        ...shown.flatMap(({ text }) => text),
        ...outliers.text,
        "",
      ].join("\n\n"),
    },
  };
}

async function exhibitOf({ name, title, about, groups, columns }: Exhibit): Promise<{ picture: Picture; text: string[] }> {
  const { X, labels } = rowsOf(name, columns);
  const { best, winner } = await selectMixture(X, { nComponents: [1, 2, 3, 4, 5, 6, 7, 8], nInit: 5, randomState: 7 });
  const responsibilities = await best.predictProba(X);
  const found = await best.predict(X);
  const agreement = labels === undefined || groups === undefined ? undefined : adjustedRandScore(labels, found);
  const words = `${counted(winner.nComponents, "component")}, ${winner.covarianceType} covariance`;
  return {
    picture: {
      name: `gallery-${name}`,
      alt: `${title}: ${words}.`,
      draw: (theme) => plotMixture({ X, components: best, responsibilities, theme, width: 720 }),
    },
    text: [
      `## ${title}`,
      about,
      `**${words}** (BIC ${winner.bic.toFixed(1)})${agreement === undefined ? "" : `; agreement with the known groups (${groups}) ${agreement.toFixed(2)} of 1, by the adjusted Rand index`}. [Open it in the playground](/playground/#${playground(name, winner.nComponents, winner.covarianceType)}).`,
      `<!-- picture gallery-${name} -->`,
    ],
  };
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
async function outlierExhibit(): Promise<{ picture: Picture; text: string[] }> {
  const { X, labels } = rowsOf("wood");
  const replaced = labels!.map((label) => Number(label) === 1);
  const count = replaced.filter(Boolean).length;
  const found = async (estimator: ECOD | EllipticEnvelope): Promise<{ outliers: boolean[]; hits: number }> => {
    const outliers = Array.from(await (await estimator.fit(X)).predict(X), (label) => label === -1);
    return { outliers, hits: outliers.filter((outlier, row) => outlier && replaced[row]!).length };
  };
  const byTails = await found(new ECOD({ contamination: 0.2 }));
  const robust = await found(new EllipticEnvelope({ threshold: { contamination: 0.2 } }));
  return {
    picture: {
      name: "gallery-wood",
      alt: "Wood gravity: the rows that a robust ellipse calls outliers are ringed.",
      draw: (theme) => plotMixture({ X, outliers: robust.outliers, theme, width: 720 }),
    },
    text: [
      "## Wood gravity",
      `Twenty samples of wood, ${count} of which were replaced by others. Each feature by itself looks harmless, which is what makes them hard. Asked for a fifth of the rows, \`ECOD\`, which judges feature by feature, calls ${byTails.hits} of the ${count} outliers; \`EllipticEnvelope\`, whose [robust covariance](/concepts/robust-covariance) knows how features go together, ${robust.hits}. [Open it in the playground](/playground/#data=set:wood&model=EllipticEnvelope&panel=density&threshold=contamination:0.2&view=principal).`,
      "<!-- picture gallery-wood -->",
    ],
  };
}
