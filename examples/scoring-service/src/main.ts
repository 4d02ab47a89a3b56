import type { AddressInfo } from "node:net";
import { readDetector } from "./detector.ts";
import { createService } from "./service.ts";
import { shutDown } from "./shutdown.ts";

const [path = "detector.json", port = "8080"] = process.argv.slice(2);
const server = createService(await readDetector(path));
server.listen(Number(port), () => console.log(`listening on port ${(server.address() as AddressInfo).port}`));

for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.once(signal, () => {
    console.log("shutting down");
    void shutDown(server);
  });
}
