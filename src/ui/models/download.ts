/** Hands a file to the person: the browser saves it where downloads go. */
export const download = (name: string, content: Blob): void => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  // What a file system refuses, or reads as a path, becomes a line.
  link.download = name.replace(/[\\/:*?"<>|\p{Cc}]/gu, "-");
  link.click();
  // The download has begun; its bytes are the browser's.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
};
