import type { CardSecret } from "../card/index.ts";
import type { DisclosedReport, ForeignFormat, Mp4Report, RecordingReport } from "../verify/index.ts";
import type { OpenedCard } from "./card.api.ts";
import type { CardPlacesApi, PlacedCard } from "./card-places.ts";
import type { PlayerControls } from "./player.api.ts";
import type { ReadableRecording } from "./recording-source.ts";

/**
 * What a disclosed picture holds, as far as it may be shown. "codec": it is unchanged, and this browser cannot show it. A picture is the
 * receiver's, who closes it.
 */
export type DisclosedContent =
  | { readonly what: "picture"; readonly picture: ImageBitmap }
  | { readonly what: "text"; readonly words: string }
  | { readonly what: "sound" }
  | { readonly what: "codec" };

/** What was found about one file, by what it is. */
export type Judgement =
  | { readonly kind: "recording"; readonly report: RecordingReport }
  /** `content` is null unless the file passed every check, but for a camera that nobody vouches for. */
  | {
      readonly kind: "disclosed";
      readonly report: DisclosedReport;
      readonly content: DisclosedContent | null;
    }
  /** An MP4, by the recording that was given with it. */
  | { readonly kind: "film"; readonly report: Mp4Report }
  /** No sealed capture: nobody can say where it is from. */
  | { readonly kind: "foreign"; readonly format: ForeignFormat };

/** The worker that judges recordings, and plays them; it holds the card, where one lies open. Faults as codes. */
export interface VerifyApi extends PlayerControls, CardPlacesApi {
  cards(): Promise<PlacedCard[]>;
  open(id: string, secret: CardSecret): Promise<OpenedCard>;
  eject(): Promise<void>;

  /**
   * Judges a whole file, behind whatever is being judged: a recording, also one that the server keeps, a disclosed picture, or an MP4 by the recording `beside` it. `number`:
   * the camera it has to be of, 52 base32 characters, because a person says so; null: any on the open card. `onprogress` hears now and then
   * how many bytes are done, of an MP4 those of its recording.
   * Faults "cancelled", "file-unreadable", "encoding" (of the number), "offline", "stored-none", "stored-answer".
   */
  judge(
    file: ReadableRecording,
    beside: Blob | null,
    number: string | null,
    onprogress: (done: number) => void,
  ): Promise<Judgement>;
  /** Ends what is being judged, and what waits behind it. */
  cancel(): void;
}
