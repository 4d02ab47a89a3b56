/** A data set that comes with the page. */
export interface BuiltInSet {
  readonly name: string;
  readonly title: string;
  readonly about: string;
  /** Where its CSV file lies. */
  readonly url: string;
}

const files = import.meta.glob<string>("../../../../test/data/*.csv", { query: "?url", import: "default", eager: true });

/** What the known ones are about. A file that is not listed here is offered by its name. */
const ABOUT: Readonly<Record<string, readonly [title: string, about: string]>> = {
  faithful: ["Old Faithful", "eruptions of a geyser and the waits after them · 272 × 2"],
  penguins: ["Palmer penguins", "four measures of three species · 342 × 4"],
  iris: ["Iris", "sepals and petals of three species · 150 × 4"],
  crabs: ["Crabs", "five lengths, two colours, two sexes · 200 × 5"],
  wine: ["Wine", "chemistry of three cultivars · 178 × 13"],
  banknote: ["Banknotes", "six lengths of true and false notes · 200 × 6"],
  thyroid_gland: ["Thyroid", "five hormone tests, three diagnoses · 215 × 5"],
  diabetes: ["Diabetes", "glucose, insulin and their ratio · 145 × 3"],
  breast_cancer: ["Breast cancer", "cell nuclei, benign and malignant · 569 × 30"],
  digits: ["Digits", "8 × 8 pixels of handwritten digits · 1797 × 64"],
  galaxies: ["Galaxies", "velocities of 82 galaxies · 82 × 1"],
  acidity: ["Acidity", "log acidity of 155 lakes · 155 × 1"],
  starsCYG: ["Stars of Cygnus", "four giants among 47 stars · 47 × 2"],
  hbk: ["Hawkins–Bradu–Kass", "fourteen planted outliers · 75 × 4"],
  wood: ["Wood gravity", "four replaced cases · 20 × 6"],
  milk: ["Milk", "containers of milk, some odd · 86 × 8"],
  glass: ["Glass", "oxides in splinters, one kind of glass rare · 214 × 9"],
  ionosphere: ["Ionosphere", "radar returns, good and bad · 351 × 32"],
  octane: ["Octane", "spectra of gasoline, six with alcohol · 39 × 226"],
};

/** All sets, the listed ones first and in their order. */
export const builtInSets: readonly BuiltInSet[] = Object.freeze(
  Object.entries(files)
    .map(([path, url]) => {
      const name = /([^/]+)\.csv$/.exec(path)![1]!;
      const [title, about] = ABOUT[name] ?? [name, ""];
      return { name, title, about, url: new URL(url, globalThis.location?.href ?? "http://localhost/").href };
    })
    .toSorted((a, b) => place(a.name) - place(b.name)),
);

function place(name: string): number {
  const at = Object.keys(ABOUT).indexOf(name);
  return at === -1 ? 1000 : at;
}
