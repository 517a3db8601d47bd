import { readdirSync, readFileSync } from "node:fs";
import { type RawData, WebSocket } from "ws";
import type { Serving } from "../../scripts/serve.ts";
import type { Ground, Line } from "../relay/speaker.ts";

/** A socket of a page, on Node: it names its origin, as browsers do. */
export class SocketLine implements Line {
  readonly socket: WebSocket;

  constructor(socket: WebSocket) {
    this.socket = socket;
  }

  send(said: Uint8Array | string): void {
    this.socket.send(said);
  }

  take(onsaid: (said: Uint8Array<ArrayBuffer> | string) => void, onclose: (code: number) => void): void {
    this.socket.on("message", (data: RawData, isBinary) =>
      onsaid(isBinary ? new Uint8Array(data as Buffer) : String(data)),
    );
    this.socket.on("close", onclose);
  }

  close(): void {
    this.socket.close(1000);
  }
}

/** Opens a socket to a room; rejects with the status where it is refused. */
export const openSocket = (
  server: string,
  room: string,
  origin: string | null = server,
  headers: Readonly<Record<string, string>> = {},
): Promise<SocketLine> =>
  new Promise((resolve, reject) => {
    const url = `${server.replace(/^http/, "ws")}/api/rooms/${room}`;
    // Not compressed: cipher text cannot be, and what a test sends in its place would cost the server no memory.
    const options = { headers, perMessageDeflate: false };
    const socket = new WebSocket(url, { ...options, ...(origin !== null && { origin }) });
    socket.once("open", () => resolve(new SocketLine(socket)));
    socket.on("unexpected-response", (request, { statusCode }) => {
      reject(new Error(`${statusCode}`));
      request.destroy();
    });
    socket.on("error", reject);
  });

/** Where a test opens sockets to a real server, and ends them. */
export interface SocketGround extends Ground {
  readonly lines: readonly SocketLine[];
  open(room: string): Promise<SocketLine>;
  end(): void;
}

/** Rooms on a real server, with the sockets that were opened there. */
export const groundAt = (serving: Serving): SocketGround => {
  const lines: SocketLine[] = [];
  return {
    ...{ origin: serving.origin, lines },
    open: async (room) => {
      const line = await openSocket(serving.origin, room);
      lines.push(line);
      return line;
    },
    end: () => {
      for (const { socket } of lines) socket.terminate();
    },
  };
};

const parentOf = (pid: string): number | null => {
  try {
    return Number(/\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, "utf8"))?.[1]);
  } catch {
    return null;
  }
};

const programOf = (pid: string): string => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0")[0] ?? "";
  } catch {
    return "";
  }
};

/** The processes of workerd that a process started. */
export const workerdsOf = (parent: number): number[] =>
  readdirSync("/proc")
    .filter((pid) => /^\d+$/.test(pid) && parentOf(pid) === parent && programOf(pid).endsWith("workerd"))
    .map(Number);

/** Memory that a process holds, in bytes. */
export const memoryOf = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) * 1024;
