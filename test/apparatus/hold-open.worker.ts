/** Holds the file that it is given open as no other can, says so, and lets it go at the next message. */
let held: { close(): void } | null = null;
self.onmessage = async ({ data }: MessageEvent<FileSystemFileHandle | "let go">) => {
  if (data === "let go") held?.close();
  else {
    const able = data as unknown as { createSyncAccessHandle(): Promise<{ close(): void }> };
    held = await able.createSyncAccessHandle();
  }
  self.postMessage("done");
};
