import { type Bytes, concat, Fault, isFault, sha256, utf8 } from "../base/index.ts";
import type { CardFault } from "./fault.ts";
import { type CardMedium, LONGEST_FILE } from "./medium.ts";
import {
  decodeUsbHeader,
  encodeUsbFrame,
  foreign,
  USB_CHUNK,
  USB_HEADER,
  USB_PAYLOAD,
  uint32,
  usbCommands,
  usbName,
  usbStatus,
} from "./usb-frame.ts";

/** What is used of a USBDevice (WebUSB §6). */
export interface CardDevice {
  readonly configuration: { readonly interfaces: readonly CardDeviceInterface[] } | null;
  open(): Promise<void>;
  close(): Promise<void>;
  selectConfiguration(value: number): Promise<void>;
  claimInterface(number: number): Promise<void>;
  selectAlternateInterface(number: number, setting: number): Promise<void>;
  transferOut(
    endpoint: number,
    bytes: Bytes,
  ): Promise<{ readonly status?: string; readonly bytesWritten: number }>;
  transferIn(
    endpoint: number,
    length: number,
  ): Promise<{ readonly status?: string; readonly data?: DataView | undefined }>;
}

export interface CardDeviceInterface {
  readonly interfaceNumber: number;
  readonly alternates: readonly {
    readonly alternateSetting: number;
    readonly interfaceClass: number;
    readonly interfaceSubclass: number;
    readonly interfaceProtocol: number;
    readonly endpoints: readonly {
      readonly endpointNumber: number;
      readonly direction: "in" | "out";
      readonly type: string;
    }[];
  }[];
}

/** [CU1] What a browser is asked for. */
export const cardDeviceFilter = { classCode: 0xff, subclassCode: 0x53, protocolCode: 0x01 } as const;

/** A device that answered, and what it calls itself. */
export interface OpenedDevice {
  readonly name: string;
  readonly medium: CardMedium;
  close(): Promise<void>;
}

