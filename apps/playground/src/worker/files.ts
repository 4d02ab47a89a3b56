import { writeCSV } from "@mixtura/io";
import { densityPlot, histogramPlot, pairPlot, plotMixture, scatterPlot } from "@mixtura/plot";
import { abilitiesOf, isMixture, mixtureOf } from "./abilities.ts";
import { Refusal } from "./answer.ts";
import { asMatrix } from "./engine.ts";
import type { Workshop } from "./engine.ts";
import type { PictureRequest } from "./protocol.ts";

/** The model as JSON, to the bit. */
export function modelText({ fits }: Workshop): string {
  if (fits.first === undefined) throw new Refusal("There is no fitted model yet.");
  return `${JSON.stringify(fits.first.model, undefined, 1)}\n`;
}

/** The rows with what the model says of each: its cluster, its score, and whether it is beyond the line. */
export async function csvOfRows(workshop: Workshop, threshold: number | undefined): Promise<string> {
  const { rows, fits } = workshop;
  if (rows === undefined || rows.X.rows === 0) throw new Refusal("There are no rows to write.");
  const { X, names, groups } = rows;
  const columns: { name: string; values: ArrayLike<number | string> }[] = [];
  const free = (name: string): string => (names.includes(name) ? free(`fitted_${name}`) : name);
  if (groups !== undefined)
    columns.push({ name: free("group"), values: Array.from(groups.codes, (code) => (code < 0 ? "" : groups.names[code]!)) });
  if (fits.first !== undefined) {
    const { predict, scoreSamples } = abilitiesOf(fits.first.model);
    const clusters = fits.first.plugin.capabilities.includes("clustering");
    if (clusters && predict) columns.push({ name: free("label"), values: await predict(X) });
    if (scoreSamples !== undefined) {
      const scores = await scoreSamples(X);
      columns.push({ name: free(fits.first.plugin.capabilities.includes("density") ? "log_density" : "score"), values: scores });
      if (threshold !== undefined)
        columns.push({ name: free("outlier"), values: Array.from(scores, (score) => (score < threshold ? 1 : 0)) });
    }
  }
  const features = names.map((name, j) => ({
    name,
    values: Float64Array.from({ length: X.rows }, (_, row) => X.data[row * X.columns + j]!),
  }));
  return writeCSV(Object.fromEntries([...features, ...columns].map(({ name, values }) => [name, values])));
}

/** What is shown, as an SVG file. */
export async function pictureOf(workshop: Workshop, { view, theme, width, height, density, threshold }: PictureRequest): Promise<string> {
  const { rows, fits } = workshop;
  if (rows === undefined || rows.X.rows === 0) throw new Refusal("There are no rows to draw.");
  const X = asMatrix(rows);
  const { model, plugin } = fits.first ?? {};
  const components = model && mixtureOf(model);
  const looks = { theme, width, ...(height === undefined ? {} : { height }) };
  const clusters = model !== undefined && plugin!.capabilities.includes("clustering") && components === undefined;
  const abilities = model && abilitiesOf(model);
  const labels = clusters ? await abilities!.predict!(X) : undefined;
  const scores = threshold === undefined ? undefined : await abilities?.scoreSamples?.(X);
  const outliers = scores && Array.from(scores, (score) => score < threshold!);
  const responsibilities = isMixture(model) && X.rows <= 5000 ? await abilities?.predictProba?.(X) : undefined;
  const parts = { X, ...looks, ...(components === undefined ? {} : { components }) };
  const marked = { ...parts, labels, outliers, ...(responsibilities === undefined ? {} : { responsibilities }) };
  if (X.columns === 1) return histogramPlot(marked);
  const features = workshop.projection().features;
  if (density && components !== undefined && features !== undefined) return densityPlot({ ...parts, components, features });
  if (view.kind === "pairs") return pairPlot(marked);
  return features === undefined ? plotMixture(marked) : scatterPlot({ ...marked, features });
}
