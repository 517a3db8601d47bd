export {
  type Arrival,
  type Carrier,
  type CarrierMessage,
  type CloseReason,
  MAX_SEALED,
  MAX_TALK,
} from "./carrier.ts";
export { idbRoomStore } from "./idb-store.ts";
export { memoryRoomStore } from "./memory-store.ts";
export {
  decodeMessage,
  decodeRelayMessage,
  MAX_ADMITS,
  type OtherPeer,
  type PeerMessage,
  type RefusalCode,
  type RelayMessage,
  type Role,
  returnAddress,
} from "./message.ts";
export { type PortCarrierOptions, portCarrier } from "./port-carrier.ts";
export {
  checkRelayProof,
  type ProofRequest,
  type Prover,
  type RelayClaim,
  relayProofPayload,
  signRelayProof,
} from "./proof.ts";
export { introductions, type Stepped, step } from "./room.ts";
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
export type { RoomStore } from "./store.ts";
