/** Keys that are called otherwise on a Mac. */
const ON_MAC: Readonly<Record<string, string>> = {
  F11: '⌃ ⌘ F',
  Enter: 'Return',
  'Ctrl Y': '⇧ ⌘ Z',
};

/** What a key of a list is called on the computer that shows it: the lists say it as Windows and Linux do. */
export function keyName(key: string, isMac: boolean): string {
  return isMac ? (ON_MAC[key] ?? key.replace(/^Ctrl /, '⌘ ')) : key;
}

export const isMac = (): boolean => navigator.platform.startsWith('Mac');
