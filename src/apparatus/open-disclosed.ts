import { type Bytes, faultCode, fromUtf8 } from "../base/index.ts";
import type { ByteSource, FrameFields } from "../seal/index.ts";
import { type DisclosedJudgeOptions, type DisclosedReport, judgeDisclosed } from "../verify/index.ts";
import { PictureOpener } from "./picture-opener.ts";
import type { DisclosedContent } from "./verify.api.ts";

interface OpenOptions extends Omit<DisclosedJudgeOptions, "onframe"> {
  /** Called before each picture is decoded; what it throws ends it. */
  readonly onstep: () => void;
}

/**
 * Judges a disclosed picture and makes what it shows. `content` is null unless the judge gave out the frames: whoever gets one may show it
 * beside the verdict [SD4]. Of coded video the run is decoded from its key frame, and the last picture kept.
 */
export const openDisclosed = async (
  source: ByteSource,
  { onstep, ...options }: OpenOptions,
): Promise<{ report: DisclosedReport; content: DisclosedContent | null }> => {
  const { sensor } = options;
  const run: { readonly fields: FrameFields; readonly bytes: Bytes }[] = [];
  let raw: VideoFrame | null = null;
  try {
    const report = await judgeDisclosed(source, {
      ...options,
      onframe: ({ fields }, bytes) => {
        if (bytes) run.push({ fields, bytes });
        // It lies opened in the sensor during this call only.
        else if (fields.kind === "raw") raw = sensor.picture(fields.colorSpace, fields.captured * 1000);
      },
    });
    const last = run.at(-1);
    if (raw) return { report, content: await shown(raw) };
    if (!last) return { report, content: null };
    const { kind } = last.fields;
    if (kind === "sound") return { report, content: { what: "sound" } };
    if (kind === "text") return { report, content: { what: "text", words: fromUtf8(last.bytes) } };
    return { report, content: await decoded(run, onstep) };
  } finally {
    for (const { bytes } of run) bytes.fill(0);
  }
};

const decoded = async (
  run: readonly { readonly fields: FrameFields; readonly bytes: Bytes }[],
  onstep: () => void,
): Promise<DisclosedContent> => {
  // An image among video is disclosed with it, and no decoder's [SF25].
  const chain = run.filter(({ fields }) => run.length === 1 || fields.kind !== "image");
  const opener = new PictureOpener();
  let last: VideoFrame | null = null;
  try {
    for (const { fields, bytes } of chain) {
      onstep();
      last?.close();
      last = null;
      last = await opener.open(fields, bytes);
    }
    const whole = last;
    last = null;
    return whole ? await shown(whole) : { what: "codec" };
  } catch (error) {
    if (faultCode(error) === "codec") return { what: "codec" };
    throw error;
  } finally {
    last?.close();
    opener.close();
  }
};

/** As a bitmap: the page may keep it for as long as the report stands, and a decoder wants its frames back. Closes the frame. */
const shown = async (frame: VideoFrame): Promise<DisclosedContent> => {
  try {
    return { what: "picture", picture: await createImageBitmap(frame) };
  } finally {
    frame.close();
  }
};
