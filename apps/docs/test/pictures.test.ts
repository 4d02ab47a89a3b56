import { describe, expect, it } from "vitest";
import { robustPictures } from "../src/pictures/robust.ts";

describe("the picture of masking", () => {
  // NumPy 2.4 and scikit-learn 1.9.1 give the same counts: none by the mean and covariance of all rows, the fourteen planted ones by MinCovDet.
  it("shows outliers that the usual ellipse holds and the robust one does not (#18)", async () => {
    const counts = (await robustPictures()).map(({ alt }) => / (\d+) of the 75 /.exec(alt)?.[1]);
    expect(counts).toEqual(["0", "14"]);
  });
});
