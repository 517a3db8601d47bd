import { Hono } from "hono";
import { isRoomName } from "../src/relay/index.ts";
import { mountAccounts } from "./account.ts";
import { type Env, isAllowedOrigin, ownOrigin } from "./env.ts";
import { readIcePolicy, readIceServers } from "./ice-servers.ts";
import { keeping, policy } from "./policy.ts";
import { mountImages } from "./stored-images.ts";

export { Account } from "./account.ts";
export { Images } from "./images.ts";
export { Room } from "./room.ts";

const app = new Hono<{ Bindings: Env }>();
app.use(policy, keeping);

app.get("/api/health", (context) => context.json({ ok: true }));

app.get("/api/config", (context) => {
  const iceServers = readIceServers(context.env.ICE_SERVERS);
  const servers = (context.env.ORIGINS ?? "").split(" ").filter((one) => one !== "");
  const iceTransportPolicy = readIcePolicy(context.env.ICE_POLICY);
  return context.json({ iceServers, iceTransportPolicy, servers });
});

// Nothing on the way to a room depends on the room: who asks for any name is answered alike.
app.get("/api/rooms/:room", async (context) => {
  const { env, req } = context;
  const room = req.param("room");
  if (!isAllowedOrigin(env, req.url, req.header("origin"))) return context.json({ code: "origin" }, 403);
  if (!isRoomName(room)) return context.json({ code: "not-found" }, 404);
  if (req.header("upgrade")?.toLowerCase() !== "websocket") return context.json({ code: "upgrade" }, 426);
  return env.ROOM.getByName(room).fetch(roomRequest(room, ownOrigin(env, req.url)));
});

// In front of the accounts, whose paths begin alike.
mountImages(app);
mountAccounts(app);

app.all("/api", (context) => context.json({ code: "not-found" }, 404));
app.all("/api/*", (context) => context.json({ code: "not-found" }, 404));

// The app's files. A page's path is the router's business; a missing file is missing.
app.get("*", async (context) => {
  const { ASSETS } = context.env;
  const found = await ASSETS.fetch(context.req.raw);
  if (found.status !== 404 || /\.[a-z0-9]+$/.test(context.req.path)) return found;
  return ASSETS.fetch(new Request(new URL("/index.html", context.req.url), context.req.raw));
});

app.notFound((context) => context.json({ code: "not-found" }, 404));
// The message of an error could name a room or a file: it stays here.
app.onError((error, context) => {
  console.error(error);
  return context.json({ code: "unexpected" }, 500);
});

/** To the room alone: its name, and for which origin proofs have to be. Nothing else of the request gets there. */
const roomRequest = (room: string, origin: string): Request =>
  new Request(`https://room/${room}`, { headers: { upgrade: "websocket", "x-origin": origin } });

export default app;
