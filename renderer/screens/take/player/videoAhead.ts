/**
 * The video of a take that has just been recorded begins to load before the page that shows it is drawn: the two take
 * about as long, and would otherwise come one after the other.
 */

import { mediaUrl } from '../../../../shared/contract.ts';
import type { TakeId } from '../../../../shared/domain/ids.ts';

/** One at a time, until a page takes it over. */
let ahead: HTMLVideoElement | null = null;

/** Begins to load a take that is about to be shown. */
export function loadAhead(takeId: TakeId): void {
  forget();
  ahead = create(mediaUrl.player(takeId));
}

/** The video of this address: the one that is already loading, or a new one. What was loaded for another page is let go. */
export function videoOf(address: string): HTMLVideoElement {
  const video = ahead;
  if (video?.getAttribute('src') !== address) {
    forget();
    return create(address);
  }
  ahead = null;
  return video;
}

/** A video without an address gives back what it holds. */
function forget(): void {
  ahead?.removeAttribute('src');
  ahead?.load();
  ahead = null;
}

function create(address: string): HTMLVideoElement {
  const video = document.createElement('video');
  video.preload = 'auto';
  video.playsInline = true;
  video.src = address;
  return video;
}
