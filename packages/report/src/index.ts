export type { Anomaly, CleaningFacts, DetectionFacts, DetectorDescription, DistanceFacts, KnownOutliers } from "./detection/facts.ts";
export { renderDetection } from "./detection/render.ts";
export type { Agreement, ReportFacts } from "./facts.ts";
export { renderReport } from "./render.ts";
export type { RowSurvey, SurveyContext, UnusualRow } from "./survey.ts";
export { surveyRows } from "./survey.ts";
export type { Outcome } from "./words/outcome.ts";
