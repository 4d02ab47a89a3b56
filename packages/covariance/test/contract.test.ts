import { describeEstimator } from "@mixtura/testing";
import { describe, expect, it } from "vitest";
import { subjects } from "./subjects.ts";

for (const subject of subjects()) describeEstimator(subject, { describe, expect, it });
