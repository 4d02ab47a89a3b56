import { writeFileSync } from "node:fs";
import { createRandom } from "@mixtura/core/authoring";
import { GaussianMixture, KMeans } from "@mixtura/mixture";
import { MixtureDetector } from "@mixtura/outliers";

/** Sensor readings: pressure 40 ± 3 and level 7 ± 1, the last `odd` of them with a pressure of 97 and more. */
function readings(rows: number, odd: number, seed: number): string {
  const random = createRandom(seed);
  const lines = Array.from({ length: rows }, (_, row) => {
    const far = row >= rows - odd;
    const pressure = far ? 97 + row : 40 + 3 * random.normal();
    return `s${row},${pressure.toFixed(3)},${(7 + random.normal()).toFixed(3)},${Number(far)}`;
  });
  return `id,pressure,level,label\n${lines.join("\n")}\n`;
}

/** The flags of one Gaussian: quick to fit, and of known behaviour. */
export const single = ["--estimator", "MixtureDetector", "--n-components", "1", "--covariance-type", "full", "--seed", "7"] as const;

/** Writes what the tests of detection work on: readings with and without odd ones, and models of several kinds. */
export async function writeDetectionFiles(path: (name: string) => string): Promise<void> {
  const mixture = GaussianMixture.fromParameters({
    weights: [1],
    means: [[40, 7]],
    covariances: [[9, 1]],
    covarianceType: "diag",
    featureNames: ["pressure", "level"],
  });
  const detector = await new MixtureDetector({ mixture, threshold: { logDensity: -9 } }).fit([[40, 7]]);
  const centres = await new KMeans({ nClusters: 1, randomState: 1 }).fit([[0], [1]]);
  const files = {
    "readings.csv": readings(200, 3, 1),
    "clean.csv": readings(400, 0, 2),
    "new.csv": readings(50, 2, 3),
    "other.csv": "pressure,depth\n40,7\n",
    "empty.csv": "",
    "head.csv": "pressure,level\n",
    "mixture.json": JSON.stringify(mixture),
    "detector.json": JSON.stringify(detector),
    "cut.json": JSON.stringify(detector).slice(0, 300),
    "kmeans.json": JSON.stringify(centres),
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(path(name), text);
}
