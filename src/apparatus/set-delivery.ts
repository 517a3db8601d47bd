import { checkAcknowledgement } from "../auth/index.ts";
import { type Bytes, Fault, importPublicKey, type SigningKey } from "../base/index.ts";
import type { Carrier } from "../relay/index.ts";
import { decodeCameraTalk } from "./camera-talk.ts";
import { decodeSetTalk, encodeSetTalk } from "./set-talk.ts";
import { encodeTalk } from "./talk.ts";
import { signViewing } from "./viewing-proof.ts";

/** How long a camera has to take a set: it makes a new key meanwhile. ms */
const takenWithin = 30_000;

/** What is handed over, and between whom. */
export interface Delivery {
  readonly control: SigningKey;
  /** The camera's number, 32 bytes, and its raw Ed25519 key, whose thumbprint that is. */
  readonly number: Bytes;
  readonly cameraKey: Bytes;
  readonly signed: Bytes;
}

/**
 * Hands a signed set to the camera behind a carrier, as its hub, and gives the camera's envelope over exactly this set [RP25] [RP26]; the carrier is closed
 * then. Faults "set-refused" {why}, and "set-unanswered" where the carrier ends, or the camera signs something else or nothing.
 */
export const deliverSet = async (carrier: Carrier, delivery: Delivery): Promise<Bytes> => {
  const { control, number, cameraKey, signed } = delivery;
  const { promise, resolve, reject } = Promise.withResolvers<Bytes>();
  const timer = setTimeout(() => reject(new Fault("set-unanswered")), takenWithin);
  let [isProven, isHanded] = [false, false];
  carrier.onclose = () => reject(new Fault("set-unanswered"));
  carrier.onmessage = async (message) => {
    if (!("talk" in message)) return;
    const asked = decodeCameraTalk(message.talk);
    if (asked?.kind === "challenge" && !isProven) {
      isProven = true;
      const proof = await signViewing(control, { number, nonce: asked.nonce });
      carrier.send({ talk: encodeTalk({ kind: "proof", proof }) });
    }
    const talk = decodeSetTalk(message.talk);
    if (talk?.kind === "holds" && !isHanded) {
      isHanded = true;
      carrier.send({ talk: encodeSetTalk({ kind: "recipients", signed }) });
    }
    if (talk?.kind === "refused") reject(new Fault("set-refused", { why: talk.why }));
    if (talk?.kind === "acknowledged") resolve(talk.envelope);
  };
  try {
    const envelope = await promise;
    if (!(await checkAcknowledgement(await importPublicKey(cameraKey), signed, envelope)))
      throw new Fault("set-unanswered");
    return envelope;
  } finally {
    clearTimeout(timer);
    carrier.close();
  }
};
