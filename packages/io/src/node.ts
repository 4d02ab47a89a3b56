export { csvBlocks, jsonBlocks, ndjsonBlocks, readCSVFile, readJSONFile, readNDJSONFile } from "./node/file.ts";
