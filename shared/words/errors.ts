import type { ErrorCode, ErrorDetails } from '../errors.ts';
import { PROGRAM } from './program.ts';

const named = (details: ErrorDetails, key: string, otherwise: string): string => {
  const value = details[key];
  return value === undefined || value === '' ? otherwise : String(value);
};

const file = (details: ErrorDetails) => named(details, 'file', 'The file');

/**
 * One sentence or two for every error: what happened, and what to do.
 * Details named here are plain facts (a file's name, a size), never keys or signed addresses.
 */
export const ERROR_WORDS = {
  FILE_MISSING: (d) => `${file(d)} is not there. Check its name and where it is.`,
  FILE_EMPTY: (d) => `${file(d)} is empty. Copy it again from the camera or card it came from.`,
  FILE_UNREADABLE: (d) =>
    `${file(d)} cannot be read. Check that it is a file, and that you are allowed to open it.`,
  FILE_IS_FOLDER: (d) =>
    `${file(d)} is a folder. Name the videos in it instead, as with clips/*.mp4 on a command line.`,
  FILE_NOT_MEDIA: (d) =>
    `${file(d)} holds no video that can be read: it may be damaged, or of another kind. Choose an mp4, mov, mkv, webm or avi file that plays elsewhere.`,
  FILE_TRUNCATED: (d) =>
    `${file(d)} is cut off: its end or index is missing. Copy it again from where it came from.`,
  FILE_NO_VIDEO: (d) => `${file(d)} has no picture, only sound. Choose a video of the person.`,
  FILE_EXISTS: (d) => `${file(d)} exists already and is not overwritten. Choose another name.`,
  FOLDER_UNREADABLE: (d) =>
    `${named(d, 'folder', 'The folder')} cannot be used. Check that it exists and that you are allowed to write to it.`,
  DISK_FULL: (d) =>
    `The disk is full${d.neededMb === undefined ? '' : ` (${d.neededMb} MB more are needed)`}. Free some space, then try again. Nothing was lost.`,
  SOURCE_MISSING: (d) =>
    `The source of this take, ${named(d, 'file', 'a file outside the library')}, is not where it was. Put it back or import it again.`,
  SOURCE_CHANGED: (d) =>
    d.during === 'import'
      ? `${file(d)} is still being written to. Wait until it is complete, then import it again.`
      : `The source of this take, ${named(d, 'file', 'a file outside the library')}, was changed after it was imported. Import it again.`,
  FFMPEG_MISSING: () =>
    'ffmpeg was not found, so videos cannot be checked or prepared. Reinstall Twin Studio, install ffmpeg on this computer, or correct TWIN_STUDIO_FFMPEG where it is set.',
  FFMPEG_FAILED: (d) =>
    `ffmpeg gave up on the video${d.step === undefined ? '' : ` (${d.step})`}. Play it in another player: if it stops there as well, the file is damaged; if it plays, try again.`,
  FACES_FAILED: () =>
    'The part of Twin Studio that looks for faces did not work, so the video cannot be checked. Try again; if it stays so, reinstall Twin Studio.',
  LIBRARY_UNREADABLE: (d) =>
    `The library${d.folder === undefined ? '' : ` ${d.folder}`} cannot be opened. Check that the disk is connected and that you are allowed to write to it.`,
  SPACE_UNKNOWN: (d) =>
    `How much room is free cannot be told: ${named(d, 'folder', 'the folder of the library')} is not there or cannot be opened. Make that folder, or name another one with --library or TWIN_STUDIO_LIBRARY.`,
  LIBRARY_NEWER: () => 'This was made by a newer Twin Studio. Update Twin Studio to open it.',
  TAKE_NOT_FOUND: () => 'There is no such take in this library. It may have been moved to the bin.',
  TAKE_BUSY: () => 'This take is being worked on. Wait until it is done, or cancel it first.',
  ORDER_NOT_FOUND: () => 'There is no such order in this library.',
  TWIN_NOT_FOUND: () => 'There is no such twin in this library. Run “twins” to see the ones you have.',
  RECORD_BROKEN: (d) =>
    `${named(d, 'file', 'A file of the library')} could not be read and was set aside. Nothing was deleted.`,
  REVISION_CONFLICT: () => 'Somebody else changed this at the same moment. Look at it again, then decide.',
  LEASE_HELD: () => 'Another window or command is working on this. It goes on by itself there.',
  LEASE_LOST: () => 'Another window or command took this over, because this one had stopped answering.',
  BIN_FAILED: () =>
    'The take could not be moved to the bin, so it was left where it is. Close other programs that use it.',
  RECORDING_NO_ROOM: (d) =>
    `There is too little room to record${d.freeMb === undefined || d.neededMb === undefined ? '' : `: ${d.freeMb} MB are free, and ${d.neededMb} MB make it safe`}. Free some space on the disk of your library, then try again.`,
  RECORDING_RUNNING: () => 'Another take is being recorded on this computer. Stop that one first.',
  RECORDING_DISK_FULL: () =>
    'The disk is full, so the take ends here. What was recorded until now is safe. Free some space before the next one.',
  RECORDING_WRITE_FAILED: () =>
    'The disk does not take any more of the recording. What was stored until now is safe. Check that the disk of your library is connected.',
  RECORDING_EMPTY: () => 'The take ended before its first second was stored, so there is nothing to keep.',
  RECORDING_NOT_FOUND: () =>
    'This recording is not running any more. If any of it was stored, it is in your library.',
  SCRIPT_UNREADABLE: (d) => `${file(d)} is not a text that can be read. Choose a plain text file.`,
  SCRIPT_TOO_LONG: (d) => `${file(d)} is too long to read out. Choose a text of a few pages.`,
  MEDIA_SETTINGS_BY_HAND: () =>
    'This system has no page of its own for cameras and microphones. Look at the cable, the switch on the device, and other programs that may use it.',
  CHECK_REFUSED: (d) =>
    `This take cannot be ordered: ${named(d, 'finding', 'its report says why.')} Nothing was paid.${d.seeAll === undefined ? '' : ` To see everything that was found, run “${d.seeAll}”.`}`,
  CHECK_MISSING: () =>
    'This take has not been checked as it is chosen now. Wait for its check, or check it on its page, then publish it.',
  REPORT_MISSING: () => 'This take has no report yet. Wait for its check, then save the report.',
  TAKE_REJECTED: () => 'You rejected this take. Accept it on its page if you want to publish it after all.',
  TRIM_TOO_SHORT: (d) =>
    `What is left of this take is too short: a twin needs at least ${named(d, 'seconds', '15')} seconds. Move its start or its end.`,
  CONSENT_MISSING: () =>
    'Consent is missing. The person in the take must agree that a twin of them is made; say so with the consent box, --consent-confirmed or --consent-url.',
  PRICE_NOT_CONFIRMED: (d) =>
    `The price ($${named(d, 'usd', '?')} in all) has not been confirmed. Confirm it on the button, or with --yes.`,
  PRICE_OVER_MAXIMUM: (d) =>
    `The price ($${named(d, 'usd', '?')} in all) is over your limit of $${named(d, 'maxUsd', '?')}. Nothing was paid.`,
  PRICE_CHANGED: (d) =>
    `The price is now $${named(d, 'usd', '?')}, not what you confirmed. Look at it and confirm again.`,
  TWIN_FULL: () =>
    'This twin already has 100 looks, the most it can hold. Delete one in the HeyGen dashboard, or make a new twin.',
  TWIN_OTHER_ACCOUNT: () =>
    'This twin belongs to another trainer or another account. Use the account it was made with, or make a new twin.',
  PRACTICE_HOST_REAL_TRAINER: () =>
    'The practice host can only be reached from this computer, so a real trainer cannot fetch the video. Choose your bucket as host.',
  PRACTICE_ONLY_RUNTIME: () =>
    'This is a trial runtime, for practising only. Install Twin Studio to use a real host or trainer.',
  ORDER_WRONG_STATE: () => 'The order has moved on meanwhile, so this no longer applies. Look at it again.',
  ORDER_ALREADY_REQUESTED: () =>
    'This order was already sent once. To be safe it is not sent again; look in the HeyGen dashboard and say what you find.',
  ORDER_UNCONFIRMED: () =>
    'The order was sent, but its answer was lost, so it may have been paid. Look in the HeyGen dashboard: enter the avatar’s id if it is there, or order again and accept that you may pay twice.',
  FIRST_WORDS_UNCONFIRMED: () =>
    'First words were asked for, but the answer was lost, so they may have been paid. Look in the HeyGen dashboard, then accept the look or ask again.',
  ORDER_STALLED: () =>
    'The look is still not usable after a day. Look in the HeyGen dashboard, then go on watching or accept it.',
  HOST_NOT_CONFIGURED: () =>
    'Your bucket is not set up. Enter its endpoint, name, keys and public address in Settings, or set the TWIN_STUDIO_S3_ variables.',
  HOST_KEYS_WRONG: () =>
    'The bucket does not accept these keys. Check the access key and the secret in Settings.',
  HOST_FORBIDDEN: (d) =>
    `The bucket does not allow these keys to ${named(d, 'step', 'do this')}. Give them the right to read, write and delete objects.`,
  HOST_BUCKET_MISSING: (d) =>
    `There is no bucket called ${named(d, 'bucket', 'that')}. Check its name and region in Settings.`,
  HOST_UNREACHABLE: (d) =>
    `${named(d, 'host', 'The host')} cannot be reached. Check the address and your connection.`,
  HOST_FAILED: (d) =>
    `${named(d, 'host', 'The host')} answered with an error${d.status === undefined ? '' : ` (${d.status})`}. Try again in a while.`,
  HOST_PRIVATE: () =>
    'The uploaded video is not public, so the trainer could not fetch it. Allow public reading in the bucket’s policy, or enter the right public address.',
  HOST_FILE_NOT_FOUND: () =>
    'The public address does not lead to the uploaded video. Check the public base address in Settings.',
  HOST_REDIRECTS: () =>
    'The public address redirects elsewhere. Enter the address it leads to as the public base address.',
  HOST_WRONG_TYPE: (d) =>
    `The host serves the video as “${named(d, 'type', 'something else')}” instead of “video/mp4”. Let the host keep the type it was uploaded with.`,
  HOST_WRONG_LENGTH: () =>
    'The host serves a different number of bytes than was uploaded. Turn off anything that rewrites files, then upload again.',
  HOST_NO_RANGES: () =>
    'The host does not answer requests for part of a file. Use a host or CDN that supports ranges.',
  HOST_NOT_MP4: () =>
    'What the host serves is not the video that was uploaded. Check the public base address in Settings.',
  HOST_NOT_HTTPS: () =>
    'A real trainer needs an https address. Enter a public base address that starts with https.',
  HOST_NOT_PUBLIC_ADDRESS: (d) =>
    `${named(d, 'host', 'The public address')} leads to this computer or a private network, where the trainer cannot fetch it. Use a public address.`,
  TRAINER_NOT_CONFIGURED: () =>
    'No key for the trainer is set. Enter it in Settings, or set SEGMIND_API_KEY.',
  TRAINER_KEY_WRONG: () =>
    'The trainer does not accept this key. Copy it again from your account. That request cost nothing.',
  TRAINER_FORBIDDEN: () =>
    'The trainer does not allow this account to do that. Check your plan there. That request cost nothing.',
  TRAINER_UNKNOWN_MODEL: () =>
    'The trainer no longer offers this model at this address. Update Twin Studio or check SEGMIND_BASE_URL. That request cost nothing.',
  TRAINER_REFUSED_REQUEST: (d) =>
    `The trainer refused the request${d.reason === undefined ? '' : `: “${d.reason}”`}. That request cost nothing.`,
  TRAINER_WRONG_CONTENT_TYPE: () =>
    'The trainer refused the video’s type: it must be served as “video/mp4”. Check the host. That request cost nothing.',
  TRAINER_NO_CREDITS: () =>
    'There are not enough credits in your account at the trainer. Add some, then try again. That request cost nothing.',
  TRAINER_TEAM_LIMIT: () =>
    'Your team’s limit at the trainer is used up. Raise it there, then try again. That request cost nothing.',
  TRAINER_BUSY: () =>
    'The trainer takes no more requests for the moment. Try again in a few minutes. That request cost nothing.',
  TRAINER_FAILED: (d) =>
    `The trainer answered with an error${d.status === undefined ? '' : ` (${d.status})`}${d.reason === undefined ? '' : `: “${d.reason}”`}. Try again later. That request cost nothing.`,
  TRAINER_REFUSED_FOOTAGE: () =>
    'The trainer refused the footage: it is too short, too long, or of the wrong type.',
  TRAINER_CANNOT_FETCH: () =>
    'The trainer could not fetch the video from the host. Test the host in Settings. That request cost nothing.',
  TRAINER_UNREACHABLE: () =>
    'The trainer cannot be reached. Check your connection. Nothing was sent, so nothing was paid.',
  TRAINER_ANSWER_UNREADABLE: () =>
    'The trainer answered with something unreadable, so the order may have been paid. Look in the HeyGen dashboard and say what you find.',
  TRAINER_ANSWER_LOST: () =>
    'The connection was lost before the trainer answered, so the order may have been paid. Look in the HeyGen dashboard and say what you find.',
  TRAINER_NOT_READY: () => 'The look is still being trained.',
  NODE_TOO_OLD: (d) => `Node ${named(d, 'version', 'here')} is too old. Install Node 20.19 or newer.`,
  KEYS_NOT_KEPT: () =>
    'This computer has no safe place for keys, so they are kept only until Twin Studio closes.',
  SETTINGS_INVALID: (d) => `This setting cannot be used: ${named(d, 'field', 'check what you entered')}.`,
  USAGE: (d) =>
    `${named(d, 'reason', 'That is not a valid command.')} Run “${PROGRAM}${d.command === undefined ? '' : ` ${d.command}`} --help” to see what there is.`,
  BAD_CALL: () => 'The window asked for something it may not. Close the window and open it again.',
  UNEXPECTED: (d) =>
    `Twin Studio met an error it does not know${d.reference === undefined ? '' : ` (${d.reference})`}. Your takes are safe; start it again, and report it with the log if it comes back.`,
} as const satisfies Record<ErrorCode, (details: ErrorDetails) => string>;

/** The sentence for an error, for people. */
export function errorSentence(code: ErrorCode, details: ErrorDetails = {}): string {
  return ERROR_WORDS[code](details);
}
