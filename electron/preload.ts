/** The only door between window and engine: named functions, nothing else. */
import { contextBridge } from 'electron';

contextBridge.exposeInMainWorld('studio', {});
