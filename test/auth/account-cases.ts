import { checkPass } from "../../src/auth/index.ts";
import { type Bytes, fromBase64Url, importPublicKey, toBase64Url } from "../../src/base/index.ts";
import { type Paired, Person, pairCamera, type Server, stretchedAs } from "./person.ts";

/** Where accounts run, by the clock of the day. */
export interface AccountGround {
  readonly server: Server;
  /** What a relay beside it asks before it introduces a guest; keys and pass as base64url. */
  admit(guest: {
    readonly room: string;
    readonly key: string;
    readonly pass: string | null;
  }): Promise<unknown>;
}

/** One promise of accounts, to be kept wherever they run; it throws where it is not. Each case makes its own people. */
export interface AccountCase {
  readonly title: string;
  readonly check: (ground: AccountGround) => Promise<void>;
}

const live = { live: true, recordings: false, manage: false };

const serverKeyAt = async (person: Person): Promise<Bytes> =>
  fromBase64Url((await person.get("/api/passes/key")).body.serverKey);

const camera = async (owner: Person): Promise<Paired> => {
  const paired = await pairCamera(1, undefined, undefined, await serverKeyAt(owner));
  same((await owner.register(paired)).status, 200);
  return paired;
};

const viewsOf = ({ number, viewer }: Paired) => [{ camera: number, viewer: toBase64Url(viewer.publicKey) }];

export const accountCases: readonly AccountCase[] = [
  {
    title: "[RP21] who signs up, registers and shares a camera lets in viewers with a pass, and no others",
    check: async ({ server, admit }) => {
      const [anna, ben] = [new Person(server), new Person(server)];
      same((await anna.signUpWithPasskey()).status, 200);
      same((await ben.signUpWithPassword(stretchedAs(2), "ben")).status, 200);
      const paired = await camera(anna);
      same(
        (await anna.post("/api/cameras/share", { number: paired.number, name: ben.name, ...live })).status,
        200,
      );

      const asked = (await ben.post("/api/passes/ask", { views: viewsOf(paired) })).body;
      const entered = await ben.post("/api/passes/enter", { id: asked.id, code: asked.code });
      const [token = ""] = entered.body.passes as string[];
      const use = {
        viewerKey: paired.viewer.publicKey,
        camera: fromBase64Url(paired.number),
        now: Date.now(),
      };
      const pass = await checkPass(await importPublicKey(await serverKeyAt(ben)), fromBase64Url(token), use);
      same(typeof pass, "object");

      const key = toBase64Url(paired.viewer.publicKey);
      const room = paired.number;
      same(await admit({ room, key, pass: token }), { admitted: true, until: entered.body.expires });
      same(await admit({ room, key, pass: null }), { admitted: false, why: "none" });
      const other = { key: toBase64Url(paired.cameraKey), room };
      same(await admit({ ...other, pass: token }), { admitted: false, why: "foreign" });
      same(await admit({ room: stretchedAs(9), key, pass: null }), { admitted: true, until: null });
      same((await anna.post("/api/cameras/take-back", { number: room, name: ben.name })).status, 200);
      same(await admit({ room, key, pass: token }), { admitted: false, why: "right" });
      const words = (await anna.get("/api/account/log")).body.log.map(({ what }: { what: string }) => what);
      same(words.slice(0, 3), ["pass-refused", "taken-back", "pass-refused"]);
    },
  },
  {
    title: "a session is this browser's alone, and ends when it is signed out",
    check: async ({ server }) => {
      const cleo = new Person(server);
      same((await cleo.signUpWithPasskey("cleo")).status, 200);
      same((await cleo.get("/api/account")).body.name, cleo.name);
      same((await cleo.get("/api/account")).body.sessions[0].device, "Chrome, Linux");
      const other = cleo.elsewhere();
      same((await other.get("/api/account")).body.code, "signed-out");
      same((await other.signInWithPasskey(cleo.authenticator)).body.name, cleo.name);
      same((await cleo.post("/api/account/sign-out")).status, 200);
      same((await cleo.get("/api/account/open")).body.name, null);
      same((await other.get("/api/account/open")).body.name, cleo.name);
    },
  },
  {
    title: "a stranger is told nothing: the same answers for a name that is there and one that is not",
    check: async ({ server }) => {
      const dora = new Person(server);
      await dora.signUpWithPassword(stretchedAs(1), "dora");
      const said = [];
      for (const name of [dora.name, "nobody-aaaaaa"]) {
        const stranger = new Person(server);
        const { status, body } = await stranger.post("/api/account/sign-in/salt", { name });
        const tried = [];
        for (let at = 0; at < 11; at++)
          tried.push((await stranger.signInWithPassword(stretchedAs(9), name)).status);
        said.push(JSON.stringify([status, Object.keys(body), body.salt.length, tried]));
      }
      same(said[0], said[1]);
      if (!/401,429\]/.test(said[0] ?? "")) throw new Error(said[0]);
    },
  },
  {
    title: "one account is acted on once at a time, however many ask at once: one password, one pass",
    check: async ({ server }) => {
      const eve = new Person(server);
      await eve.signUpWithPassword(stretchedAs(1), "eve");
      const paired = await camera(eve);
      const { id, code } = (await eve.post("/api/passes/ask", { views: viewsOf(paired) })).body;
      const all = await Promise.all(
        Array.from({ length: 6 }, () => eve.post("/api/passes/enter", { id, code })),
      );
      same(all.filter(({ status }) => status === 200).length, 1);
    },
  },
  {
    title: "what is no request of ours is refused and changes nothing",
    check: async ({ server }) => {
      const fay = new Person(server);
      await fay.signUpWithPassword(stretchedAs(1), "fay");
      const json = { "content-type": "application/json", origin: server.origin };
      const ask = async (body: string, headers: Record<string, string> = json): Promise<number> =>
        (await fay.ask("POST", "/api/account/delivery", body, headers)).status;
      same(await ask('{"delivery":"device","more":1}'), 400);
      same(await ask("{"), 400);
      same(await ask('{"delivery":"device"}', { ...json, "content-type": "text/plain" }), 400);
      same(await ask(JSON.stringify({ delivery: "x".repeat(49 * 1024) })), 413);
      same((await fay.get("/api/account/nothing")).status, 404);
      same((await fay.get("/api/account")).body.delivery, "viewer");
    },
  },
];

function same(found: unknown, expected: unknown): void {
  const [a, b] = [JSON.stringify(found), JSON.stringify(expected)];
  if (a !== b) throw new Error(`expected ${b}, found ${a}`);
}
