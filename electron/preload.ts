/** The only door between window and engine: named functions, nothing else. */
import { contextBridge, type IpcRendererEvent, ipcRenderer, webUtils } from 'electron';
import {
  CALL_NAMES,
  channelOf,
  DROP_CHANNEL,
  EVENT_NAMES,
  type EventName,
  eventChannelOf,
  RECORDING_PORT_CHANNEL,
  RECORDING_PORT_MESSAGE,
} from '../shared/callNames.ts';

const calls = Object.fromEntries(
  CALL_NAMES.map((name) => [name, (input: unknown) => ipcRenderer.invoke(channelOf(name), input)]),
);

/** Subscribes to an event. The listener gets the payload only: Electron's event leads back to the ipc. */
function on(name: EventName, listener: (payload: unknown) => void): () => void {
  if (!EVENT_NAMES.includes(name)) throw new Error(`There is no event ${String(name)}.`);
  const channel = eventChannelOf(name);
  const heard = (_event: IpcRendererEvent, payload: unknown): void => listener(payload);
  ipcRenderer.on(channel, heard);
  return () => {
    ipcRenderer.off(channel, heard);
  };
}

contextBridge.exposeInMainWorld('studio', { ...calls, on });

// A port cannot pass through the bridge, so it is handed to the page as a message: to our own page only.
ipcRenderer.on(RECORDING_PORT_CHANNEL, (event: IpcRendererEvent, recordingId: unknown) => {
  window.postMessage({ type: RECORDING_PORT_MESSAGE, recordingId }, window.location.origin, [...event.ports]);
});

/** Where a dropped file is. Electron before 29 says it on the file itself, and lacks `webUtils`. */
function pathOf(file: File & { readonly path?: string }): string {
  if (webUtils !== undefined) return webUtils.getPathForFile(file);
  return file.path ?? '';
}

// Dropped files are imported from here, because the page must never learn a path. Events that a script made
// up are not listened to, and files that a script made have no path.
window.addEventListener('dragover', (event) => {
  if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
});
window.addEventListener('drop', (event) => {
  if (!event.isTrusted || !event.dataTransfer?.types.includes('Files')) return;
  event.preventDefault();
  const paths = Array.from(event.dataTransfer.files, pathOf).filter((path) => path !== '');
  if (paths.length > 0) void ipcRenderer.invoke(DROP_CHANNEL, paths);
});
