import { startVerify, type VerifyApi } from "../../apparatus/index.ts";
import { type Connection, faultCode, proxy } from "../../base/index.ts";
import { Model } from "./model.ts";
import type { CheckedFile, OperatorSnapshot, StoredEntry, StoredName, StoredSnapshot } from "./snapshots.ts";
import { StoredRecordings } from "./stored-recordings.ts";

const keyOf = ({ camera, hash }: StoredName): string => `${camera}/${hash}`;

/**
 * `/operator`: judges what the server keeps of the cameras that this account manages, one recording after the other, with the camera's
 * number alone. It is given no card, so no picture is opened.
 */
export class OperatorModel extends Model<OperatorSnapshot> {
  readonly #stored = new StoredRecordings();
  readonly #wanted: string | null;
  #worker: Connection<VerifyApi> | null = null;
  readonly #checks = new Map<string, CheckedFile>();
  #isRunning = false;

  /** `camera`: the one that is asked about, 52 base32 characters; null: all of them. */
  constructor(camera: string | null) {
    super({ step: "reading", cameras: [], fault: null });
    this.#wanted = camera;
    this.#stored.subscribe((stored) => this.#take(stored));
    this.#take(this.#stored.snapshot);
  }

  override dispose(): void {
    super.dispose();
    this.#stored.dispose();
    this.#worker?.close();
  }

  #take({ step, cameras, fault, again }: StoredSnapshot): void {
    if (this.disposed) return;
    const managed = cameras.filter(({ mayManage }) => mayManage);
    const asked = managed.filter(({ number }) => this.#wanted === null || number === this.#wanted);
    this.show({
      ...{ step, fault, again },
      cameras: asked.map(({ number, owner, own, recordings }) => ({
        ...{ number, owner, own },
        recordings: (recordings ?? []).map((entry) => ({
          ...{ entry, check: this.#checks.get(keyOf({ camera: number, hash: entry.hash })) ?? null },
        })),
      })),
      check: this.#check,
      checkAll: this.#checkAll,
    });
  }

  #check = (name: StoredName): void => {
    const entry = this.#entryOf(name);
    const before = this.#checks.get(keyOf(name));
    if (!entry || before?.step === "waiting" || before?.step === "judging") return;
    this.#put(name, {
      ...{ id: keyOf(name), name: "", bytes: entry.bytes, step: "waiting", progress: 0 },
      ...{ judgement: null, cameraName: null, fault: null },
    });
    void this.#run();
  };

  #checkAll = (camera: string): void => {
    for (const { number, recordings } of this.snapshot.cameras)
      if (number === camera) for (const { entry } of recordings) this.#check({ camera, hash: entry.hash });
  };

  #entryOf({ camera, hash }: StoredName): StoredEntry | undefined {
    const asked = this.snapshot.cameras.find(({ number }) => number === camera);
    return asked?.recordings.find(({ entry }) => entry.hash === hash)?.entry;
  }

  #put(name: StoredName, check: CheckedFile): void {
    if (this.disposed) return;
    this.#checks.set(keyOf(name), check);
    this.#take(this.#stored.snapshot);
  }

  /** In the order in which they were asked for, one at a time. */
  async #run(): Promise<void> {
    if (this.#isRunning) return;
    this.#isRunning = true;
    for (;;) {
      const next = [...this.#checks].find(([, { step }]) => step === "waiting");
      if (!next || this.disposed) break;
      const [camera = "", hash = ""] = next[0].split("/");
      await this.#judge({ camera, hash }, next[1]);
    }
    this.#isRunning = false;
  }

  async #judge(name: StoredName, waiting: CheckedFile): Promise<void> {
    const say = (change: Partial<CheckedFile>): void => this.#put(name, { ...waiting, ...change });
    const onprogress = proxy((done: number) => {
      if (this.#checks.get(keyOf(name))?.step === "judging")
        say({ step: "judging", progress: done / Math.max(1, waiting.bytes) });
    });
    say({ step: "judging" });
    this.#worker ??= startVerify(() => {
      // The next one gets another worker; this one's fault comes by its call.
      this.#worker = null;
    });
    try {
      const judgement = await this.#worker.remote.judge(name, null, name.camera, onprogress);
      say({ step: "judged", progress: 1, judgement });
    } catch (error) {
      say({ step: "failed", fault: faultCode(error) });
    }
  }
}
