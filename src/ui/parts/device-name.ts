/** A capture device's name without the USB numbers that browsers add to it: for the bar, and as a first proposal. */
export function shortDevice(label: string): string {
  return label.replace(/ \([0-9a-f]{4}:[0-9a-f]{4}\)$/i, "");
}
