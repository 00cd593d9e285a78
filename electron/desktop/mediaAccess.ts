/** Calls about what the system lets the program see and hear. */
import { shell, systemPreferences } from 'electron';
import type { CallOutput } from '../../shared/contract.ts';
import { StudioError } from '../../shared/errors.ts';
import type { Handlers } from './answer.ts';

type Access = CallOutput<'getMediaAccess'>;
type Which = 'camera' | 'microphone';

/** The system's own pages, as Apple and Microsoft document their addresses. Linux has none that all share. */
const SETTINGS_PAGES: Readonly<Partial<Record<Access['platform'], Record<Which, string>>>> = {
  macos: {
    camera: 'x-apple.systempreferences:com.apple.preference.security?Privacy_Camera',
    microphone: 'x-apple.systempreferences:com.apple.preference.security?Privacy_Microphone',
  },
  windows: { camera: 'ms-settings:privacy-webcam', microphone: 'ms-settings:privacy-microphone' },
};

function platformOf(platform: NodeJS.Platform): Access['platform'] {
  if (platform === 'darwin') return 'macos';
  return platform === 'win32' ? 'windows' : 'linux';
}

/** @param platform as Node names it; anything but macOS and Windows is treated like Linux, which does not say. */
export function mediaAccessCalls(
  platform: NodeJS.Platform,
): Pick<Handlers, 'getMediaAccess' | 'askMediaAccess' | 'openMediaSettings'> {
  const system = platformOf(platform);
  const statusOf = (which: Which): Access['camera'] => {
    if (system === 'linux') return 'unknown';
    const status = systemPreferences.getMediaAccessStatus(which);
    return status === 'not-determined' ? 'not-asked' : status;
  };
  return {
    getMediaAccess: async () => ({
      platform: system,
      camera: statusOf('camera'),
      microphone: statusOf('microphone'),
    }),

    /** Only macOS has a question of its own; elsewhere the answer is what the status says. */
    async askMediaAccess({ which }) {
      if (system === 'macos') return { granted: await systemPreferences.askForMediaAccess(which) };
      const status = statusOf(which);
      return { granted: status === 'granted' || status === 'unknown' };
    },

    async openMediaSettings({ which }) {
      const page = SETTINGS_PAGES[system]?.[which];
      if (page === undefined) throw new StudioError('MEDIA_SETTINGS_BY_HAND');
      await shell.openExternal(page);
      return {};
    },
  };
}
