import type { AddressInfo } from "node:net";
import { readDetector } from "./detector.ts";
import { createService } from "./service.ts";
import { shutDown } from "./shutdown.ts";

const [path = "detector.json", port = "8080"] = process.argv.slice(2);
// This machine's own programs only, unless the variable HOST says
// otherwise: 0.0.0.0 or :: is everybody who reaches it.
const host = process.env["HOST"] ?? "127.0.0.1";
const server = createService(await readDetector(path));
server.listen(Number(port), host, () => {
  const { address, port: chosen } = server.address() as AddressInfo;
  console.log(`listening on ${address}, port ${chosen}`);
});

for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.once(signal, () => {
    console.log("shutting down");
    void shutDown(server);
  });
}
