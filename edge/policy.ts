import type { MiddlewareHandler } from "hono";
import { secureHeaders } from "hono/secure-headers";
import { readServers } from "../src/relay/index.ts";

/**
 * What a page of this app may load and talk to: itself, by http and by socket, and rooms of the servers that the operator names, by socket
 * alone. No inline script, no inline style, no other host; the sensor's wasm needs its own word (CSP Level 3 'wasm-unsafe-eval'). The service
 * worker stores these headers with the pages, so they hold offline too.
 */
const headersWith = (servers: readonly string[]) =>
  secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'", "'wasm-unsafe-eval'"],
      workerSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'"],
      mediaSrc: ["'self'"],
      connectSrc: ["'self'", ...servers.map((origin) => origin.replace(/^http/, "ws"))],
      manifestSrc: ["'self'"],
      baseUri: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: ["'none'"],
    },
    permissionsPolicy: {
      ...{ camera: ["self"], microphone: ["self"], geolocation: [] },
      ...{ publickeyCredentialsGet: ["self"], screenWakeLock: ["self"], fullscreen: ["self"] },
      ...{ usb: [], serial: [], hid: [], bluetooth: [], midi: [], payment: [], displayCapture: [] },
      ...{ accelerometer: [], gyroscope: [], magnetometer: [], idleDetection: [], xrSpatialTracking: [] },
    },
    referrerPolicy: "no-referrer",
    crossOriginOpenerPolicy: "same-origin",
    crossOriginResourcePolicy: "same-origin",
    strictTransportSecurity: false,
  });

let made: { readonly text: string; readonly headers: MiddlewareHandler } | null = null;

/** A list that cannot be read names nobody. */
const headersFor = (text = ""): MiddlewareHandler => {
  if (made?.text !== text) {
    let servers: readonly string[] = [];
    try {
      servers = readServers(text);
    } catch (error) {
      console.error(error);
    }
    made = { text, headers: headersWith(servers) };
  }
  return made.headers;
};

/** What of the operator's words the policy needs. */
interface PolicyEnv {
  readonly SERVERS?: string;
}

/** The same words on every answer but that of an upgrade, which cannot be touched. */
export const policy: MiddlewareHandler<{ Bindings: PolicyEnv }> = async (context, next) => {
  await next();
  if (context.res.status === 101) return;
  // Answers of other services come with headers that cannot be changed.
  context.res = new Response(context.res.body, context.res);
  await headersFor(context.env.SERVERS)(context, async () => {});
};

/** How long an answer may be kept: names under /assets/ carry a hash of their content, everything else is asked for each time; what is a person's is kept nowhere. */
export const keeping: MiddlewareHandler = async (context, next) => {
  await next();
  if (context.res.status === 101 || context.res.headers.get("cache-control") === "no-store") return;
  const forever = context.req.path.startsWith("/assets/") && context.res.ok;
  context.header("cache-control", forever ? "public, max-age=31536000, immutable" : "no-cache");
};
