/** Who wrote a recording: the camera what it sealed, or a viewer what it judged good. */
export type RecordingOrigin = "camera" | "viewer";

/** What the name of a recording says. Names of cameras are the card's secret, so they stand in no file name. */
export interface RecordingName {
  /** When it was begun, by the clock of the device that made it. */
  readonly begun: number;
  /** 52 base32 characters. */
  readonly number: string;
  readonly origin: RecordingOrigin;
}

/** What lies beside the recording `NAME`: its index, and empty files where a person protects it, and where a server has all of it. */
export const indexOf = (name: string): string => `${name}.index`;
export const keptMarkOf = (name: string): string => `${name}.kept`;
export const storedMarkOf = (name: string): string => `${name}.stored`;

const naming = /^(\d{1,16})-([A-Z2-7]{52})(-camera)?\.sealed$/;

/** The file name of a recording; TypeError where what it says cannot be in one. */
export const writeRecordingName = ({ begun, number, origin }: RecordingName): string => {
  const name = `${begun}-${number}${origin === "camera" ? "-camera" : ""}.sealed`;
  if (!naming.test(name)) throw new TypeError(`"${name}" names no recording`);
  return name;
};

/** null where the name is no recording's. */
export const readRecordingName = (name: string): RecordingName | null => {
  const [, begun, number, camera] = naming.exec(name) ?? [];
  if (begun === undefined || number === undefined) return null;
  return { begun: Number(begun), number, origin: camera === undefined ? "viewer" : "camera" };
};
