import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type Server,
} from "node:http";
import type { AddressInfo } from "node:net";

/** One request that left the browser, and what came back. */
export interface Exchange {
  /** Whole; of one that asked for a tunnel (https, wss), which is refused, only "https://host:port". */
  readonly url: string;
  /** Everything that was sent: method, address, headers, body. */
  readonly sent: string;
  /** Of the answer. */
  readonly headers: IncomingHttpHeaders;
}

/** Stands between the browser and everything else, its own server included, and writes down what passes. */
export interface Tap {
  /** Flags that put it in the browser's way. */
  readonly flags: readonly string[];
  readonly exchanges: readonly Exchange[];
  close(): Promise<void>;
}

const bodyOf = async (message: IncomingMessage): Promise<Buffer> => {
  const parts: Buffer[] = [];
  for await (const part of message) parts.push(part as Buffer);
  return Buffer.concat(parts);
};

/** A plain HTTP proxy on loopback. Chromium sends loopback requests past any proxy, unless told not to. */
export const startProxy = async (): Promise<Tap> => {
  const exchanges: Exchange[] = [];
  const server: Server = createServer(async (asked, answer) => {
    const { method = "", url = "", headers } = asked;
    try {
      const body = await bodyOf(asked);
      const sent = [method, url, JSON.stringify(headers), body.toString("latin1")].join("\n");
      const reply = await new Promise<IncomingMessage>((resolve, reject) => {
        request(url, { method, headers }, resolve).on("error", reject).end(body);
      });
      exchanges.push({ url, sent, headers: reply.headers });
      answer.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(answer);
    } catch {
      exchanges.push({ url, sent: url, headers: {} });
      answer.writeHead(502).end();
    }
  });
  server.on("connect", ({ url = "" }: IncomingMessage, socket) => {
    exchanges.push({ url: `https://${url}`, sent: url, headers: {} });
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    flags: [`--proxy-server=http://127.0.0.1:${port}`, "--proxy-bypass-list=<-loopback>"],
    exchanges,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
