export { mlMatrixBackend } from "./backend.ts";
