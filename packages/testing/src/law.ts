/** A measured distance from what a law claims. */
export interface LawFigure {
  /** The largest distance found. */
  readonly worst: number;
  readonly tolerance: number;
  /** What the two are counted in: "relative", "ms", "handles". */
  readonly unit: string;
  /** The case that gave the worst figure. */
  readonly where: string;
  /** Why the tolerance is what it is. */
  readonly reason: string;
}

/**
 * One law of a contract, that is, one conformance test. It runs on every subject that declares the capabilities that it needs.
 *
 * A check throws where the claim is broken outright, and returns a figure where it holds up to a tolerance.
 */
export interface Law<Subject, Capability extends string = string> {
  /** Stable name, for exemptions and tables: "expectation/naive". */
  readonly id: string;
  readonly needs: readonly Capability[];
  /** What is promised, as a sentence. */
  readonly claim: string;
  /** Holds the law against a subject. */
  check(subject: Subject): Promise<LawFigure | void>;
}

/** The result of one conformance test. */
export interface LawResult {
  readonly id: string;
  readonly claim: string;
  readonly passed: boolean;
  /** Absent for tests without a measure, and for checks that threw. */
  readonly figure?: LawFigure;
  /** What was found instead, when the test fails. */
  readonly problem?: string;
}

/** The conformance tests whose needs a subject meets. */
export function dueLaws<Subject, Capability extends string>(
  laws: readonly Law<Subject, Capability>[],
  capabilities: ReadonlySet<Capability>,
): readonly Law<Subject, Capability>[] {
  return laws.filter((law) => law.needs.every((need) => capabilities.has(need)));
}

/** Checks one law; never rejects. */
export async function judge<Subject>(law: Law<Subject>, subject: Subject): Promise<LawResult> {
  const { id, claim } = law;
  try {
    const figure = await law.check(subject);
    if (figure === undefined) return { id, claim, passed: true };
    const passed = figure.worst <= figure.tolerance;
    return passed ? { id, claim, passed, figure } : { id, claim, passed, figure, problem: sentence(figure) };
  } catch (error) {
    return { id, claim, passed: false, problem: error instanceof Error ? error.message : String(error) };
  }
}

function sentence({ worst, tolerance, unit, where, reason }: LawFigure): string {
  return `${worst.toPrecision(3)} ${unit} is over the tolerance of ${tolerance} (${reason}), at: ${where}`;
}
