import { type OfferedCamera, startHub } from "../../apparatus/index.ts";
import { type Bytes, faultCode, fromBase64Url, proxy, transfer } from "../../base/index.ts";
import type { Membership } from "../../relay/client.dom.ts";
import { askServer } from "./account-server.ts";
import { CardPlaces } from "./card-places.ts";
import { secretOf } from "./card-secret.ts";
import { IdleLock } from "./idle-lock.ts";
import { Model } from "./model.ts";
import { registerCamera } from "./register-camera.ts";
import { joinEverywhere, refusalFault } from "./rooms.ts";
import type { CardWay, HubPairSnapshot } from "./snapshots.ts";

/** How long the relay goes on telling late comers what became of a link. ms */
const remembered = 24 * 60 * 60_000;

/** `/pair` on the device that holds the card: makes a link, compares the number, grants. */
export class HubPairModel extends Model<HubPairSnapshot> {
  #hub = startHub((fault) => this.#fail(fault));
  /** A link that is out ends by itself. */
  readonly #idle = new IdleLock({
    isBusy: () => ["link", "compare", "writing"].includes(this.snapshot.step),
    lock: () => this.#lock(),
  });
  readonly #places = new CardPlaces({
    remote: () => this.#hub.remote,
    changed: async (places) => {
      this.show({ places });
      if (this.snapshot.step === "choose-card") await this.#choose();
    },
    // What is under way cannot be written any more.
    gone: (wasOpen) => {
      if (!wasOpen) return;
      this.show({ cardName: null });
      this.#fail("card-removed");
    },
    failed: (fault) => this.show({ fault }),
  });
  #membership: Membership | null = null;
  #expiry: ReturnType<typeof setTimeout> | undefined;
  /** The key of the server that an account is signed in at. */
  #server: Bytes | null = null;
  /** The camera under way is to be the account's. */
  #registers = false;

  constructor() {
    super({
      ...{ role: "hub", step: "choose-card", cards: null, cardName: null, fault: null },
      places: null,
      ...{ link: null, waitingFor: null, camera: null, account: null, isRegistered: false },
    });
    this.show({ places: this.#places.now });
    void this.#choose();
    // Where there is no server, or nobody signed in, cameras are paired without one.
    this.#learn().catch(() => undefined);
  }

  override dispose(): void {
    super.dispose();
    this.#idle.end();
    clearTimeout(this.#expiry);
    void this.#membership?.leave();
    this.#places.dispose();
    this.#hub.close();
  }

  async #learn(): Promise<void> {
    const { name } = await askServer<{ name: string | null }>("account/open");
    if (name === null) return;
    const { serverKey } = await askServer<{ serverKey: string }>("passes/key");
    this.#server = fromBase64Url(serverKey);
    this.show({ account: name });
  }

  async #choose(): Promise<void> {
    try {
      const cards = await this.#hub.remote.cards();
      this.show({ step: "choose-card", cards, open: cards.length > 0 ? this.#open : undefined });
    } catch (error) {
      this.#fail(faultCode(error));
    }
  }

  #open = async (id: string, way: CardWay): Promise<boolean> => {
    this.show({ step: "opening", fault: null, open: undefined });
    try {
      await this.#hub.remote.open(id, await secretOf(id, way));
      const name = this.snapshot.cards?.find((card) => card.id === id)?.name ?? null;
      this.show({ cardName: name });
      this.#idle.begin();
      await this.#makeLink();
      return true;
    } catch (error) {
      this.show({ step: "choose-card", fault: faultCode(error), open: this.#open });
      return false;
    }
  };

  /** Nobody is there any more: the worker ends, and with it what it holds of the card. */
  #lock(): void {
    void this.#membership?.leave();
    this.#hub.close();
    this.#hub = startHub((fault) => this.#fail(fault));
    this.#places.insertAgain();
    this.show({ camera: null, link: null, restart: undefined, fault: "card-idle" });
    void this.#choose();
  }

  async #makeLink(): Promise<void> {
    const { remote } = this.#hub;
    const { fragment, expires, room, key } = await remote.link();
    if (this.disposed) return;
    const url = `${location.origin}/pair#${fragment}`;
    const thisDeviceOnly = /^(localhost|127\.[0-9.]+|\[::1\])$/.test(location.hostname);
    const link = { url, expires, thisDeviceOnly };
    this.show({
      ...{ step: "link", fault: null, camera: null, isRegistered: false, link },
      waitingFor: "camera",
    });
    this.show({ restart: undefined, confirm: undefined, reject: undefined });
    const close = (code: "used" | "expired") =>
      // What came of it matters little: the hub's worker refuses late and second cameras by itself.
      membership.leave({ code, until: expires + remembered });
    const membership = joinEverywhere({
      ...{ room, role: "host", prover: { key, prove: (request) => remote.prove(request) } },
      admits: async () => [key],
      onwaiting: () => undefined,
      onintroduced: ({ port }) => {
        const events = proxy({
          onoffered: (camera: OfferedCamera) => {
            // A pairing that has failed stays failed, whatever still comes over a channel from before.
            if (this.snapshot.step !== "link") return void remote.cancel();
            clearTimeout(this.#expiry);
            void close("used");
            const actions = { confirm: this.#confirm, reject: this.#reject };
            this.show({ step: "compare", camera, waitingFor: null, ...actions });
          },
          onpaired: () => void this.#paired(),
          onfailed: (code: string) => this.#fail(code),
        });
        void remote.meet(transfer(port, [port]), events);
      },
      onrefused: (code) => this.#fail(refusalFault(code)),
    });
    this.#membership = membership;
    clearTimeout(this.#expiry);
    const expire = (): void => {
      void close("expired");
      this.#fail("link-expired");
    };
    this.#expiry = setTimeout(expire, expires - Date.now());
  }

  #confirm = async (name: string, registers: boolean): Promise<void> => {
    this.#registers = registers && this.#server !== null;
    this.show({ step: "writing", waitingFor: "acknowledgement", confirm: undefined, reject: undefined });
    try {
      await this.#hub.remote.confirm(name, this.#registers ? this.#server : null);
    } catch (error) {
      this.#fail(faultCode(error));
    }
  };

  /** From here on the camera asks for passes where it is to be registered: what fails now can be done on the account's page. */
  async #paired(): Promise<void> {
    this.show({ step: "done", waitingFor: this.#registers ? "registration" : null, restart: this.#restart });
    const number = this.snapshot.camera?.number;
    if (!this.#registers || number === undefined) return;
    try {
      await registerCamera(this.#hub.remote, number);
      this.show({ isRegistered: true, waitingFor: null });
    } catch (error) {
      this.show({ waitingFor: null, fault: faultCode(error) });
    }
  }

  #reject = (): void => {
    void this.#hub.remote.reject();
    this.#fail("pairing-rejected");
  };

  #restart = (): void => {
    this.#makeLink().catch((error: unknown) => this.#fail(faultCode(error)));
  };

  #fail(fault: string): void {
    if (this.disposed || this.snapshot.step === "done" || this.snapshot.step === "failed") return;
    clearTimeout(this.#expiry);
    void this.#hub.remote.cancel().catch(() => undefined);
    const actions = { confirm: undefined, reject: undefined, restart: this.#restart };
    const isOpen = this.snapshot.cardName !== null && fault !== "worker-dead";
    this.show({ step: "failed", fault, waitingFor: null, ...actions });
    if (!isOpen) this.show({ restart: undefined });
  }
}
