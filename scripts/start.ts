import { buildApp, buildSensor } from "./build.ts";
import { serve } from "./serve.ts";

/** `npm start`: builds and serves the app on `PORT` (8787). */
const port = Number(process.env.PORT ?? 8787);
if (!Number.isInteger(port) || port < 0 || port > 65535) {
  console.error(`PORT must be a number from 0 to 65535, got "${process.env.PORT}".`);
  process.exit(2);
}
try {
  buildSensor();
  buildApp();
  const { origin } = await serve(port);
  console.log(`Sealcam is at ${origin}`);
} catch (error) {
  const taken = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
  console.error(
    taken ? `Port ${port} is taken. Choose another one: PORT=${port + 1} npm start` : String(error),
  );
  process.exit(1);
}
