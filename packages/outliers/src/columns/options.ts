import type { OptionDeclaration } from "@mixtura/core";

/** What becomes of features that hold one value in all training rows. */
const constantsRules = ["leave-out", "strict"] as const;

/** "leave-out": other values there are no anomalies. "strict": they are. */
export type ConstantsRule = (typeof constantsRules)[number];

/** The option of detectors that learn from training rows. */
export interface ConstantsOptions {
  /**
   * What becomes of features that hold one value in all training rows. "leave-out" (default): a new row may have any value there, as a service has a new
   * process number after a restart. "strict": another value makes a row more unusual than all that have this one.
   */
  constants?: ConstantsRule;
}

/** Its declaration. */
export const constantsDeclaration = {
  range: { kind: "choice", choices: constantsRules },
  default: "leave-out",
  description: "Features that hold one value in all training rows: left out, or judged (strict), so that another value is an anomaly.",
} satisfies OptionDeclaration<ConstantsRule>;