/** Cards on a device that speaks USB.md. `patience`: how long one transfer may take, in ms. Faults "medium-foreign", "medium-gone", "medium-denied". */
export async function openCardDevice(device: CardDevice, patience = 5_000): Promise<OpenedDevice> {
  const link = await claim(device);
  let sequence = 0;
  let last: Promise<unknown> = Promise.resolve();
  const inTime = async <T>(act: Promise<T>): Promise<T> => {
    const { promise, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => reject(new Fault<CardFault>("medium-gone", { why: "silent" })), patience);
    try {
      return await Promise.race([act, promise]);
    } catch (cause) {
      if (isFault(cause)) throw cause;
      throw new Fault<CardFault>("medium-gone", {}, { cause });
    } finally {
      clearTimeout(timer);
    }
  };
  const send = async (bytes: Bytes): Promise<void> => {
    const { status, bytesWritten } = await inTime(device.transferOut(link.out, bytes));
    if (status !== "ok" || bytesWritten !== bytes.length)
      throw new Fault<CardFault>("medium-gone", { why: "cut off" });
  };
  /** The answer's payload, behind its status. */
  const receive = async (command: number, mine: number): Promise<{ status: number; body: Bytes }> => {
    let got: Bytes = new Uint8Array(0);
    const until = async (length: number): Promise<void> => {
      while (got.length < length) {
        const { status, data } = await inTime(device.transferIn(link.in, USB_HEADER + USB_PAYLOAD));
        if (status !== "ok" || !data) throw new Fault<CardFault>("medium-gone", { why: "cut off" });
        got = concat(
          got,
          new Uint8Array(
            data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength) as ArrayBuffer,
          ),
        );
      }
    };
    await until(USB_HEADER);
    const header = decodeUsbHeader(got);
    await until(USB_HEADER + header.length);
    const isOurs = header.command === (command | 0x80) && header.sequence === mine;
    if (!isOurs || header.length < 1 || got.length !== USB_HEADER + header.length) throw foreign("answer");
    return { status: got[USB_HEADER] as number, body: got.slice(USB_HEADER + 1) };
  };
  /** [CU3] One at a time. */
  const ask = (
    command: keyof typeof usbCommands,
    ...parts: Bytes[]
  ): Promise<{ status: number; body: Bytes }> => {
    const code = usbCommands[command];
    const asked = last.then(async () => {
      sequence = (sequence + 1) & 0xffff;
      await send(encodeUsbFrame(code, sequence, concat(...parts)));
      return receive(code, sequence);
    });
    last = asked.catch(() => undefined);
    return asked;
  };
  const done = async (command: keyof typeof usbCommands, ...parts: Bytes[]): Promise<Bytes> => {
    const { status, body } = await ask(command, ...parts);
    if (status === usbStatus.full) throw new Fault<CardFault>("medium-full");
    if (status !== usbStatus.done) throw foreign(`status ${status}`);
    return body;
  };

  const hello = await done("hello");
  if (hello.length < 4) throw foreign("hello");
  const longest = new DataView(hello.buffer).getUint32(0, true);
  let acts: Promise<unknown> = Promise.resolve();
  /** Whole acts one after the other; only `check` goes between their frames. */
  const inTurn =
    <A extends unknown[], T>(act: (...given: A) => Promise<T>) =>
    (...given: A): Promise<T> => {
      const mine = acts.then(() => act(...given));
      acts = mine.catch(() => undefined);
      return mine;
    };
  const medium: CardMedium = {
    list: inTurn(async () => {
      const names: string[] = [];
      for (let at = 0; at < 0xffff; at += 1) {
        const name = await done("list", uint32(at).slice(0, 2));
        if (name.length === 0) break;
        if (name[0] !== name.length - 1) throw foreign("name");
        names.push(textOf(name.subarray(1)));
      }
      return names;
    }),
    read: inTurn(async (name: string) => {
      let bytes: Bytes = new Uint8Array(0);
      for (;;) {
        const { status, body } = await ask("read", usbName(name), uint32(bytes.length));
        if (status === usbStatus.none && bytes.length === 0) return null;
        if (status !== usbStatus.done || body.length < 4) throw foreign("read");
        const whole = new DataView(body.buffer).getUint32(0, true);
        if (whole > LONGEST_FILE) return null;
        bytes = concat(bytes, body.subarray(4));
        if (bytes.length > whole || (body.length === 4 && bytes.length < whole)) throw foreign("read");
        if (bytes.length === whole) return textOf(bytes);
      }
    }),
    write: inTurn(async (name: string, text: string) => {
      const bytes = utf8(text);
      if (bytes.length > longest) throw new Fault<CardFault>("medium-full", { most: longest });
      await done("begin", usbName(name), uint32(bytes.length), await sha256(bytes));
      for (let at = 0; at < bytes.length; at += USB_CHUNK)
        await done("data", uint32(at), bytes.slice(at, at + USB_CHUNK));
      await done("commit");
    }),
    remove: inTurn(async (name: string) => {
      const { status } = await ask("remove", usbName(name));
      if (status !== usbStatus.done && status !== usbStatus.none) throw foreign(`status ${status}`);
    }),
    check: async () => void (await done("hello")),
  };
  return { name: textOf(hello.subarray(4)), medium, close: () => device.close() };
}

/** [CU1] */
async function claim(device: CardDevice): Promise<{ in: number; out: number }> {
  try {
    await device.open();
    if (device.configuration === null) await device.selectConfiguration(1);
  } catch (cause) {
    throw new Fault<CardFault>("medium-denied", {}, { cause });
  }
  for (const { interfaceNumber, alternates } of device.configuration?.interfaces ?? []) {
    const setting = alternates.find(
      (one) =>
        one.alternateSetting === 0 &&
        one.interfaceClass === cardDeviceFilter.classCode &&
        one.interfaceSubclass === cardDeviceFilter.subclassCode &&
        one.interfaceProtocol === cardDeviceFilter.protocolCode,
    );
    const end = (direction: "in" | "out"): number | undefined =>
      setting?.endpoints.find((one) => one.direction === direction && one.type === "bulk")?.endpointNumber;
    const [into, out] = [end("in"), end("out")];
    if (into === undefined || out === undefined) continue;
    try {
      await device.claimInterface(interfaceNumber);
      await device.selectAlternateInterface(interfaceNumber, 0);
    } catch (cause) {
      // Another tab, or another program, has it.
      throw new Fault<CardFault>("medium-denied", {}, { cause });
    }
    return { in: into, out };
  }
  throw foreign("interface");
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw foreign("text");
  }
}
