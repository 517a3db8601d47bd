import { opfsRecordings } from "../../apparatus/index.ts";
import { faultCode } from "../../base/index.ts";
import { download } from "./download.ts";
import { Model } from "./model.ts";
import type { RecordingsSnapshot } from "./snapshots.ts";

/** `/recordings`: what this device has recorded; saves a copy, erases. Playing and retention come to stand here. */
export class RecordingsModel extends Model<RecordingsSnapshot> {
  readonly #store = opfsRecordings();

  constructor() {
    super({ recordings: null, fault: null });
    void this.#do(() => this.#list());
  }

  async #list(): Promise<void> {
    this.show({ recordings: await this.#store.list() });
  }

  #save = (name: string): Promise<void> =>
    this.#do(async () => {
      const file = await this.#store.read(name);
      const recording = this.snapshot.recordings?.find((one) => one.name === name);
      const begun = new Date(recording?.begun ?? 0).toISOString().replace(/\.\d+Z$/, "Z");
      download(`${begun} ${recording?.number.slice(0, 8) ?? ""}.sealed`, file);
    });

  #erase = (name: string): Promise<void> =>
    this.#do(async () => {
      await this.#store.erase(name);
      await this.#list();
    });

  /** One thing at a time. */
  async #do(act: () => Promise<void>): Promise<void> {
    this.show({ fault: null, save: undefined, erase: undefined });
    let fault: string | null = null;
    try {
      await act();
    } catch (error) {
      fault = faultCode(error);
    }
    if (this.disposed) return;
    this.show({ fault, save: this.#save, erase: this.#erase });
  }
}
