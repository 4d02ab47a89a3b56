export type { BackendSubject } from "./describe-backend.ts";
export { describeBackend, runBackendLaws } from "./describe-backend.ts";
export type { ExpectedFailures, Suite, TestRunner } from "./describe-laws.ts";
export { describeLaws } from "./describe-laws.ts";
export type { Law, LawFigure, LawResult } from "./law.ts";
export { dueLaws, judge } from "./law.ts";
export { BACKEND_LAWS } from "./laws/backend/laws.ts";
export type { BackendCapability, BackendLaw, BackendUnderTest } from "./laws/backend/subject.ts";
