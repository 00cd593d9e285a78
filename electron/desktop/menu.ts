import { Menu, type MenuItemConstructorOptions, shell } from 'electron';
import { DESKTOP_WORDS } from '../../shared/words/desktop.ts';

const words = DESKTOP_WORDS.menu;

/**
 * The menu every program has. Copy and paste work through it on macOS; reloading and the developer's tools
 * are for people who develop.
 */
export function setMenu(options: {
  readonly platform: NodeJS.Platform;
  readonly development: boolean;
  readonly logFile: string;
  readonly showKeys: () => void;
}): void {
  const mac = options.platform === 'darwin';
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const development: MenuItemConstructorOptions[] = [
    { role: 'reload', label: words.reload },
    { role: 'toggleDevTools', label: words.developerTools },
    separator,
  ];
  const template: MenuItemConstructorOptions[] = [
    mac ? { role: 'appMenu' } : { label: words.file, submenu: [{ role: 'quit', label: words.quit }] },
    {
      label: words.edit,
      submenu: [
        { role: 'undo', label: words.undo },
        { role: 'redo', label: words.redo },
        separator,
        { role: 'cut', label: words.cut },
        { role: 'copy', label: words.copy },
        { role: 'paste', label: words.paste },
        { role: 'selectAll', label: words.selectAll },
      ],
    },
    {
      label: words.view,
      submenu: [
        ...(options.development ? development : []),
        { role: 'resetZoom', label: words.actualSize },
        { role: 'zoomIn', label: words.zoomIn },
        { role: 'zoomOut', label: words.zoomOut },
        separator,
        { role: 'togglefullscreen', label: words.fullScreen },
      ],
    },
    {
      role: 'window',
      label: words.window,
      submenu: [
        { role: 'minimize', label: words.minimize },
        { role: 'close', label: words.close },
      ],
    },
    {
      role: 'help',
      label: words.help,
      submenu: [
        { label: words.keys, accelerator: 'CmdOrCtrl+/', click: options.showKeys },
        { label: words.openLog, click: () => shell.showItemInFolder(options.logFile) },
        ...(mac ? [] : [{ role: 'about', label: words.about } satisfies MenuItemConstructorOptions]),
      ],
    },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
