import type { Server } from "node:http";

/** How long requests under way may take to end. */
const PATIENCE_MILLISECONDS = 5000;

/**
 * Takes no more requests, lets those under way end, and closes
 * connections that only wait.
 */
export function shutDown(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    const impatient = setTimeout(
      () => server.closeAllConnections(),
      PATIENCE_MILLISECONDS,
    );
    server.close((error) => {
      clearTimeout(impatient);
      if (error === undefined) resolve();
      else reject(error);
    });
    server.closeIdleConnections();
  });
}
