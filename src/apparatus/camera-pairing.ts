import {
  type Grant,
  type LinkKeys,
  linkKeys,
  makeAcknowledgement,
  makeOffer,
  makeWithdrawal,
  type PairingLink,
  readGrant,
  readLink,
  readRefusal,
  type Transcript,
} from "../auth/index.ts";
import { type Bytes, equal, Fault, faultCode, thumbprint } from "../base/index.ts";
import type { Carrier } from "../relay/index.ts";
import type { CameraPairingEvents, Replaced } from "./camera.api.ts";
import type { CameraIdentity, CameraStore } from "./camera-store.ts";

/** The camera's side of one pairing: offers itself, waits for the hub's grant and the person's word, in any order. */
export class CameraPairing {
  readonly link: PairingLink;
  readonly keys: LinkKeys;
  /** What ends if this pairing succeeds. */
  readonly replaces: Replaced | null;
  readonly #store: CameraStore;
  readonly #identity: CameraIdentity;
  readonly #label: string;
  #carrier: Carrier | null = null;
  #events: CameraPairingEvents | null = null;
  #transcript: Transcript | null = null;
  #grant: (Grant & { readonly transcript: Transcript }) | null = null;
  #agreed = false;
  #over = false;
  /** What arrived is heard one after the other, the carrier's end behind all of it. */
  #heard: Promise<void> = Promise.resolve();

  private constructor(
    store: CameraStore,
    identity: CameraIdentity,
    label: string,
    link: PairingLink,
    keys: LinkKeys,
    replaces: Replaced | null,
  ) {
    this.#store = store;
    this.#identity = identity;
    this.#label = label;
    this.link = link;
    this.keys = keys;
    this.replaces = replaces;
  }

  static async begin(
    store: CameraStore,
    fragment: string,
    device: { readonly deviceId: string; readonly label: string },
  ): Promise<CameraPairing> {
    const link = readLink(fragment);
    const identity = await store.identify(device.deviceId);
    const label = device.label.slice(0, 200).toWellFormed();
    return new CameraPairing(
      store,
      identity,
      label,
      link,
      await linkKeys(link),
      await replacedBy(link, identity),
    );
  }

  get identity(): CameraIdentity {
    return this.#identity;
  }

  async meet(carrier: Carrier, events: CameraPairingEvents): Promise<void> {
    if (this.#carrier) throw new TypeError("this pairing has met its hub");
    this.#carrier = carrier;
    this.#events = events;
    const then = (act: () => Promise<void> | void): void => {
      this.#heard = this.#heard.then(act).catch((error: unknown) => this.#fail(faultCode(error)));
    };
    carrier.onclose = () => then(() => this.#fail("link-unanswered"));
    const { privateKey, publicKey, generation } = this.#identity;
    const offer = { privateKey, publicKey, label: this.#label, generation };
    const { message, transcript } = await makeOffer(this.keys.mac, offer);
    this.#transcript = transcript;
    carrier.onmessage = (arrived) => {
      if ("talk" in arrived) then(() => this.#hear(arrived.talk));
    };
    carrier.send({ talk: message });
  }

  async agree(): Promise<void> {
    this.#agreed = true;
    await this.#finish();
  }

  async disagree(): Promise<void> {
    // A set that is being kept, or was, cannot be refused any more: the hub takes a no for never.
    if (this.#over) return;
    this.#over = true;
    if (this.#transcript) {
      const { privateKey } = this.#identity;
      const message = await makeWithdrawal(this.keys.mac, this.#transcript, privateKey);
      this.#carrier?.send({ talk: message });
    }
    this.#end("pairing-rejected");
  }

  async #hear(message: Bytes): Promise<void> {
    if (this.#over || !this.#transcript) return;
    const refused = await readRefusal(this.keys.mac, message);
    if (refused) return this.#fail(refused === "used" ? "link-used" : "pairing-rejected");
    // One grant only: a second one, even a valid one, is not what the person agreed to.
    if (this.#grant) return this.#fail("pairing-mac");
    const own = { number: this.#identity.number, hub: this.link.hub };
    try {
      this.#grant = await readGrant(this.keys.mac, this.#transcript, own, message);
      await this.#finish();
    } catch (error) {
      this.#fail(faultCode(error));
    }
  }

  /** With both the hub's grant and the person's word: keep the set, then acknowledge it. */
  async #finish(): Promise<void> {
    const grant = this.#grant;
    if (!grant || !this.#agreed || this.#over) return;
    this.#over = true;
    try {
      const { deviceId, privateKey } = this.#identity;
      await this.#store.pin(deviceId, grant.controlKey.raw, grant.signed, grant.set.generation);
      const { transcript, signed } = grant;
      const said = await makeAcknowledgement(this.keys.mac, transcript, privateKey, signed);
      this.#carrier?.send({ talk: said.message });
      this.#events?.onpaired();
    } catch (error) {
      this.#over = false;
      this.#fail(faultCode(error));
    }
  }

  #fail(code: string): void {
    if (this.#over) return;
    this.#over = true;
    this.#end(code);
  }

  #end(code: string): void {
    this.#carrier?.close();
    if (this.#events) this.#events.onfailed(code);
    else throw new Fault(code);
  }
}

/** Whether the link is of the hub that the camera obeys already. */
const replacedBy = async (link: PairingLink, { controlKey }: CameraIdentity): Promise<Replaced | null> => {
  if (controlKey === null) return null;
  return equal(await thumbprint(controlKey), link.hub) ? "pairing" : "hub";
};
