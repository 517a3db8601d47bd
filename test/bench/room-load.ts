import WebSocket from "ws";
import {
  type Bytes,
  generateSigningKey,
  randomBytes,
  thumbprint,
  toBase64Url,
} from "../../src/base/index.ts";
import {
  decodeFrame,
  decodeRelayWire,
  encodeFrame,
  encodeWire,
  type PeerMessage,
  signRelayProof,
} from "../../src/relay/index.ts";

/** Who can be in a room of the edge. */
export interface Member {
  readonly key: Bytes;
  readonly privateKey: CryptoKey;
}

/** A socket, and what it hears. */
interface Client {
  readonly socket: WebSocket;
  hear: (frame: Buffer) => void;
}

export const member = async (): Promise<Member> => {
  const { privateKey, publicKey } = await generateSigningKey();
  return { key: publicKey, privateKey };
};

const opened = (url: string, origin: string): Promise<Client> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(url, { headers: { origin }, perMessageDeflate: false });
    const client: Client = { socket, hear: () => {} };
    socket.on("message", (frame: Buffer) => {
      if (frame[0] === 5)
        socket.send(frame); // a mark: it is read
      else client.hear(frame);
    });
    socket.once("open", () => resolve(client));
    socket.once("error", reject);
  });

/** In a room of the edge, its key proved; a host admits those keys. */
export const joined = async (
  origin: string,
  room: string,
  who: Member,
  admits: readonly Bytes[] | null,
): Promise<Client> => {
  const client = await opened(`${origin.replace("http", "ws")}/api/rooms/${room}`, origin);
  const role = admits === null ? "guest" : "host";
  const [peer, nonce] = [toBase64Url(randomBytes(16)), randomBytes(32)];
  const say = (message: PeerMessage): void =>
    client.socket.send(encodeFrame({ kind: "message", wire: encodeWire(message) }));
  await new Promise<void>((resolve) => {
    client.hear = async (bytes) => {
      const frame = decodeFrame(new Uint8Array(bytes));
      if (frame.kind !== "message") return;
      const message = decodeRelayWire(frame.wire);
      if (message.kind !== "challenge") return resolve();
      const claim = {
        origin,
        room,
        role,
        peerNonce: nonce,
        relayNonce: message.nonce,
        key: who.key,
      } as const;
      const proof = {
        kind: "proof",
        room,
        peer,
        envelope: await signRelayProof(who.privateKey, claim),
      } as const;
      say(admits === null ? proof : { ...proof, admits: [...admits] });
      if (admits === null) resolve(); // it hears the introduction, and nothing else
    };
    say({ kind: "hello", room, role, peer, key: who.key, nonce });
  });
  return client;
};

export const roomOf = async ({ key }: Member): Promise<string> => toBase64Url(await thumbprint(key));

/** Bytes on the way to one viewer, at most; a viewer says every so often what it has taken, as pages do. */
const [underWay, tellEvery] = [2 * 1024 * 1024, 256 * 1024];

/** What came through in a second: messages of `length` bytes, at all viewers together. */
export interface Load {
  readonly perSecond: number;
  readonly megabytes: number;
}

/** A host and its viewers on sockets of either relay; each channel is filled as far as the viewer's word allows. */
const measure = async (
  host: Client,
  join: () => Promise<Client>,
  viewers: number,
  length: number,
  ms: number,
): Promise<Load> => {
  const ways = new Map<number, { sent: number; taken: number }>();
  let isOver = false;
  let received = 0;
  const fill = (channel: number): void => {
    const way = ways.get(channel);
    while (way && !isOver && way.sent - way.taken < underWay) {
      const frame = Buffer.alloc(5 + length, 7);
      frame[0] = 1;
      frame.writeUInt32BE(channel, 1);
      way.sent += length;
      host.socket.send(frame);
    }
  };
  host.hear = (frame) => {
    const [type, channel] = [frame[0], frame.readUInt32BE(1)];
    if (type === 4) ways.set(channel, { sent: 0, taken: 0 });
    const way = ways.get(channel);
    if (type !== 2 || !way) return;
    way.taken = Number(frame.readBigUInt64BE(5));
    fill(channel);
  };
  const all: Client[] = [];
  for (let at = 0; at < viewers; at += 1) {
    const viewer = await join();
    let [own, told] = [0, 0];
    viewer.hear = (frame) => {
      if (frame[0] !== 1) return;
      received += 1;
      own += frame.length - 5;
      if (own - told < tellEvery) return;
      told = own;
      viewer.socket.send(encodeFrame({ kind: "taken", channel: frame.readUInt32BE(1), total: own }));
    };
    all.push(viewer);
  }
  while (ways.size < viewers) await pause(5);
  for (const channel of ways.keys()) fill(channel);
  await pause(ms / 4); // until it runs evenly
  const [before, began] = [received, performance.now()];
  await pause(ms);
  const perSecond = ((received - before) * 1000) / (performance.now() - began);
  isOver = true;
  for (const { socket } of [...all, host]) socket.terminate();
  return { perSecond, megabytes: (perSecond * length) / 1e6 };
};

/** Through a room of the edge at this origin. */
export const roomLoad = async (
  origin: string,
  viewers: number,
  length: number,
  ms: number,
): Promise<Load> => {
  const camera = await member();
  const guests = await Promise.all(Array.from({ length: viewers }, member));
  const room = await roomOf(camera);
  const host = await joined(
    origin,
    room,
    camera,
    guests.map(({ key }) => key),
  );
  let next = 0;
  const join = (): Promise<Client> => joined(origin, room, guests[next++] as Member, null);
  return measure(host, join, viewers, length, ms);
};

/** Through the bare relay on this port. */
export const bareLoad = async (port: number, viewers: number, length: number, ms: number): Promise<Load> => {
  const url = `ws://127.0.0.1:${port}`;
  return measure(await opened(url, url), () => opened(url, url), viewers, length, ms);
};

/** So many rooms with a host each, that says nothing more. Gives what closes them. */
export const idleRooms = async (origin: string, count: number): Promise<() => void> => {
  const hosts: Client[] = [];
  for (let at = 0; at < count; at += 1) {
    const camera = await member();
    hosts.push(await joined(origin, await roomOf(camera), camera, []));
  }
  return () => {
    for (const { socket } of hosts) socket.terminate();
  };
};

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
