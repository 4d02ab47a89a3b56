import { whiteningOfCovariance } from "@mixtura/backend/internal/factors";
import type { FittedModel, Matrix } from "@mixtura/core";
import { matrix } from "@mixtura/core";
import { abilitiesOf, partsOf } from "./abilities.ts";
import type { Explanation } from "./protocol.ts";

/** The most reasons that are given. */
const REASONS = 4;

/** Why a row is as usual or unusual as it is: by the model's own explanation, else by its distance from the nearest component, feature by feature. */
export async function explain(
  model: FittedModel,
  row: Float64Array,
  names: readonly string[],
  clusters: boolean,
  signal: AbortSignal,
): Promise<Explanation> {
  const X = matrix(row, 1, row.length);
  const { scoreSamples, predictProba, predict, explain: ask } = abilitiesOf(model);
  const score = (await scoreSamples?.(X, { signal }))?.[0];
  const responsibilities = predictProba && (await predictProba(X, { signal })).data;
  const label =
    responsibilities === undefined ? (clusters && predict ? (await predict(X, { signal }))[0] : undefined) : argmax(responsibilities);
  const own = ask === undefined ? undefined : partsOfExplanation(await ask(X, { signal }), row);
  const { parts, measure, words } = own ?? distanceParts(model, row, label);
  const reasons = parts
    .map((part, j) => ({ feature: names[j]!, part, words: words(j) }))
    .filter(({ part }) => part > 0)
    .toSorted((a, b) => b.part - a.part)
    .slice(0, REASONS);
  return {
    values: [...row],
    score,
    label,
    responsibility: responsibilities === undefined ? undefined : responsibilities[label!],
    reasons,
    measure,
  };
}

interface DistanceParts {
  readonly parts: readonly number[];
  readonly measure: string;
  readonly words: (feature: number) => string;
}

/** What a model's own `explain` gives: a table of contributions, or an object that holds one and what was expected. */
function partsOfExplanation(given: unknown, row: Float64Array): DistanceParts | undefined {
  const { data, contributions, expected, deviation } = Object(given) as Readonly<
    Record<string, Partial<Matrix> | Float64Array | undefined>
  >;
  const tableOf = (value: unknown): Float64Array | undefined => {
    const found = value instanceof Float64Array ? value : (Object(value) as Partial<Matrix>).data;
    return found instanceof Float64Array && found.length === row.length ? found : undefined;
  };
  const table = tableOf(contributions) ?? tableOf(data);
  if (table === undefined) return undefined;
  const [usual, spread] = [tableOf(expected), tableOf(deviation)];
  const number = (value: number): string => String(Number(value.toPrecision(3)));
  return {
    parts: [...table],
    measure: usual === undefined ? "parts of how unusual it is, in nats" : "parts of the squared distance from what is usual",
    words: (j) => (usual === undefined || spread === undefined ? "" : `expected ${number(usual[j]!)} ± ${number(spread[j]!)}`),
  };
}

/** Parts of the squared distance from the likeliest component: (x − μ)ⱼ (Σ⁻¹ (x − μ))ⱼ, which sum up to it. */
function distanceParts(model: FittedModel, row: Float64Array, label: number | undefined): DistanceParts {
  const components = partsOf(model);
  const none: DistanceParts = { parts: [], measure: "", words: () => "" };
  if (components === undefined) return none;
  const { means, covariance } = components;
  const d = row.length;
  const k = label !== undefined && label >= 0 && label < means.rows ? label : 0;
  const difference = Float64Array.from(row, (value, j) => value - means.data[k * d + j]!);
  if (covariance === undefined)
    return { ...none, parts: Array.from(difference, (value) => value ** 2), measure: "parts of the squared distance from the centre" };
  const spread = covariance(k);
  const pulls = solved(spread, difference);
  const side = (value: number): string => (value > 0 ? "above" : "below");
  return {
    parts: Array.from(difference, (value, j) => value * pulls[j]!),
    measure: `parts of the squared distance from ${means.rows > 1 ? `component ${k}` : "the centre"}`,
    words: (j) => `${Math.abs(difference[j]! / Math.sqrt(spread[j * (d + 1)]!)).toFixed(1)} σ ${side(difference[j]!)} its mean`,
  };
}

/** Σ⁻¹ v = Wᵀ W v, with the whitening factor W of Σ; nothing where Σ cannot be factorised. */
function solved(spread: Float64Array, vector: Float64Array): Float64Array {
  const d = vector.length;
  const whitening = whiteningOfCovariance(spread, d);
  const out = new Float64Array(d);
  if (!whitening.ok) return out;
  for (let i = 0; i < d; i++) {
    let sum = 0;
    for (let j = 0; j <= i; j++) sum += whitening.factor[i * d + j]! * vector[j]!;
    for (let j = 0; j <= i; j++) out[j]! += whitening.factor[i * d + j]! * sum;
  }
  return out;
}

function argmax(values: Float64Array): number {
  let best = 0;
  for (let k = 1; k < values.length; k++) if (values[k]! > values[best]!) best = k;
  return best;
}
