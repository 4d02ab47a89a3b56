// Reading rows in blocks, apart from what every page has: few ask about blocks.
export { readBlocks } from "../read-blocks.ts";
