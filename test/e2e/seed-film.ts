import { open } from "node:fs/promises";
import { lumaOf, type SeedPicture } from "../sensor/seed-pictures.ts";

/** What `--use-file-for-fake-video-capture` plays: 1280 × 720, ten frames a second, without colour; noise differs from frame to frame. */
export const writeSeedFilm = async (file: string, picture: SeedPicture, frames = 3): Promise<void> => {
  const [width, height] = [1280, 720];
  const chroma = new Uint8Array((width * height) / 2).fill(128);
  const film = await open(file, "w");
  try {
    // YUV4MPEG2: one line for the film, one before each frame.
    await film.write(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420\n`);
    for (let frame = 0; frame < frames; frame += 1) {
      await film.write("FRAME\n");
      await film.write(lumaOf(picture, width, height, frame));
      await film.write(chroma);
    }
  } finally {
    await film.close();
  }
};
