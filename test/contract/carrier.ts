import { asSealed, type Bytes, randomBytes } from "../../src/base/index.ts";
import { type Arrival, type Carrier, type CloseReason, MAX_TALK } from "../../src/relay/index.ts";

/** What an implementation brings to be tested: two carriers that were just introduced to each other. */
export interface CarrierBench {
  readonly a: Carrier;
  readonly b: Carrier;
  /** Bytes of sealed items that may be ahead. */
  readonly window: number;
  /** Something on the way to `a` that no carrier says; answers what becomes of it. */
  garble(): "ignored" | "gone";
  /** The side of `b` dies without a word. */
  kill(): void;
  close(): void | Promise<void>;
}

/** The longest item of the rules: the largest coded one, and what may be ahead across devices. */
const LONGEST = 4 * 1024 * 1024 + 64 * 1024;

/** The rules of every Carrier: each runs on a bench of its own. */
export const carrierRules: { title: string; run(bench: CarrierBench): Promise<void> }[] = [
  {
    title: "[CR1] delivers items and talk of every size as they were sent, in order, both ways",
    async run({ a, b }) {
      const toB: Arrival[] = [];
      const toA: Arrival[] = [];
      b.onmessage = (message) => toB.push(message);
      a.onmessage = (message) => toA.push(message);
      await until(() => a.hasRoom(1) && b.hasRoom(1), "both opened");
      const expected: string[] = [];
      for (const length of [1, 2, 65_528, 65_529, 65_530, 65_531, 131_059, 131_060, 1_000_000]) {
        const bytes = randomBytes(length);
        expected.push(told({ sealed: bytes }));
        await until(() => a.hasRoom(length) && b.hasRoom(length), "room");
        a.send({ sealed: asSealed(bytes.slice()) });
        b.send({ sealed: asSealed(bytes.slice()) });
        const small = randomBytes(Math.min(length, MAX_TALK));
        expected.push(told({ talk: small }));
        a.send({ talk: small });
        b.send({ talk: small });
      }
      await until(() => toB.length === expected.length && toA.length === expected.length, "all arrived");
      same(toB.map(told), expected);
      same(toA.map(told), expected);
    },
  },
  {
    title: "[CR1] carries the longest coded item",
    async run({ a, b }) {
      const arrivals: Arrival[] = [];
      b.onmessage = (message) => arrivals.push(message);
      a.onmessage = () => {};
      await until(() => a.hasRoom(LONGEST), "room for it");
      const item = randomBytes(LONGEST);
      const expected = told({ sealed: item });
      a.send({ sealed: asSealed(item) });
      await until(() => arrivals.length === 1, "it arrived");
      same(arrivals.map(told), [expected]);
    },
  },
  {
    title: "[CR1] consumes sealed bytes, and keeps no part of talk",
    async run({ a, b }) {
      const arrivals: Arrival[] = [];
      b.onmessage = (message) => arrivals.push(message);
      a.onmessage = () => {};
      const item = asSealed(randomBytes(1_000));
      const small = new Uint8Array([1, 2, 3]);
      a.send({ sealed: item });
      a.send({ talk: small });
      small.fill(0);
      same(item.length, 0);
      await until(() => arrivals.length === 2, "both arrived");
      same(arrivals.slice(1).map(told), [told({ talk: new Uint8Array([1, 2, 3]) })]);
    },
  },
  {
    title: "[CR1] loses nothing that is sent before the other side listens",
    async run({ a, b }) {
      a.onmessage = () => {};
      a.send({ talk: new Uint8Array([1]) });
      a.send({ sealed: asSealed(randomBytes(100)) });
      await pause(50);
      const arrivals: Arrival[] = [];
      b.onmessage = (message) => arrivals.push(message);
      await until(() => arrivals.length === 2, "both arrived");
    },
  },
  {
    title:
      "[CR7] has no room before the other side opened, and then a window of it, which what is taken gives back",
    async run({ a, b, window }) {
      same(a.hasRoom(1), false);
      a.onmessage = () => {};
      // It has opened already, and takes nothing until somebody listens.
      await until(() => a.hasRoom(window), "opened");
      same(a.hasRoom(window + 1), false);
      same(a.window, window);
      const length = Math.floor(window / 16);
      let sent = 0;
      for (; a.hasRoom(length); sent++) a.send({ sealed: asSealed(new Uint8Array(length)) });
      same(sent, 16);
      await pause(50);
      same(a.hasRoom(length), false);
      let arrived = 0;
      b.onmessage = () => {
        arrived += 1;
      };
      await until(() => arrived === sent && a.hasRoom(window), "all was taken");
    },
  },
  {
    title: "[CR6] ends with `closed` after all that was sent before",
    async run({ a, b }) {
      const events: string[] = [];
      a.onmessage = () => {};
      a.onclose = () => events.push("nobody tells the one who closed");
      b.onmessage = () => events.push("message");
      b.onclose = (reason) => events.push(reason);
      await until(() => a.hasRoom(300_000), "opened");
      for (let at = 0; at < 3; at++) a.send({ sealed: asSealed(randomBytes(100_000)) });
      a.close();
      a.close();
      await until(() => events.length === 4, "the end");
      await pause(50);
      same(events, ["message", "message", "message", "closed"]);
    },
  },
  {
    title: "[CR4] [CR6] ends with `gone` when the other side dies without a word",
    async run({ a, b, kill }) {
      const reasons: CloseReason[] = [];
      a.onmessage = () => {};
      b.onmessage = () => {};
      a.onclose = (reason) => reasons.push(reason);
      await until(() => a.hasRoom(1), "opened");
      kill();
      await until(() => reasons.length > 0, "the end");
      await pause(50);
      same(reasons, ["gone"]);
      a.send({ talk: new Uint8Array([1]) }); // does nothing
    },
  },
  {
    title: "[CR3] delivers nothing that no carrier says",
    async run({ a, b, garble }) {
      const arrivals: Arrival[] = [];
      const reasons: CloseReason[] = [];
      a.onmessage = (message) => arrivals.push(message);
      a.onclose = (reason) => reasons.push(reason);
      b.onmessage = () => {};
      await until(() => a.hasRoom(1) && b.hasRoom(1), "opened");
      if (garble() === "gone") {
        await until(() => reasons.length > 0, "the end");
        same(reasons, ["gone"]);
      } else {
        await until(() => a.ignored === 1, "it was dropped");
        b.send({ talk: new Uint8Array([1]) });
        await until(() => arrivals.length === 1, "what is right arrived");
        same(reasons, []);
      }
      same(
        arrivals.filter((one) => "sealed" in one),
        [],
      );
    },
  },
];

/** An arrival in short words that no two of a test share. */
const told = (message: Arrival): string => {
  const [kind, bytes]: [string, Bytes] =
    "sealed" in message ? ["sealed", message.sealed] : ["talk", message.talk];
  let sum = 0;
  for (let at = 0; at < bytes.length; at++) sum = (sum * 31 + (bytes[at] as number)) | 0;
  return `${kind} ${bytes.length} ${sum}`;
};

/** Waits until it is so; fails after half a minute. */
export async function until(isSo: () => boolean, what: string): Promise<void> {
  const end = Date.now() + 30_000;
  while (!isSo()) {
    if (Date.now() > end) throw new Error(`in vain: ${what}`);
    await pause(3);
  }
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

function same(found: unknown, expected: unknown): void {
  const [a, b] = [JSON.stringify(found), JSON.stringify(expected)];
  if (a !== b) throw new Error(`expected ${b}, got ${a}`);
}
