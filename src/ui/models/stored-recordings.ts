import { storedPath } from "../../apparatus/index.ts";
import { faultCode, fromBase64Url, toBase32 } from "../../base/index.ts";
import { askServer } from "./account-server.ts";
import { copyName } from "./copy-name.ts";
import { downloadFrom } from "./download.ts";
import { Model } from "./model.ts";
import type { AccountCamera, StoredCamera, StoredName, StoredSnapshot } from "./snapshots.ts";
import { askListing, eraseStored, protectStored, type StoredListing } from "./stored-server.ts";

/** While something is being stored, the lists are read again this often. ms */
const lookInterval = 5_000;

/** What the server keeps of the cameras whose recordings this account may read: lists them, protects, erases. */
export class StoredRecordings extends Model<StoredSnapshot> {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #last: Promise<void> = Promise.resolve();

  /** `play`: goes to where a recording is played. */
  constructor(play?: (name: StoredName) => void) {
    super({ step: "reading", cameras: [], room: null, busy: null, fault: null });
    this.show({ play });
    void this.#do(null, async () => {});
  }

  override dispose(): void {
    super.dispose();
    clearTimeout(this.#timer);
  }

  #look = async (): Promise<void> => {
    const { name } = await askServer<{ name: string | null }>("account/open");
    if (name === null) return this.show({ step: "out", cameras: [], room: null });
    const { cameras } = await askServer<{ cameras: AccountCamera[] }>("cameras");
    const may = cameras.filter(({ rights }) => rights.recordings || rights.manage);
    const looked = await Promise.all(may.map(lookAt));
    this.show({
      step: "here",
      cameras: looked.map(({ camera }) => camera),
      room: looked.find(({ listing }) => listing?.room)?.listing?.room ?? null,
      ...{ save: this.#save, protect: this.#protect, erase: this.#erase },
    });
  };

  #save = ({ camera, hash }: StoredName): void => {
    const entry = this.snapshot.cameras
      .find(({ number }) => number === camera)
      ?.recordings?.find((one) => one.hash === hash);
    downloadFrom(`${copyName(entry?.first ?? 0, camera)}.sealed`, storedPath({ camera, hash }));
  };

  #protect = (name: StoredName, isProtected: boolean): Promise<void> =>
    this.#do(null, () => protectStored(name, isProtected));

  #erase = (name: StoredName): Promise<void> => this.#do("erasing", () => eraseStored(name));

  #again = (): Promise<void> => this.#do(null, async () => {});

  /** One thing at a time, and a look at what has become of it. */
  #do(busy: StoredSnapshot["busy"], act: () => Promise<void>): Promise<void> {
    clearTimeout(this.#timer);
    this.#last = this.#last.then(async () => {
      if (this.disposed) return;
      this.show({ busy, fault: null, again: undefined });
      let fault: string | null = null;
      try {
        await act();
      } catch (error) {
        fault = faultCode(error);
      }
      try {
        await this.#look();
      } catch (error) {
        const code = faultCode(error);
        // A host without accounts keeps nothing, and nothing went wrong.
        if (code === "account-none") this.show({ step: "none" });
        else fault ??= code;
      }
      if (this.disposed) return;
      this.show({ busy: null, fault, again: fault === null ? undefined : this.#again });
      this.#follow();
    });
    return this.#last;
  }

  /** What is being stored grows. */
  #follow(): void {
    const goesOn = this.snapshot.cameras.some(({ recordings }) => recordings?.some((one) => one.isWriting));
    clearTimeout(this.#timer);
    if (goesOn) this.#timer = setTimeout(() => void this.#again(), lookInterval);
  }
}

/** A camera whose list cannot be read says so itself: the others are shown. */
const lookAt = async (
  account: AccountCamera,
): Promise<{ readonly camera: StoredCamera; readonly listing: StoredListing | null }> => {
  const number = toBase32(fromBase64Url(account.number));
  const known = { number, owner: account.owner, own: account.own };
  try {
    const listing = await askListing(number);
    const { recordings, mayManage } = listing;
    return { camera: { ...known, recordings, mayManage, fault: null }, listing };
  } catch (error) {
    const fault = faultCode(error);
    return { camera: { ...known, recordings: null, mayManage: false, fault }, listing: null };
  }
};
