export type { DetectionFacts } from "./detection/facts.ts";
export { renderDetection } from "./detection/render.ts";
export type { ReportFacts } from "./facts.ts";
export { renderReport } from "./render.ts";
export type { RowSurvey } from "./survey.ts";
export { surveyRows } from "./survey.ts";
