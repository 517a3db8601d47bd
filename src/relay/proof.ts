import {
  type Bytes,
  checkCose,
  encodeCbor,
  equal,
  fromBase64Url,
  importPublicKey,
  isFault,
  type PublicKey,
  signCose,
  thumbprint,
} from "../base/index.ts";
import type { Role } from "./message.ts";

/** What a peer is asked to prove, and where: nonces come over the wire, the origin from the link that they came by. */
export interface ProofRequest {
  readonly room: string;
  readonly role: Role;
  /** The peer's own nonce, 32 bytes. */
  readonly peerNonce: Bytes;
  /** The relay's nonce, 32 bytes. */
  readonly relayNonce: Bytes;
  /** Of the relay that asks, as `location.origin` writes it. */
  readonly origin: string;
}

/** The whole claim [RP5]. The prover adds the key from its own knowledge; neither it nor the origin ever comes from a message. */
export interface RelayClaim extends ProofRequest {
  /** Raw Ed25519 public key of the prover, 32 bytes. */
  readonly key: Bytes;
}

/** Proves a key to a relay. The private key lives in a worker; a page holds this and carries what it says. */
export interface Prover {
  /** Raw Ed25519 public key, 32 bytes. */
  readonly key: Bytes;
  /** Signs the claim where it may be signed for that origin; answers the COSE envelope. */
  prove(request: ProofRequest): Promise<Bytes>;
}

/**
 * The signed bytes: deterministic CBOR of
 *   [ origin: text, room: bytes(32), role: text, peer nonce: bytes(32), relay nonce: bytes(32), key: bytes(32) ]
 */
export function relayProofPayload(claim: RelayClaim): Bytes {
  const { origin, role, peerNonce, relayNonce, key } = claim;
  const room = fromBase64Url(claim.room);
  for (const [name, value] of Object.entries({ room, peerNonce, relayNonce, key })) {
    if (value.length !== 32) throw new TypeError(`"${name}" expected 32 bytes, got ${value.length}`);
  }
  if (role !== "host" && role !== "guest") throw new TypeError('"role" expected host or guest');
  return encodeCbor([origin, room, role, peerNonce, relayNonce, key]);
}

/** The proof: a COSE_Sign1 envelope of purpose "relay-proof" over relayProofPayload. */
export function signRelayProof(privateKey: CryptoKey, claim: RelayClaim): Promise<Bytes> {
  return signCose(privateKey, "relay-proof", relayProofPayload(claim));
}

/** Whether the key signed exactly this claim. A claim that names another key is false; never throws on bad envelopes. */
export async function checkRelayProof(
  publicKey: PublicKey,
  claim: RelayClaim,
  envelope: Uint8Array,
): Promise<boolean> {
  if (!equal(publicKey.raw, claim.key)) return false;
  return checkCose(publicKey, "relay-proof", relayProofPayload(claim), envelope);
}

/** What a look at a proof found. */
export interface Finding {
  /** The sender holds the private key of the key it named. */
  readonly isProven: boolean;
  /** That key's thumbprint is the room's name. */
  readonly namesRoom: boolean;
  /** What its pass is worth here [RP21]; absent where none is asked for. */
  readonly admission?: Admission;
}

/** Whether a guest's pass lets it in, and until when: ms since the epoch, `null` for no end. */
export type Admission =
  | { readonly admitted: true; readonly until: number | null }
  | { readonly admitted: false };

/** Judges one proof: the key first (no low-order ones), then the signature, then the room's name. */
export async function judgeProof(claim: RelayClaim, envelope: Uint8Array): Promise<Finding> {
  let publicKey: PublicKey;
  try {
    publicKey = await importPublicKey(claim.key);
  } catch (error) {
    if (isFault(error)) return { isProven: false, namesRoom: false };
    throw error;
  }
  const isProven = await checkRelayProof(publicKey, claim, envelope);
  const namesRoom = equal(await thumbprint(claim.key), fromBase64Url(claim.room));
  return { isProven, namesRoom };
}
