import type { Layer } from "./layers.ts";
import { drawLayers } from "./layers.ts";
import type { Picture } from "./picture.ts";

/** Who asks whom: the contracts that guides for authors and for services are about. */
export function contractPictures(): Picture[] {
  return [
    diagram(
      "layers-backend",
      "What estimators ask of a backend, and what of it you write",
      [
        {
          boxes: [
            { title: "Estimators and models", says: "GaussianMixture, KMeans, MinCovDet, …: they know the contract, never a library" },
          ],
          handsOn: "a pass of EM, densities, labels",
        },
        {
          boxes: [
            { title: "Derived kernels", says: "made by defineBackend from your primitives" },
            { title: "Kernels of your own", says: "where it pays, one at a time", isYours: true },
          ],
          handsOn: "matrices, by handle",
        },
        {
          boxes: [
            {
              title: "Primitives",
              says: "upload, download, scope, and some twenty small operations such as matmul, add, logSumExp",
              isYours: true,
            },
          ],
          handsOn: "calls of its own",
        },
        { boxes: [{ title: "Your device", says: "a library, a WebAssembly module, a GPU, an engine behind a wire" }] },
      ],
      "What estimators ask of a backend: the framed parts are yours, and describeBackend tests all of them.",
    ),
    diagram(
      "layers-estimator",
      "From the options of an estimator to those who use its models",
      [
        {
          boxes: [
            { title: "Options", says: "a range, a default, a unit and a sentence each", isYours: true },
            { title: "Arithmetic", says: "plain functions of typed arrays", isYours: true },
          ],
          handsOn: "checked options, checked rows",
        },
        { boxes: [{ title: "Estimator", says: "fit(X) works, and changes nothing in itself", isYours: true }], handsOn: "a frozen model" },
        {
          boxes: [{ title: "Fitted model", says: "answers for new rows: predict, scoreSamples, …; toJSON and back", isYours: true }],
          handsOn: "one plain object: the plugin",
        },
        {
          boxes: [
            { title: "Command line", says: "fit, predict, --help" },
            { title: "loadModel", says: "any model file" },
            { title: "describeEstimator", says: "the tests" },
          ],
        },
      ],
      "What an estimator is made of: the framed parts are yours, the rest finds them through the plugin.",
    ),
    diagram(
      "layers-serving",
      "One fit, kept as JSON, and those who ask the model",
      [
        { boxes: [{ title: "Fit once", says: "in Node, on the command line, in a worker" }], handsOn: "JSON.stringify(model)" },
        {
          boxes: [{ title: "model.json", says: "parameters, features, where it comes from; the same rows and seed give the same bytes" }],
          handsOn: "load or revive: checked, never trusted",
        },
        {
          boxes: [
            { title: "A service", says: "model.point, one event at a time" },
            { title: "A page or the edge", says: "/score, without code that fits" },
            { title: "A pipeline", says: "mixtura predict, files of any size" },
          ],
        },
      ],
      "A model is fitted once and asked often: its file is all that goes from one place to the other.",
    ),
  ];
}

function diagram(name: string, alt: string, layers: readonly Layer[], caption: string): Picture {
  const said = layers.map(({ boxes }) => boxes.map(({ title }) => title).join(", ")).join("; then ");
  return {
    name,
    alt: `${alt}: ${said}.`,
    caption,
    width: 560,
    draw: (theme, width) => drawLayers(alt, layers, theme, width),
  };
}
