export { csvBlocks, readCSVFile } from "./node/file.ts";
