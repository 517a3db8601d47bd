import { acknowledgeRecipients, checkRecipients } from "../auth/index.ts";
import { type Bytes, equal, faultCode, importPublicKey } from "../base/index.ts";
import type { Carrier } from "../relay/index.ts";
import type { CameraIdentity, CameraStore } from "./camera-store.ts";
import { decodeSetTalk, encodeSetTalk, type SetRefusal, type SetTalk } from "./set-talk.ts";

/** What a desk works with. */
export interface SetDeskMeans {
  /** To whoever has proven the control key [RP25]. */
  readonly carrier: Carrier;
  readonly store: Pick<CameraStore, "read" | "pin">;
  readonly deviceId: string;
  /** The raw control key that was proven, 32 bytes. */
  readonly controlKey: Bytes;
  /** Seals for the set that lies in the store from now on; settles once nothing is sealed for another one any more. */
  readonly obey: () => Promise<void>;
}

/** Where a running camera is handed a new recipient set: one over each connection, and nothing else is said there [RP25] [RP26]. */
export class SetDesk {
  readonly #means: SetDeskMeans;
  #isHanded = false;

  constructor(means: SetDeskMeans) {
    this.#means = means;
  }

  /** Tells which generation is held, and hears. */
  async begin(): Promise<void> {
    const { carrier, store, deviceId } = this.#means;
    carrier.onmessage = (message) => {
      const talk = "talk" in message ? decodeSetTalk(message.talk) : null;
      if (talk?.kind !== "recipients" || this.#isHanded) return;
      this.#isHanded = true;
      void this.#take(talk.signed).then((answer) => this.#say(answer));
    };
    carrier.onclose = () => undefined;
    const generation = (await store.read(deviceId))?.generation ?? 0;
    this.#say({ kind: "holds", generation });
  }

  close(): void {
    this.#means.carrier.close();
  }

  #say(talk: SetTalk): void {
    this.#means.carrier.send({ talk: encodeSetTalk(talk) });
  }

  async #take(signed: Bytes): Promise<SetTalk> {
    const refuse = (why: SetRefusal): SetTalk => ({ kind: "refused", why });
    try {
      const { store, deviceId, controlKey, obey } = this.#means;
      const identity = await store.read(deviceId);
      // Paired with another hub since this one proved its key.
      if (!identity?.controlKey || !equal(identity.controlKey, controlKey)) return refuse("recipients");
      const { generation } = await checkRecipients(
        await importPublicKey(controlKey),
        identity.number,
        signed,
      );
      // [RP26] Where the word on it was lost, it is said again.
      if (!isHeld(identity, signed)) {
        if (generation <= identity.generation) return refuse("old");
        await store.pin(deviceId, controlKey, signed, generation);
      }
      await obey();
      return { kind: "acknowledged", envelope: await acknowledgeRecipients(identity.privateKey, signed) };
    } catch (error) {
      if (faultCode(error) === "recipients") return refuse("recipients");
      console.error(error);
      return refuse("failed");
    }
  }
}

const isHeld = ({ recipients }: CameraIdentity, signed: Bytes): boolean =>
  recipients !== null && equal(recipients, signed);
