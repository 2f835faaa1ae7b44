/** Goes back and forth in an execution: a slider over its events, steps, and playing. */
import Button from "@cloudscape-design/components/button";
import { useMemo, type KeyboardEvent } from "react";
import { formatDuration, formatPreciseTime } from "../../components/format-time.ts";
import { failureMarks } from "../../history/moments.ts";
import type { Moment } from "./use-moment.ts";

interface Props {
  readonly moment: Moment;
  /** Epoch seconds, of the execution. */
  readonly startDate: number;
  readonly isRunning: boolean;
}

/** Places of marks along the slider. */
const MARKS = 200;

export function MomentBar({ moment, startDate, isRunning }: Props) {
  const { events, eventId, lastEventId, isPlaying, step, go, play } = moment;
  const count = events.length;
  const event = events[lastEventId - 1];
  // A list that grows in place: its length tells that it did.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const marks = useMemo(() => failureMarks(events, MARKS), [events, count]);
  if (event === undefined) return <div className="moment-bar" />;
  const isNow = eventId === undefined;
  const name = moment.runOf(event.id)?.name;
  const pressed = (pressedKey: KeyboardEvent): void => {
    const isDone = move(pressedKey, moment);
    if (!isDone) return;
    pressedKey.preventDefault();
    pressedKey.stopPropagation();
  };
  return (
    <div
      className={`moment-bar${isNow ? "" : " is-past"}`}
      role="group"
      aria-label="Time travel"
      onKeyDown={pressed}
    >
      <div className="moment-buttons">
        <Button
          variant="icon"
          iconName="angle-left-double"
          ariaLabel="Back by a state"
          disabled={lastEventId <= 1}
          onClick={() => step("state", -1)}
        />
        <Button
          variant="icon"
          iconName="angle-left"
          ariaLabel="Back by an event"
          disabled={lastEventId <= 1}
          onClick={() => step("event", -1)}
        />
        <Button
          variant="icon"
          iconName={isPlaying ? "pause" : "play"}
          ariaLabel={isPlaying ? "Pause" : "Play"}
          disabled={count < 2}
          onClick={() => play(!isPlaying)}
        />
        <Button
          variant="icon"
          iconName="angle-right"
          ariaLabel="Forward by an event"
          disabled={isNow}
          onClick={() => step("event", 1)}
        />
        <Button
          variant="icon"
          iconName="angle-right-double"
          ariaLabel="Forward by a state"
          disabled={isNow}
          onClick={() => step("state", 1)}
        />
      </div>
      <div className="moment-slider">
        <div className="moment-marks" aria-hidden>
          {marks.map((mark) => (
            <span key={mark} style={{ insetInlineStart: `${(mark / (MARKS - 1)) * 100}%` }} />
          ))}
        </div>
        <input
          type="range"
          min={1}
          max={Math.max(1, count)}
          value={lastEventId}
          aria-label="Event up to which the execution is shown"
          aria-valuetext={`Event ${event.id} of ${count}, ${event.type}${name === undefined ? "" : ` of ${name}`}`}
          title="Arrow keys: an event; with Shift: a state; Space: play"
          onChange={({ currentTarget }) => {
            const id = Number(currentTarget.value);
            go(id >= count ? undefined : id);
          }}
        />
      </div>
      <div className="moment-text">
        <span className="numbers">
          <strong>{event.id}</strong> / {count}
        </span>
        <span className="cut-off" title={event.type}>
          {event.type}
          {name === undefined || event.type.startsWith("Execution") ? "" : ` · ${name}`}
        </span>
        <span className="numbers moment-time" title={formatPreciseTime(event.timestamp)}>
          +{formatDuration(event.timestamp - startDate)}
        </span>
      </div>
      <div className="moment-now">
        <Button
          variant={isNow ? "inline-link" : "normal"}
          disabled={isNow}
          onClick={() => go(undefined)}
        >
          {isRunning ? "Live" : "End"}
        </Button>
      </div>
    </div>
  );
}

/** Keys anywhere in the bar; false: it is none of them. */
function move(
  { key, shiftKey, target }: KeyboardEvent,
  { step, go, play, isPlaying }: Moment,
): boolean {
  const isButton = target instanceof HTMLButtonElement;
  switch (key) {
    case "ArrowRight":
    case "ArrowUp":
      step(shiftKey ? "state" : "event", 1);
      return true;
    case "ArrowLeft":
    case "ArrowDown":
      step(shiftKey ? "state" : "event", -1);
      return true;
    case "Home":
      go(1);
      return true;
    case "End":
      go(undefined);
      return true;
    case " ":
      if (isButton) return false;
      play(!isPlaying);
      return true;
    default:
      return false;
  }
}
