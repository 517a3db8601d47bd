import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";

/** What both pages share: a socket on which everything said goes to the other one. */
const head = `<!doctype html><meta charset="utf-8"><title>plain</title><video muted autoplay playsinline></video><script type="module">
const socket = new WebSocket(location.origin.replace("http", "ws") + location.pathname);
const video = document.querySelector("video");
const say = (what) => socket.send(JSON.stringify(what));`;

/** Gives its camera to each viewer that offers a connection. */
const camera = `${head}
const stream = await navigator.mediaDevices.getUserMedia({ video: { width: 1280, height: 720, frameRate: 20 } });
video.srcObject = stream;
let connection;
socket.onmessage = async ({ data }) => {
  const { offer, candidate } = JSON.parse(data);
  if (offer) {
    connection?.close();
    connection = new RTCPeerConnection();
    connection.onicecandidate = ({ candidate: found }) => found && say({ candidate: found });
    for (const track of stream.getTracks()) connection.addTrack(track, stream);
    await connection.setRemoteDescription(offer);
    await connection.setLocalDescription();
    say({ answer: connection.localDescription });
  } else if (candidate) await connection?.addIceCandidate(candidate);
};
document.title = "ready";
</script>`;

/** Notes when it shows the first picture, ms since it was opened. */
const viewer = `${head}
video.requestVideoFrameCallback(() => { window.shown = performance.now(); });
const connection = new RTCPeerConnection();
connection.onicecandidate = ({ candidate }) => candidate && say({ candidate });
connection.ontrack = ({ streams }) => { video.srcObject = streams[0]; };
connection.addTransceiver("video", { direction: "recvonly" });
socket.onmessage = async ({ data }) => {
  const { answer, candidate } = JSON.parse(data);
  if (answer) await connection.setRemoteDescription(answer);
  else await connection.addIceCandidate(candidate);
};
const offering = connection.setLocalDescription();
if (socket.readyState !== 1) await new Promise((resolve) => { socket.onopen = resolve; });
await offering;
say({ offer: connection.localDescription });
</script>`;

/**
 * A camera page and a viewer page with nothing to them but WebRTC: no seal, no card, no service worker. One socket each, and whatever one says
 * goes to the other.
 */
export const plainWebrtc = async (): Promise<{ readonly origin: string; stop(): Promise<void> }> => {
  const server = createServer(({ url }, response) => {
    response.setHeader("content-type", "text/html");
    response.end(url === "/camera" ? camera : viewer);
  });
  const sockets = new WebSocketServer({ server, perMessageDeflate: false });
  const ends = new Map<string, WebSocket>();
  sockets.on("connection", (socket, { url = "" }) => {
    const other = url === "/camera" ? "/viewer" : "/camera";
    ends.set(url, socket);
    socket.on("message", (said) => ends.get(other)?.send(String(said)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://localhost:${port}`,
    async stop() {
      for (const client of sockets.clients) client.terminate();
      sockets.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
