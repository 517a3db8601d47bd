export {
  type Arrival,
  type Carrier,
  type CarrierMessage,
  type CloseReason,
  MAX_SEALED,
  MAX_TALK,
} from "./carrier.ts";
export { MAX_PER_GUEST } from "./channels.ts";
export { Crossing, type CrossingOptions } from "./crossing.ts";
export { CROSSING_WINDOW, MAX_KEPT } from "./crossing-wire.ts";
export { idbRoomStore } from "./idb-store.ts";
export { memoryRoomStore } from "./memory-store.ts";
export {
  decodeMessage,
  decodeRelayMessage,
  isRoomName,
  MAX_ADMITS,
  type OtherPeer,
  type PeerMessage,
  type RefusalCode,
  type RelayMessage,
  type Role,
  returnAddress,
} from "./message.ts";
export { localPassage, type Passage } from "./passage.ts";
export { MAX_PIPE, type Path, type Pipe } from "./pipe.ts";
export { type PortCarrierOptions, portCarrier } from "./port-carrier.ts";
export {
  type Admission,
  checkRelayProof,
  type ProofRequest,
  type Prover,
  type RelayClaim,
  relayProofPayload,
  signRelayProof,
} from "./proof.ts";
export { MAX_UNREAD } from "./reading.ts";
export type { RelayLink } from "./relay-link.ts";
export { introductions, type Stepped, step } from "./room.ts";
export {
  type KeptSeat,
  MAX_SOCKETS,
  RoomHost,
  type RoomHostContext,
  type RoomSocket,
  SILENT,
} from "./room-host.ts";
export type {
  Address,
  Effect,
  End,
  OutwardEffect,
  RoomEvent,
  RoomState,
  StepContext,
} from "./room-state.ts";
export { type RelayContext, serveRoom } from "./serve.ts";
export { checkServers, mostServers, readServers } from "./servers.ts";
export {
  decodeFrame,
  encodeFrame,
  MAX_CHANNELS,
  MAX_DATA,
  MAX_FRAME,
  MAX_UNDER_WAY,
  type SocketFrame,
} from "./socket-wire.ts";
export type { RoomStore } from "./store.ts";
export { decodePeerWire, decodeRelayWire, encodeWire, MAX_MESSAGE } from "./wire.ts";
