import { type CardInside, cardIdOf, type HubApi, placeOf, startHub } from "../../apparatus/index.ts";
import { type Connection, faultCode, transfer } from "../../base/index.ts";
import { hasCardPasskeys, makeCardPasskey } from "./card-passkey.ts";
import { CardPlaces } from "./card-places.ts";
import { secretOf } from "./card-secret.ts";
import { download } from "./download.ts";
import { IdleLock } from "./idle-lock.ts";
import { idleChoices, keepIdleMinutes, keptIdleMinutes } from "./kept-idle.ts";
import { KeyDelivery } from "./key-delivery.ts";
import { Model } from "./model.ts";
import type { CardChanges, CardsSnapshot, CardWay } from "./snapshots.ts";

/** `/cards`: makes, opens, changes, moves and erases memory cards. */
export class CardsModel extends Model<CardsSnapshot> {
  #hub: Connection<HubApi>;
  /** Nothing that goes on may be cut off. */
  readonly #idle = new IdleLock({ isBusy: () => this.snapshot.busy !== null, lock: () => this.#lock() });

  readonly #delivery = new KeyDelivery({
    remote: () => this.#hub.remote,
    ondelivered: () => void this.#refresh().catch(() => undefined),
  });
  readonly #places = new CardPlaces({
    remote: () => this.#hub.remote,
    changed: async (places) => {
      this.show({ places });
      const place = placeOf(this.snapshot.opened?.id ?? "");
      if (place !== null && !places.open.some(({ key }) => key === place)) this.#close();
      await this.#listNow();
    },
    gone: (wasOpen) => {
      if (!wasOpen) return;
      this.#close();
      this.show({ fault: "card-removed" });
    },
    failed: (fault) => this.show({ fault }),
  });

  constructor() {
    super({
      ...{ places: null },
      ...{ cards: null, busy: null, fault: null, opened: null },
      idle: { minutes: keptIdleMinutes(), choices: idleChoices },
    });
    this.#hub = this.#connect();
    this.show({ setIdle: this.#setIdle, places: this.#places.now });
    void this.#do(null, () => this.#list());
    this.#deliver();
  }

  override dispose(): void {
    super.dispose();
    this.#idle.end();
    this.#delivery.end();
    this.#places.dispose();
    this.#hub.close();
  }

  #deliver(): void {
    void this.#delivery.look().catch(() => undefined);
  }

  /** A camera has acknowledged its keys: the card, and what is said of them, is another. */
  async #refresh(): Promise<void> {
    const { remote } = this.#hub;
    const keys = await remote.keys();
    const inside = this.snapshot.opened && (await remote.inside());
    const { opened } = this.snapshot;
    if (this.disposed || !opened || !inside || remote !== this.#hub.remote) return;
    const { recoveryCode } = opened.inside;
    this.show({ opened: { ...opened, keys, inside: { ...inside, recoveryCode } } });
  }

  #connect(): Connection<HubApi> {
    return startHub((fault) => {
      if (this.disposed) return;
      // The card was open in that worker only.
      this.#hub = this.#connect();
      this.#idle.end();
      this.show({ ...none, fault, opened: null });
      this.#offer();
      this.#places.insertAgain();
    });
  }

  /** Ends the worker, and with it what it holds of the card. */
  #lock(): void {
    this.#hub.close();
    this.#hub = this.#connect();
    this.show({ ...none, opened: null, fault: "card-idle" });
    this.#offer();
    this.#places.insertAgain();
  }

  async #list(): Promise<void> {
    this.show({ cards: await this.#hub.remote.cards() });
  }

  /** Beside whatever goes on. A file without a card is put away at once. */
  async #listNow(): Promise<void> {
    try {
      await this.#list();
    } catch (error) {
      this.show({ fault: faultCode(error) });
      return;
    }
    if (this.snapshot.busy === null) this.#offer();
    const { cards, places } = this.snapshot;
    const empty = places?.open.find(
      ({ kind, key }) => kind === "file" && !cards?.some(({ place }) => place === key),
    );
    if (!empty) return;
    this.show({ fault: "file-no-card" });
    empty.takeOut();
  }

  #setIdle = (minutes: number): void => {
    keepIdleMinutes(minutes);
    this.show({ idle: { minutes: keptIdleMinutes(), choices: idleChoices } });
  };

  #make = (name: string, password: string, place: string | null): Promise<boolean> =>
    this.#do("making", async () => {
      await this.#hub.remote.make(name, password, place);
      // A browser short of room may throw away what lies here, and with it keys nobody else has, unless it is asked not to.
      void navigator.storage?.persist?.();
      await this.#list();
    });

  #open = (id: string, way: CardWay): Promise<boolean> =>
    this.#do("opening", async () => {
      const { wrongAttempts, due } = await this.#hub.remote.open(id, await secretOf(id, way));
      const isRecovered = way === "passkey" || "recoveryCode" in way;
      const said = { wrongAttempts, due };
      const [inside, keys] = await Promise.all([this.#hub.remote.inside(), this.#hub.remote.keys()]);
      this.show({ opened: { id, inside, keys, said, isRecovered } });
      this.#idle.begin();
    });

  #close = (): void => {
    this.#idle.end();
    this.show({ opened: null, close: undefined, changes: undefined });
    void this.#hub.remote.close();
  };

  #copy = async (id: string): Promise<void> => {
    const name = this.#nameOf(id);
    await this.#do("copying", async () => {
      const text = await this.#hub.remote.copy(id);
      download(`${name}.sealcard`, new Blob([text], { type: "application/json" }));
    });
  };

  #lay = (id: string, place: string | null, moves: boolean): Promise<boolean> =>
    this.#do("copying", async () => {
      const copy = await this.#hub.remote.layCopy(id, place, moves);
      const { opened } = this.snapshot;
      if (moves && opened?.id === id) this.show({ opened: { ...opened, id: copy } });
      await this.#list();
    });

  #erase = async (id: string): Promise<void> => {
    await this.#do("erasing", async () => {
      await this.#hub.remote.erase(id);
      if (this.snapshot.opened?.id === id) this.#close();
      await this.#list();
    });
  };

  #nameOf(id: string): string {
    return this.snapshot.cards?.find((card) => card.id === id)?.name ?? "";
  }

  /** Changes the open card. A password that another tab changed locks it here. */
  #change(act: () => Promise<CardInside>): Promise<boolean> {
    return this.#do("changing", async () => {
      try {
        const inside = await act();
        const { opened } = this.snapshot;
        // A code that is being shown stays until it is put away.
        const recoveryCode = inside.recoveryCode ?? opened?.inside.recoveryCode ?? null;
        const keys = await this.#hub.remote.keys();
        if (opened) this.show({ opened: { ...opened, keys, inside: { ...inside, recoveryCode } } });
        await this.#list();
      } catch (error) {
        if (["password-changed", "card-rolled-back"].includes(faultCode(error))) this.#close();
        throw error;
      }
    });
  }

  #changePassword = async (password: string): Promise<boolean> => {
    const isChanged = await this.#change(() => this.#hub.remote.changePassword(password));
    const { opened } = this.snapshot;
    if (!isChanged || !opened) return isChanged;
    const said = { ...opened.said, due: { state: "no" } } as const;
    this.show({ opened: { ...opened, said, isRecovered: false } });
    this.#offer();
    return true;
  };

  #addPasskey = (): Promise<boolean> =>
    this.#change(async () => {
      const { id = "" } = this.snapshot.opened ?? {};
      const output = await makeCardPasskey(cardIdOf(id), this.#nameOf(id));
      return this.#hub.remote.addPasskey(transfer(output, [output.buffer]));
    });

  /** New keys are handed over as soon as the camera is met. */
  async #rekeyed(act: () => Promise<CardInside>): Promise<boolean> {
    const isDone = await this.#change(act);
    this.#deliver();
    return isDone;
  }

  #hideCode = (): void => {
    const { opened } = this.snapshot;
    if (opened) this.show({ opened: { ...opened, inside: { ...opened.inside, recoveryCode: null } } });
    this.#offer();
  };

  /** What is possible with the open card: while its password is due, only to change it. */
  #changes(): CardChanges | undefined {
    const { opened, cards } = this.snapshot;
    const { remote } = this.#hub;
    if (!opened) return undefined;
    if (opened.said.due.state === "now") return { changePassword: this.#changePassword };
    return {
      changePassword: this.#changePassword,
      addRecovery: () => this.#change(() => remote.addRecovery()),
      ...(hasCardPasskeys() && { addPasskey: this.#addPasskey }),
      dropWay: (way) => this.#change(() => remote.dropWay(way)),
      setRule: (days) => this.#change(() => remote.setRule(days)),
      setAccount: (account) => this.#change(() => remote.setAccount(account)),
      addBlank: (number, name) => this.#change(() => remote.addBlank(number, name)),
      setRights: (number, rights) => this.#change(() => remote.setRights(number, rights)),
      eraseCamera: (number) => this.#change(() => remote.eraseCamera(number)),
      eraseAllCameras: () => this.#change(() => remote.eraseAllCameras()),
      rekey: (numbers, without) => this.#rekeyed(() => remote.rekey(numbers, without)),
      ...((cards?.length ?? 0) > 1 && {
        addCard: (number, to, password) => this.#rekeyed(() => remote.addCard(number, to, { password })),
      }),
      ...(opened.inside.recoveryCode !== null && { hideCode: this.#hideCode }),
      ...((cards?.length ?? 0) > 1 && {
        copyCamera: (number, to, password, moves) =>
          this.#change(() => remote.copyCamera(number, to, { password }, moves)),
      }),
    };
  }

  #offer(): void {
    this.show({
      ...{ make: this.#make, open: this.#open, erase: this.#erase, copy: this.#copy },
      lay: this.#lay,
      ...{ close: this.snapshot.opened ? this.#close : undefined, changes: this.#changes() },
    });
  }

  /** One thing at a time: while it lasts no other action is possible. True when it went well. */
  async #do(busy: CardsSnapshot["busy"], act: () => Promise<void>): Promise<boolean> {
    if (this.snapshot.busy !== null) return false;
    const { remote } = this.#hub;
    // What somebody has typed into an open card stays there while it is written.
    this.show({ ...(busy !== "changing" && none), busy, fault: null });
    let fault: string | null = null;
    try {
      await act();
    } catch (error) {
      fault = faultCode(error);
    }
    // Ended meanwhile, or locked: another worker is there.
    if (this.disposed || remote !== this.#hub.remote) return false;
    this.show({ busy: null, fault });
    this.#offer();
    return fault === null;
  }
}

const none = {
  ...{ busy: null, make: undefined, open: undefined, erase: undefined, copy: undefined },
  lay: undefined,
  ...{ close: undefined, changes: undefined },
};
