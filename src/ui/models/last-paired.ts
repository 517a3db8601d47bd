/** The capture device that this tab paired last: the one a person means who goes on to "Start the camera". */
let device: string | null = null;

export const rememberPaired = (deviceId: string): void => {
  device = deviceId;
};

/** null: none in this tab; then the browser's first choice is as good as any. */
export const lastPaired = (): string | null => device;
