export type { DirectOptions } from "./direct-path.dom.ts";
export {
  type JoinOptions,
  type JoinRefusal,
  joinRoom,
  type Membership,
  type Pace,
  type WaitsFor,
} from "./join-room.dom.ts";
export { type JoinRoomsOptions, joinRooms } from "./join-rooms.dom.ts";
export { localPassage, type Passage } from "./passage.ts";
export type { Path } from "./pipe.ts";
export type { RelayLink } from "./relay-link.ts";
export { serviceWorkerLink } from "./service-worker-link.dom.ts";
export { type SocketLink, type SocketLinkOptions, socketLink } from "./socket-link.dom.ts";
