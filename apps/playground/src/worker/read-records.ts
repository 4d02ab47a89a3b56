// Readers of files that few open here: loaded with the first of them.
export { readJSON as json, readNDJSON as ndjson } from "@mixtura/io";
