/** What the desktop itself says, outside the window: menu, dialogs, notifications. */
export const DESKTOP_WORDS = {
  appName: 'Twin Studio',
  menu: {
    file: 'File',
    edit: 'Edit',
    undo: 'Undo',
    redo: 'Redo',
    cut: 'Cut',
    copy: 'Copy',
    paste: 'Paste',
    selectAll: 'Select all',
    view: 'View',
    reload: 'Reload',
    developerTools: 'Developer tools',
    actualSize: 'Actual size',
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    fullScreen: 'Full screen',
    window: 'Window',
    minimize: 'Minimize',
    close: 'Close',
    quit: 'Quit Twin Studio',
    help: 'Help',
    keys: 'Keyboard shortcuts',
    about: 'About Twin Studio',
    openLog: 'Show the log',
  },
  importDialog: {
    title: 'Import takes',
    button: 'Import',
    videos: 'Videos',
    allFiles: 'All files',
  },
  reportDialog: {
    title: 'Save the report',
    button: 'Save',
    pages: 'Web page',
    /** Suggested name, without its ending. */
    name: (take: string) => `${take} - check`,
    nameless: 'Take - check',
  },
  scriptDialog: {
    title: 'Open a script',
    button: 'Open',
    texts: 'Texts',
    allFiles: 'All files',
  },
  drop: {
    tooMany: (most: number) =>
      `Only ${most} files can be imported at once. Drop fewer, or use “twin-studio batch”.`,
  },
  quitWhilePaying: {
    title: 'Twin Studio is waiting for an answer that is paid for',
    detail:
      'It ends by itself when the answer is here, within ten minutes. If it ends now, the order becomes “unconfirmed”: it may have been paid, and only you can find out.',
    wait: 'Wait for it',
    end: 'End anyway',
  },
  libraryDialog: {
    title: 'Choose the folder of the library',
    button: 'Use this folder',
  },
  unfinishedRecording: {
    title: 'A recording in this library is not a take yet',
    detail:
      'It stays where it is, and becomes a take the next time this library is open. To have it now, stay here until it is offered.',
    leave: 'Change the library',
    stay: 'Stay here',
  },
  libraryTrouble: {
    title: 'Your library cannot be opened',
    again: 'Try again',
    other: 'Choose another folder',
    quit: 'Quit',
  },
} as const;
