/** Hands a file to the person: the browser saves it where downloads go. */
export const download = (name: string, content: Blob): void => {
  const url = URL.createObjectURL(content);
  downloadFrom(name, url);
  // The download has begun; its bytes are the browser's.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
};

/** The same with what lies at an address of this origin. */
export const downloadFrom = (name: string, url: string): void => {
  const link = document.createElement("a");
  link.href = url;
  // What a file system refuses, or reads as a path, becomes a line.
  link.download = name.replace(/[\\/:*?"<>|\p{Cc}]/gu, "-");
  link.click();
};
