import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { readIcePolicy, readIceServers } from "../edge/ice-servers.ts";
import { readServers } from "../src/relay/index.ts";
import { buildApp, buildEdge, buildSensor } from "./build.ts";
import { openCertificateDoor } from "./certificate-door.ts";
import { openLan } from "./lan.ts";
import { lanWords } from "./lan-words.ts";
import { freePort, serve, variables } from "./serve.ts";

/**
 * `npm start`: builds and serves app and edge on `PORT` (8787), with what they keep in `DATA_DIR` (.data), for this device
 * alone. `npm start -- --lan`: for the other devices of the network too, over HTTPS; the authority's certificate is given
 * on the port above.
 */
const args = process.argv.slice(2);
if (args.some((arg) => arg !== "--lan")) {
  console.error(`npm start takes --lan and nothing else, got "${args.join(" ")}".`);
  process.exit(2);
}
const port = Number(process.env.PORT ?? 8787);
if (!Number.isInteger(port) || port < 0 || port > 65535) {
  console.error(`PORT must be a number from 0 to 65535, got "${process.env.PORT}".`);
  process.exit(2);
}
try {
  readIceServers(process.env.ICE_SERVERS);
  readIcePolicy(process.env.ICE_POLICY);
  readServers(process.env.SERVERS);
  await freePort(port); // before the time that a build takes
  buildSensor();
  buildApp();
  buildEdge();
  const told = variables.map((name) => [name, process.env[name]] as const).filter(([, value]) => value);
  const data = resolve(process.env.DATA_DIR ?? fileURLToPath(new URL("../.data", import.meta.url)));
  const lan = args.includes("--lan") ? await openLan(join(data, "authority"), process.env) : null;
  const { origin, stop } = await serve(port, {
    data,
    variables: Object.fromEntries(told),
    ...(lan && { secure: lan }),
  });
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process
      .removeAllListeners(signal) // miniflare's own ends this process before workerd is gone
      .once(signal, () => stop().then(() => process.exit(0)));
  if (lan === null) console.log(`Sealcam is at ${origin}`);
  else {
    const at = Number(new URL(origin).port || 443);
    const door =
      lan.authority && (await openCertificateDoor(lan.authority, lan.host, port === 0 ? 0 : at + 1));
    console.log(lanWords(lan, at, door && `http://${lan.names[0]}:${door.port}`));
  }
} catch (error) {
  const taken = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
  // With --lan the port above is in use as well.
  const next = port + (args.includes("--lan") ? 2 : 1);
  const at = taken && "port" in error ? error.port : port;
  console.error(taken ? `Port ${at} is taken. Choose another one: PORT=${next} npm start` : String(error));
  process.exit(1);
}
