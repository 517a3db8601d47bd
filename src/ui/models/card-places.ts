import type { CardPlacesApi, PlaceEvents } from "../../apparatus/index.ts";
import { Fault, faultCode, proxy, type Remote } from "../../base/index.ts";
import { type Folder, folderMedium, pickedMedium } from "../../card/file-store.dom.ts";
import type { CardMedium } from "../../card/index.ts";
import { type CardDevice, cardDeviceFilter, openCardDevice } from "../../card/usb-store.dom.ts";
import { download } from "./download.ts";
import type { CardPlaceNow, CardPlacesNow } from "./snapshots.ts";

/** What a page does about places. */
export interface CardPlacesMeans {
  readonly remote: () => Remote<CardPlacesApi>;
  /** The places are others now, and so may be the cards. */
  readonly changed: (places: CardPlacesNow) => Promise<void>;
  /** One was pulled out. `wasOpen`: a card from it was open, and is shut. */
  readonly gone: (wasOpen: boolean) => void;
  /** null: a new attempt begins. */
  readonly failed: (fault: string | null) => void;
}

/** What is open beside this browser: the page holds it, its worker reads and writes there. */
interface Inserted {
  readonly kind: CardPlaceNow["kind"];
  readonly name: string;
  readonly medium: CardMedium;
  readonly close: () => Promise<void>;
  readonly key: string;
}

/** What some browsers have (File System Access, WebUSB), as far as it is used. */
interface Abilities {
  showDirectoryPicker?(options: { id: string; mode: "readwrite" }): Promise<Folder>;
}
interface UsbAbilities {
  usb?: { requestDevice(options: { filters: object[] }): Promise<CardDevice> };
}

/** Where cards lie beside this browser, while a page is open. */
export class CardPlaces {
  readonly #means: CardPlacesMeans;
  #open: Inserted[] = [];
  #count = 0;

  constructor(means: CardPlacesMeans) {
    this.#means = means;
  }

  get now(): CardPlacesNow {
    const open = this.#open.map(({ key, kind, name }) => ({
      ...{ key, kind, name },
      takeOut: () => void this.#takeOut(key),
    }));
    return {
      open,
      openFile: this.#openFile,
      ...("showDirectoryPicker" in globalThis && { openFolder: this.#openFolder }),
      ...("usb" in navigator && { openDevice: this.#openDevice }),
    };
  }

  /** Another worker is there: it is given what the one before had, before anything else that it is asked. */
  insertAgain(): void {
    for (const one of this.#open) this.#insert(one).catch(() => undefined);
  }

  /** Lets go of all of them. */
  dispose(): void {
    for (const { close } of this.#open) void close().catch(() => undefined);
    this.#open = [];
  }

  #openFolder = (): Promise<void> =>
    this.#add(async () => {
      const { showDirectoryPicker } = globalThis as Abilities;
      const folder = await showDirectoryPicker?.call(globalThis, { id: "sealcam-card", mode: "readwrite" });
      return folder && { kind: "folder", name: folder.name, medium: folderMedium(folder), close: nothing };
    });

  #openFile = (file: File): Promise<void> =>
    this.#add(async () => {
      const save = (name: string, text: string): void =>
        download(name, new Blob([text], { type: "application/json" }));
      return { kind: "file", name: file.name, medium: pickedMedium(file, save), close: nothing };
    });

  #openDevice = (): Promise<void> =>
    this.#add(async () => {
      const device = await (navigator as UsbAbilities).usb?.requestDevice({ filters: [cardDeviceFilter] });
      return device && { kind: "usb", ...(await openCardDevice(device)) };
    });

  async #add(choose: () => Promise<Omit<Inserted, "key"> | undefined>): Promise<void> {
    this.#means.failed(null);
    try {
      const chosen = await choose();
      if (!chosen) return;
      this.#count += 1;
      const one = { ...chosen, key: String(this.#count) };
      await this.#insert(one);
      this.#open = [...this.#open, one];
      await this.#means.changed(this.now);
    } catch (error) {
      // Who closes the browser's question wants nothing: AbortError of a folder, NotFoundError of a device.
      const isNo = error instanceof DOMException && ["AbortError", "NotFoundError"].includes(error.name);
      if (isNo) return;
      const isDenied = error instanceof DOMException && error.name === "NotAllowedError";
      this.#means.failed(faultCode(isDenied ? new Fault("medium-denied") : error));
    }
  }

  async #insert(one: Inserted): Promise<void> {
    const events: PlaceEvents = { ongone: (wasOpen) => void this.#gone(one, wasOpen) };
    await this.#means.remote().insert(one.key, proxy(one.medium), proxy(events));
  }

  async #gone(one: Inserted, wasOpen: boolean): Promise<void> {
    this.#drop(one);
    this.#means.gone(wasOpen);
    await this.#means.changed(this.now);
  }

  async #takeOut(key: string): Promise<void> {
    const one = this.#open.find((other) => other.key === key);
    if (!one) return;
    this.#drop(one);
    await this.#means.remote().takeOut(key);
    await this.#means.changed(this.now);
  }

  #drop(one: Inserted): void {
    this.#open = this.#open.filter((other) => other !== one);
    void one.close().catch(() => undefined);
  }
}

const nothing = async (): Promise<void> => undefined;
