import { answerLaws } from "./answers.ts";
import { badOptionLaws } from "./bad-options.ts";
import { badRowLaws } from "./bad-rows.ts";
import { bitLaws } from "./bits.ts";
import { boundLaws } from "./bounds.ts";
import { degenerateDataLaws } from "./degenerate-data.ts";
import { detectionLaws } from "./detection.ts";
import { equivarianceLaws } from "./equivariance.ts";
import { eventLoopLaws } from "./event-loop.ts";
import { inputLaws } from "./inputs.ts";
import { integralLaws } from "./integral.ts";
import { roundTripLaws } from "./json-round-trip.ts";
import { tamperLaws } from "./json-tampered.ts";
import { leftBehindLaws } from "./left-behind.ts";
import { mixtureLaws } from "./mixtures.ts";
import { samplingLaws } from "./sampling.ts";
import { stepLaws } from "./steps.ts";
import type { EstimatorLaw } from "./subject.ts";
import { traceLaws } from "./trace.ts";
import { transformLaws } from "./transforms.ts";
import { weightLaws } from "./weights.ts";

/** Every law of the estimator contract. */
export const ESTIMATOR_LAWS: readonly EstimatorLaw[] = [
  ...equivarianceLaws,
  ...weightLaws,
  ...boundLaws,
  ...answerLaws,
  ...detectionLaws,
  ...integralLaws,
  ...mixtureLaws,
  ...samplingLaws,
  ...bitLaws,
  ...stepLaws,
  ...traceLaws,
  ...transformLaws,
  ...inputLaws,
  ...badRowLaws,
  ...badOptionLaws,
  ...roundTripLaws,
  ...tamperLaws,
  ...degenerateDataLaws,
  ...eventLoopLaws,
  ...leftBehindLaws,
];
