import { type Bytes, concat } from "../base/index.ts";

/** The whole body of a request or an answer: "long" where it has more than `most` bytes, "slow" where it takes more than `patience` ms. Neither is read on. */
export const bodyOf = async (
  { headers, body }: Pick<Request, "headers" | "body">,
  most: number,
  patience: number,
): Promise<Bytes | "long" | "slow"> => {
  if (Number(headers.get("content-length") ?? 0) > most) return "long";
  const reader = body?.getReader();
  if (!reader) return new Uint8Array(0);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<"slow">((resolve) => {
    timer = setTimeout(() => resolve("slow"), patience);
  });
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for (;;) {
      const read = await Promise.race([reader.read(), late]);
      if (read === "slow") return read;
      if (read.done) return concat(...parts);
      length += read.value.length;
      if (length > most) return "long";
      parts.push(read.value);
    }
  } finally {
    clearTimeout(timer);
    reader.cancel().catch(() => undefined);
  }
};
