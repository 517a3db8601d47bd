import { startHub } from "../../apparatus/index.ts";
import { faultCode } from "../../base/index.ts";
import { download } from "./download.ts";
import { Model } from "./model.ts";
import type { CardsSnapshot } from "./snapshots.ts";

/** `/cards`: makes, opens and erases memory cards on this device. */
export class CardsModel extends Model<CardsSnapshot> {
  readonly #hub = startHub((fault) => this.show({ fault, busy: null, make: undefined, open: undefined }));

  constructor() {
    super({ cards: null, busy: null, fault: null, opened: null });
    void this.#do(null, () => this.#list());
  }

  override dispose(): void {
    super.dispose();
    this.#hub.close();
  }

  async #list(): Promise<void> {
    this.show({ cards: await this.#hub.remote.cards() });
  }

  #make = (name: string, password: string): Promise<boolean> =>
    this.#do("making", async () => {
      await this.#hub.remote.make(name, password);
      // A browser short of room may throw away what lies here, and with it keys nobody else has, unless it is asked not to.
      void navigator.storage?.persist?.();
      await this.#list();
    });

  #open = (id: string, password: string): Promise<boolean> =>
    this.#do("opening", async () => {
      this.show({ opened: { id, cameras: await this.#hub.remote.open(id, password) } });
    });

  #close = (): void => {
    this.show({ opened: null, close: undefined });
    void this.#hub.remote.close();
  };

  #copy = async (id: string): Promise<void> => {
    const name = this.snapshot.cards?.find((card) => card.id === id)?.name ?? "";
    await this.#do("copying", async () => {
      const text = await this.#hub.remote.copy(id);
      download(`${name}.sealcam-card.json`, new Blob([text], { type: "application/json" }));
    });
  };

  #erase = async (id: string): Promise<void> => {
    await this.#do("erasing", async () => {
      await this.#hub.remote.erase(id);
      if (this.snapshot.opened?.id === id) this.#close();
      await this.#list();
    });
  };

  /** One thing at a time: while it lasts no other action is possible. True when it went well. */
  async #do(busy: CardsSnapshot["busy"], act: () => Promise<void>): Promise<boolean> {
    this.show({
      busy,
      fault: null,
      make: undefined,
      open: undefined,
      erase: undefined,
      copy: undefined,
      close: undefined,
    });
    let fault: string | null = null;
    try {
      await act();
    } catch (error) {
      fault = faultCode(error);
    }
    if (this.disposed) return false;
    const close = this.snapshot.opened ? this.#close : undefined;
    this.show({
      busy: null,
      fault,
      make: this.#make,
      open: this.#open,
      erase: this.#erase,
      copy: this.#copy,
      close,
    });
    return fault === null;
  }
}
