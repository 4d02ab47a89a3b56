import type { Table } from "@mixtura/io";
import type { BackendChoice } from "@mixtura/mixture";
import type { FittedMixture, SelectMixtureOptions, Stability } from "@mixtura/model-selection";
import { stability, stabilityOptions } from "@mixtura/model-selection";
import type { Outcome } from "@mixtura/report";
import { InvalidArgumentError, Option } from "commander";
import { givenOptions } from "../flags/declared.ts";
import type { Terminal } from "../terminal.ts";

const FALLBACK = stabilityOptions.nResamples.default;
const LEAST = stabilityOptions.nResamples.range.minimum;

/** `--stability`. */
export function stabilityOption(): Option {
  return new Option(
    "--stability [samples]",
    `Ask whether other samples of the rows would show the same groups, for every number of components that was tried: so many fits more each (default: ${FALLBACK}).`,
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
  options: SelectMixtureOptions<FittedMixture> & BackendChoice,
  samples: number,
  terminal: Terminal,
): Promise<Stability> {
  const { backend } = options;
  const { covarianceType } = model;
  const tried = candidates.filter((candidate) => candidate.error === undefined && candidate.covarianceType === covarianceType);
  const counts = [...new Set([...tried.map(({ nComponents }) => nComponents), model.nComponents])].filter((count) => count > 1);
  const shared = givenOptions(stabilityOptions, { ...options, nComponents: undefined, covarianceType: undefined });
  return stability(
    X,
    {
      ...shared,
      nComponents: counts.length === 0 ? [1] : counts.toSorted((a, b) => a - b),
      covarianceType,
      nResamples: samples,
      randomState: seed,
      ...(backend === undefined ? {} : { backend }),
    },
    {
      signal: terminal.signal,
      ...(sampleWeight === undefined ? {} : { sampleWeight }),
      onProgress: ({ nComponents, resamples, nResamples }) =>
        terminal.progress(`stability of K = ${nComponents} ${covarianceType}: sample ${resamples} of ${nResamples}`),
    },
  );
}
