/** A file that this origin's private file system has, or gets. */
export const fileAt = async (place: string): Promise<FileSystemFileHandle> => {
  const [folder = "", name = ""] = place.split("/");
  const root = await (await navigator.storage.getDirectory()).getDirectoryHandle("exports", { create: true });
  return (await root.getDirectoryHandle(folder, { create: true })).getFileHandle(name, { create: true });
};
/** Holds a file open, so that nobody can erase it; the result lets it go. */
export const holdOpen = async (place: string): Promise<() => Promise<void>> => {
  // A sync access handle, which workers alone get.
  const worker = new Worker(new URL("./hold-open.worker.ts", import.meta.url), { type: "module" });
  const ask = async (message: unknown): Promise<void> => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    worker.onmessage = () => resolve();
    worker.onerror = () => reject(new Error(`not held open: ${place}`));
    worker.postMessage(message);
    await promise;
  };
  await ask(await fileAt(place));
  return async () => {
    await ask("let go");
    worker.terminate();
  };
};
