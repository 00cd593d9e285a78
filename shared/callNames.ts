/**
 * Names and channels of the contract, apart from its schemas: the preload script needs only these,
 * and must stay small.
 */
export const CALL_NAMES = [
  'getAppState',
  'listTakes',
  'getTake',
  'importFromDialog',
  'renameTake',
  'setShot',
  'checkTake',
  'makePreview',
  'getObservations',
  'setTrim',
  'setMends',
  'previewMends',
  'decideTake',
  'saveReport',
  'deleteTake',
  'showTakeInFolder',
  'getRecordingRoom',
  'startRecording',
  'finishRecording',
  'getMediaAccess',
  'askMediaAccess',
  'openMediaSettings',
  'openScript',
  'listActivities',
  'cancelActivity',
  'quote',
  'publish',
  'getOrder',
  'cancelOrder',
  'resumeOrder',
  'resolveOrder',
  'removeHosted',
  'listTwins',
  'getTwin',
  'openDashboard',
  'copyText',
  'getSettings',
  'saveSettings',
  'setSecret',
  'chooseLibrary',
  'testHost',
  'testTrainer',
] as const;
export type CallName = (typeof CALL_NAMES)[number];

export const EVENT_NAMES = [
  'libraryChanged',
  'activities',
  'notice',
  'showTake',
  'showKeys',
  'settingsChanged',
] as const;
export type EventName = (typeof EVENT_NAMES)[number];

/** ipc channel of a call; one per call so that each is bound and checked by name. */
export const channelOf = (name: CallName): string => `studio:${name}`;

/** ipc channel of an event. */
export const eventChannelOf = (name: EventName): string => `studio-event:${name}`;

/** The preload's own channel for files dropped on the window; paths come from the system, not from the page. */
export const DROP_CHANNEL = 'studio:files-dropped';

/** The main process sends a recording's message port on this channel; the preload hands it on to the page. */
export const RECORDING_PORT_CHANNEL = 'studio:recording-port';

/** `type` of the message with which the page gets that port: `{ type, recordingId }`, and the port beside it. */
export const RECORDING_PORT_MESSAGE = 'twin-studio:recording-port';
