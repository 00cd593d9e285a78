import { ipcMain } from 'electron';
import ElectronStore from 'electron-store';
import { type OpenedSettings, openSettings } from '../studio/settingsFile.ts';

/** Opens the settings of the app. Call once, before any window exists. */
export function openSettingsStore(dir: string): OpenedSettings {
  const opened = openSettings(dir, (options) => new ElectronStore(options));
  // electron-store lets every page ask for its folder over a channel of its own. Nothing of ours does,
  // and the contract is the only way in.
  ipcMain.removeAllListeners('electron-store-get-data');
  return opened;
}
