import type { Law } from "./law.ts";
import { dueLaws, judge } from "./law.ts";

/** The part of a test runner that a suite needs; Vitest, Jest and Bun have it, and `node:test` with any `expect`. */
export interface TestRunner {
  /** Groups tests. */
  readonly describe: (title: string, body: () => void) => unknown;
  /** Declares a test. */
  readonly it: (title: string, body: () => Promise<void>) => unknown;
  /** Compares; throws where two values are not deeply equal. */
  readonly expect: (found: unknown) => {
    /** Deep equality. */
    toEqual(expected: unknown): unknown;
  };
}

/** A law that a subject is known to break: the law's id, and why that is put up with. The exemption turns red when the law holds. */
export type ExpectedFailures = Readonly<Record<string, string>>;

/** Options of {@link describeLaws}. */
export interface Suite<Subject, Capability extends string> {
  /** "backend contract: ml-matrix" */
  readonly title: string;
  readonly laws: readonly Law<Subject, Capability>[];
  readonly capabilities: ReadonlySet<Capability>;
  readonly expectedFailures?: ExpectedFailures | undefined;
  /** Called once per law. */
  subject(): Promise<Subject>;
}

/** One test per law that applies; the suite's title says how many do. */
export function describeLaws<Subject, Capability extends string>(
  suite: Suite<Subject, Capability>,
  { describe, it, expect }: TestRunner,
): void {
  const { title, laws, capabilities, expectedFailures = {} } = suite;
  const due = dueLaws(laws, capabilities);
  describe(`${title} (${due.length} of ${laws.length} tests apply)`, () => {
    for (const law of due) {
      const exemption = expectedFailures[law.id];
      it(exemption === undefined ? `${law.id}: ${law.claim}` : `${law.id}: does not hold, because ${exemption}`, async () => {
        const { passed, problem } = await judge(law, await suite.subject());
        if (exemption === undefined) expect(problem).toEqual(undefined);
        else expect(passed ? `The exemption of "${law.id}" is no longer needed: remove it.` : undefined).toEqual(undefined);
      });
    }
    it("exempts only laws that apply", async () => {
      const ids = new Set(due.map((law) => law.id));
      expect(Object.keys(expectedFailures).filter((id) => !ids.has(id))).toEqual([]);
    });
  });
}
