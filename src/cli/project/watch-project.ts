/** Notices changes of a project's files. */
import { type FSWatcher, watch } from "node:fs";
import { stat } from "node:fs/promises";

/** Editors write a file in several steps; a change counts when nothing has happened for this long. */
const DEBOUNCE_MS = 100;
/** File notifications do not work on every file system (network, containers): look regularly too. */
const POLL_MS = 1000;
const MAX_WATCHED_FOLDERS = 100;

export interface Watched {
  /** Folders whose entries matter; they are watched and their time of change is polled. */
  readonly folders: readonly string[];
  /** Files whose content matters. */
  readonly files: readonly string[];
}

export interface ProjectWatch {
  /** Changes after this are noticed. */
  readonly ready: Promise<void>;
  /** Watches other files from now on. */
  replace(watched: Watched): void;
  close(): void;
}

/** Calls `changed` after changes, never while an earlier call of it runs. */
export function watchProject(first: Watched, changed: () => Promise<void>): ProjectWatch {
  let watched = first;
  let watchers: FSWatcher[] = [];
  let debounce: NodeJS.Timeout | undefined;
  let seen: string | undefined;
  let busy = false;
  let closed = false;

  const look = async (): Promise<void> => {
    if (busy || closed) return;
    busy = true;
    try {
      const looked = watched;
      const now = await signature(looked);
      if (seen !== undefined && now !== seen) await changed();
      // Other files are watched now, which may have changed meanwhile: the next look must differ.
      seen = watched === looked ? now : "";
    } finally {
      busy = false;
    }
  };
  const soon = (): void => {
    clearTimeout(debounce);
    debounce = setTimeout(() => void look(), DEBOUNCE_MS);
  };
  const listen = (): void => {
    for (const watcher of watchers) watcher.close();
    watchers = watched.folders.slice(0, MAX_WATCHED_FOLDERS).flatMap((folder) => {
      try {
        // An error of a watcher (folder removed, too many) only means that polling must do.
        return [watch(folder, { persistent: false }, soon).on("error", () => undefined)];
      } catch {
        return [];
      }
    });
  };

  const poll = setInterval(() => void look(), POLL_MS);
  poll.unref();
  listen();
  return {
    ready: look(),
    replace(next) {
      watched = next;
      listen();
    },
    close() {
      closed = true;
      clearInterval(poll);
      clearTimeout(debounce);
      for (const watcher of watchers) watcher.close();
    },
  };
}

/** Changes whenever a watched file or the content of a watched folder does. */
async function signature({ folders, files }: Watched): Promise<string> {
  const parts = await Promise.all(
    [...folders, ...files].map(async (path) => {
      const info = await stat(path).catch(() => undefined);
      return info === undefined
        ? `${path} absent`
        : `${path} ${info.mtimeMs} ${info.isFile() ? info.size : 0}`;
    }),
  );
  return parts.join("\n");
}
