import { beforeEach, describe, expect, test, vi } from 'vitest';
import { mediaAccessCalls } from './mediaAccess.ts';

const electron = vi.hoisted(() => ({
  shell: { openExternal: vi.fn() },
  systemPreferences: { getMediaAccessStatus: vi.fn(), askForMediaAccess: vi.fn() },
}));
vi.mock('electron', () => electron);

beforeEach(() => {
  vi.resetAllMocks();
});

const says = (camera: string, microphone: string) =>
  electron.systemPreferences.getMediaAccessStatus.mockImplementation((which) =>
    which === 'camera' ? camera : microphone,
  );

describe('getMediaAccess', () => {
  test.each([
    ['darwin', 'macos'],
    ['win32', 'windows'],
  ] as const)('on %s what the system says', async (platform, named) => {
    says('not-determined', 'restricted');
    const access = await mediaAccessCalls(platform).getMediaAccess({});
    expect(access).toEqual({ platform: named, camera: 'not-asked', microphone: 'restricted' });
  });

  test('on Linux, which has no such call, nobody knows', async () => {
    electron.systemPreferences.getMediaAccessStatus.mockImplementation(() => {
      throw new TypeError('getMediaAccessStatus is not a function');
    });
    const access = await mediaAccessCalls('linux').getMediaAccess({});
    expect(access).toEqual({ platform: 'linux', camera: 'unknown', microphone: 'unknown' });
  });
});

describe('askMediaAccess', () => {
  test('asks on macOS, and answers what was answered', async () => {
    electron.systemPreferences.askForMediaAccess.mockResolvedValue(false);
    expect(await mediaAccessCalls('darwin').askMediaAccess({ which: 'microphone' })).toEqual({
      granted: false,
    });
    expect(electron.systemPreferences.askForMediaAccess.mock.calls).toEqual([['microphone']]);
  });

  test.each([
    ['win32', 'denied', false],
    ['win32', 'granted', true],
    ['linux', 'unknown', true],
  ] as const)('on %s, where nobody is asked, %s stands', async (platform, status, granted) => {
    says(status, status);
    expect(await mediaAccessCalls(platform).askMediaAccess({ which: 'camera' })).toEqual({ granted });
    expect(electron.systemPreferences.askForMediaAccess).not.toHaveBeenCalled();
  });
});

describe('openMediaSettings', () => {
  test.each([
    ['darwin', 'camera', 'x-apple.systempreferences:com.apple.preference.security?Privacy_Camera'],
    ['darwin', 'microphone', 'x-apple.systempreferences:com.apple.preference.security?Privacy_Microphone'],
    ['win32', 'camera', 'ms-settings:privacy-webcam'],
    ['win32', 'microphone', 'ms-settings:privacy-microphone'],
  ] as const)('on %s the page about %s', async (platform, which, page) => {
    await mediaAccessCalls(platform).openMediaSettings({ which });
    expect(electron.shell.openExternal.mock.calls).toEqual([[page]]);
  });

  test('where there is no such page, a sentence says so', async () => {
    const opened = mediaAccessCalls('linux').openMediaSettings({ which: 'camera' });
    await expect(opened).rejects.toMatchObject({ code: 'MEDIA_SETTINGS_BY_HAND' });
    expect(electron.shell.openExternal).not.toHaveBeenCalled();
  });
});
