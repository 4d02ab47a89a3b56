import { writeFileSync } from "node:fs";
import { MedianBox } from "./dist/index.js";

const rows = [1, 2, 3, 4, 90].map((length) => ({
  length,
  width: length / 2,
}));
const model = await new MedianBox({ cutoff: 3 }).fit(rows);

writeFileSync("model.json", JSON.stringify(model));
writeFileSync("data.csv", "width,length\n1,2\n45,90\n");
