/** What can be done to the selected state, beside it on the canvas. */
import ButtonGroup from "@cloudscape-design/components/button-group";
import { NodeToolbar, Position, useStore } from "@xyflow/react";
import { useDeferredValue } from "react";
import { nameOf } from "../workflow/states.ts";
import type { CanvasNode } from "./canvas-elements.ts";
import { useDragging } from "./drag.tsx";
import { useCommands } from "./use-commands.ts";

/** Pixels that it takes beside the state. */
const ROOM = 200;

export function StateToolbar(props: { readonly nodes: readonly CanvasNode[] }) {
  // The graph shows first what has changed.
  const nodes = useDeferredValue(props.nodes);
  const commands = useCommands();
  const { source, begin } = useDragging();
  const node = nodes.find(({ selected }) => selected === true);
  const path = node?.data.path;
  const right = node === undefined ? 0 : node.position.x + (node.width ?? 0);
  const hasRoom = useStore(({ transform: [x, , zoom], width }) => right * zoom + x + ROOM < width);
  if (node === undefined || path === undefined || source !== undefined) return null;
  const way = commands.wayOut(path);
  return (
    <>
      <NodeToolbar
        nodeId={node.id}
        isVisible
        position={hasRoom ? Position.Right : Position.Top}
        align={hasRoom ? "start" : "end"}
        offset={8}
      >
        <div className="state-toolbar nopan">
          <ButtonGroup
            variant="icon"
            ariaLabel={`Actions on ${nameOf(path)}`}
            onItemClick={({ detail }) => commands.run(detail.id, path)}
            items={commands.itemsFor(path)}
          />
        </div>
      </NodeToolbar>
      {way === undefined ? null : (
        <NodeToolbar nodeId={node.id} isVisible position={Position.Bottom} offset={-7}>
          <button
            type="button"
            tabIndex={-1}
            className="way-handle nopan"
            title="Drag to the state that comes next"
            aria-label="Drag to the state that comes next"
            onPointerDown={(event) =>
              begin({ kind: "way", reference: way, title: nameOf(path) }, event)
            }
          />
        </NodeToolbar>
      )}
    </>
  );
}
