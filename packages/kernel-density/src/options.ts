import type { CheckedOptions, DeclarationsOf } from "@mixtura/core";
import type { Kernel } from "./kernel.ts";
import { kernels } from "./kernel.ts";

/** The options of {@link KernelDensity}. */
export interface KernelDensityOptions {
  /**
   * How wide the kernel is. Default "scott".
   *
   * - "scott", "silverman": n^(−1/(d+4)) and (n (d+2)/4)^(−1/(d+4)) times the spread of the data, with n = Σ w
   * - `{ relative: r }`: r times the spread of the data
   * - a number: the same absolute bandwidth for every feature, in the units of the data, as in scikit-learn
   */
  bandwidth?: "scott" | "silverman" | number | { relative: number };
  /** The form of the kernel. Default "gaussian". */
  kernel?: Kernel;
  /** What a relative bandwidth is multiplied by: each feature's standard deviation, or the whole covariance, as in SciPy. Default "features". */
  scaling?: Scaling;
}

/** What a relative bandwidth is multiplied by. */
type Scaling = "features" | "whitened";

/** The options after checking. */
export type CheckedKernelDensityOptions = CheckedOptions<KernelDensityOptions, typeof kernelDensityOptions>;

/** The narrowest bandwidth: its inverse is still a number. */
export const LEAST_BANDWIDTH = 1e-307;

const positive = { kind: "number", minimum: LEAST_BANDWIDTH } as const;

/** The options of KernelDensity, declared once. */
export const kernelDensityOptions = {
  bandwidth: {
    range: {
      kind: "either",
      alternatives: [{ kind: "choice", choices: ["scott", "silverman"] }, positive, { kind: "object", fields: { relative: positive } }],
    },
    default: "scott",
    unit: "the data's own, for a number",
    description: "How wide the kernel is: a rule, a fraction of the data's spread, or one absolute number for every feature.",
  },
  kernel: { range: { kind: "choice", choices: kernels }, default: "gaussian", description: "The form of the kernel." },
  scaling: {
    range: { kind: "choice", choices: ["features", "whitened"] },
    default: "features",
    description: "What a relative bandwidth is multiplied by: each feature's standard deviation, or the covariance of all.",
  },
} satisfies DeclarationsOf<KernelDensityOptions>;
