import { describe, expect, it } from "vitest";
import { linearAxis } from "../src/axis/axis.ts";
import { densityGrid, logPixelsPerUnit, massLevels } from "../src/gaussian/density.ts";
import { ellipseOf, planeGaussians } from "../src/gaussian/plane.ts";
import { readComponents } from "../src/input/components.ts";
import { contourPath } from "../src/marks/contours.ts";

const x = linearAxis({ low: -10, high: 10 }, 0, 400, 0);
const y = linearAxis({ low: -5, high: 5 }, 400, 0, 0);
const box = { left: 0, top: 0, right: 400, bottom: 400 };
const read = (covariance: number[][], means = [[1, -1]]) =>
  readComponents({ weights: means.map(() => 1 / means.length), means, covariances: means.map(() => covariance) }, "test");

describe("closed forms in the plane", () => {
  it("every point of the 1σ ellipse has Mahalanobis distance 1 in the data", () => {
    const covariance = [
      [4, 1.2],
      [1.2, 0.9],
    ] as const;
    const [gaussian] = planeGaussians(read(covariance.map((row) => [...row])), 0, 1, x, y);
    const { major, minor, degrees } = ellipseOf(gaussian!);
    const turn = (degrees * Math.PI) / 180;
    const determinant = 4 * 0.9 - 1.2 ** 2;
    for (let angle = 0; angle < 2 * Math.PI; angle += 0.3) {
      const [u, v] = [major * Math.cos(angle), minor * Math.sin(angle)];
      // From pixels back to the data: 20 pixels per unit across, 40 per unit up, and up is negative.
      const a = (u * Math.cos(turn) - v * Math.sin(turn)) / 20;
      const b = -(u * Math.sin(turn) + v * Math.cos(turn)) / 40;
      const distance = (0.9 * a * a - 2 * 1.2 * a * b + 4 * b * b) / determinant;
      // Rounding of a few dozen operations.
      expect(Math.abs(distance - 1)).toBeLessThan(1e-12);
    }
  });

  it("the log-density at the mean is that of the formula, in units of the data", () => {
    const { values } = densityGrid(
      planeGaussians(
        read(
          [
            [4, 0],
            [0, 1],
          ],
          [[0, 0]],
        ),
        0,
        1,
        x,
        y,
      ),
      box,
      4,
    );
    const peak = Math.max(...values) + logPixelsPerUnit(x) + logPixelsPerUnit(y);
    // −log(2π·2·1); components are widened by 2 pixels in quadrature, which costs (2/40)²/2 twice over and less.
    expect(Math.abs(peak + Math.log(4 * Math.PI))).toBeLessThan(3e-3);
  });

  it("the region of half the mass of a normal density reaches √(2 ln 2) σ", () => {
    const grid = densityGrid(
      planeGaussians(
        read(
          [
            [4, 0],
            [0, 1],
          ],
          [[0, 0]],
        ),
        0,
        1,
        x,
        y,
      ),
      box,
      2,
    );
    const [level] = massLevels(grid, [0.5]);
    const xs = [...contourPath(grid, level!).matchAll(/[ML](\S+) /g)].map(([, text]) => Number(text));
    const reach = (Math.max(...xs) - 200) / 40;
    // The level is that of a grid point: half a step of 2 pixels at 40 pixels per σ.
    expect(Math.abs(reach - Math.sqrt(2 * Math.log(2)))).toBeLessThan(0.025);
  });

  it("marginals of more features are picked from the covariance", () => {
    const components = readComponents(
      {
        weights: [1],
        means: [[1, 2, 3]],
        covariances: [
          [
            [4, 0, 1],
            [0, 9, 0],
            [1, 0, 1],
          ],
        ],
      },
      "test",
    );
    const [gaussian] = planeGaussians(components, 0, 2, x, y);
    expect(gaussian).toMatchObject({ x: x.position(1), y: y.position(3), sdX: 40, sdY: 40, correlation: -0.5 });
  });
});
