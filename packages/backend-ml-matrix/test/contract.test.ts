import { describeBackend } from "@mixtura/testing";
import { describe, expect, it } from "vitest";
import { mlMatrixBackend } from "@mixtura/backend-ml-matrix";

describeBackend({ name: "ml-matrix", create: mlMatrixBackend }, { describe, it, expect });
