import type { Table } from "@mixtura/io";
import type { BackendChoice } from "@mixtura/mixture";
import type { Stability } from "@mixtura/model-selection";
import { stability } from "@mixtura/model-selection";
import { stabilityOptions } from "@mixtura/model-selection/internal";
import type { Outcome } from "@mixtura/report/internal";
import { InvalidArgumentError, Option } from "commander";
import { givenOptions } from "../flags/declared.ts";
import type { Terminal } from "../terminal.ts";
import type { MixtureChoice } from "./estimator.ts";
import { selectionOptions } from "./estimator.ts";

const FALLBACK = stabilityOptions.nResamples.default;
const LEAST = stabilityOptions.nResamples.range.minimum;

/** `--stability`. */
export function stabilityOption(): Option {
  return new Option(
    "--stability [samples]",
    `Refit each number of components on this many other samples of the rows, to see whether they show the same groups (default: ${FALLBACK}).`,
  )
    .preset(FALLBACK)
    .argParser((text: string | number) => {
      const samples = Number(text);
      if (!Number.isInteger(samples) || samples < LEAST)
        throw new InvalidArgumentError(`Expected a number of samples, an integer ≥ ${LEAST}.`);
      return samples;
    })
    .helpGroup("Output:");
}

/** Stability of every number of components that was tried, under the covariance type that was chosen. */
export function stabilityOf(
  { X, sampleWeight }: Table,
  { model, candidates, seed }: Outcome,
  choice: MixtureChoice,
  { backend }: BackendChoice,
  samples: number,
  terminal: Terminal,
): Promise<Stability> {
  const own = candidates.find((candidate) => candidate.model === model);
  const covarianceType = own?.covarianceType ?? choice.options.covarianceType;
  const form = typeof covarianceType === "string" && choice.plugin.options["covarianceType"] !== undefined ? { covarianceType } : {};
  const tried = candidates.filter((candidate) => candidate.error === undefined && candidate.form === own?.form);
  const counts = [...new Set([...tried.map(({ nComponents }) => nComponents), model.nComponents])].filter((count) => count > 1);
  const shared = givenOptions(stabilityOptions, { ...choice.options, nComponents: undefined, covarianceType: undefined });
  return stability(
    X,
    {
      ...shared,
      nComponents: counts.length === 0 ? [1] : counts.toSorted((a, b) => a - b),
      ...form,
      estimator: selectionOptions(choice).estimator![0]!,
      nResamples: samples,
      randomState: seed,
      ...(backend === undefined ? {} : { backend }),
    },
    {
      signal: terminal.signal,
      ...(sampleWeight === undefined ? {} : { sampleWeight }),
      onProgress: ({ nComponents, resamples, nResamples }) =>
        terminal.progress(
          `stability of K = ${nComponents}${form.covarianceType === undefined ? "" : ` ${form.covarianceType}`}: sample ${resamples} of ${nResamples}`,
        ),
    },
  );
}
