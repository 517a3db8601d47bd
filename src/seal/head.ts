import {
  asSealed,
  type Bytes,
  checkCose,
  decodeCbor,
  encodeCbor,
  Fault,
  importPublicKey,
  isFault,
  type PublicKey,
  type Sealed,
  sha256,
  signCose,
  thumbprint,
} from "../base/index.ts";
import { envelopeLength, FieldReader, itemType, readItem, type SealFault, version } from "./fields.ts";

/** How the frames reached the sensor. A closed list: only capture devices are sealed as capture [SF7]. */
export const capturePaths = ["track-processor-window", "track-processor-worker", "video-frame"] as const;
export type CapturePath = (typeof capturePaths)[number];

/** What a camera says about a stream before its first frame. */
export interface Head {
  /** The camera's Ed25519 public key, 32 bytes. */
  readonly publicKey: Bytes;
  /** Rises by at least one with every stream of this camera, for ever. */
  readonly counter: number;
  /** Hash of this camera's previous head, null for its first. */
  readonly previous: Bytes | null;
  /** Camera clock, ms since the epoch. */
  readonly started: number;
  readonly path: CapturePath;
}

/** A head that was checked: its key can check what follows under `hash`. */
export interface CheckedHead extends Head {
  readonly key: PublicKey;
  /** The camera number: thumbprint of `publicKey`. */
  readonly number: Bytes;
  /** SHA-256 of the whole signed item [SF8]; everything of the stream is signed over it. */
  readonly hash: Bytes;
}

/** Makes a stream's head [SF7]: item = [1, version, fields, envelope]. Gives the item and its hash. */
export const signHead = async (privateKey: CryptoKey, head: Head): Promise<{ item: Sealed; hash: Bytes }> => {
  const { publicKey, counter, previous, started, path } = head;
  const fields = encodeCbor([version, publicKey, counter, previous, started, "camera", path]);
  const envelope = await signCose(privateKey, "head", fields);
  const item = encodeCbor([itemType.head, version, fields, envelope]);
  return { item: asSealed(item), hash: await sha256(item) };
};

/**
 * Reads a head and checks its signature with the key it carries. That key is worth something only once `number`
 * has been compared with a number known from elsewhere. Faults "malformed", "version", "signature".
 */
export const checkHead = async (item: Uint8Array): Promise<CheckedHead> => {
  // Read, hashed and checked is one copy, whatever its sender does to the buffer meanwhile.
  const own = new Uint8Array(item);
  const { type, fields } = readItem(own);
  if (type !== itemType.head) throw new Fault<SealFault>("malformed", { field: "type" });
  const payload = fields.bytes("fields", 1, 1024);
  const envelope = fields.bytes("envelope", envelopeLength);
  fields.done();
  const head = readHead(payload);
  let key: PublicKey;
  try {
    key = await importPublicKey(head.publicKey);
  } catch (cause) {
    if (isFault(cause)) throw new Fault<SealFault>("signature", { why: "public-key" }, { cause });
    throw cause;
  }
  if (!(await checkCose(key, "head", payload, envelope))) throw new Fault<SealFault>("signature");
  const [number, hash] = await Promise.all([thumbprint(head.publicKey), sha256(own)]);
  return { ...head, key, number, hash };
};

const readHead = (payload: Bytes): Head => {
  let reader: FieldReader;
  try {
    reader = new FieldReader(decodeCbor(payload, { depth: 2 }));
  } catch (cause) {
    throw new Fault<SealFault>("malformed", { field: "fields" }, { cause });
  }
  if (reader.integer("version") !== version) throw new Fault<SealFault>("version");
  const publicKey = reader.bytes("publicKey", 32);
  const counter = reader.integer("counter", 1);
  const previous = reader.nullable(() => reader.bytes("previous", 32));
  const started = reader.integer("started");
  reader.oneOf("source", ["camera"]);
  const path = reader.oneOf("path", capturePaths);
  reader.done();
  return { publicKey, counter, previous, started, path };
};
