/** The boxes on the canvas. */
import Icon from "@cloudscape-design/components/icon";
import { Handle, Position, type NodeProps } from "@xyflow/react";
import { memo } from "react";
import { StateIcon } from "../graph/state-icon.tsx";
import type { CanvasData, CanvasNode } from "./canvas-elements.ts";
import { useDragging } from "./drag.tsx";

function Ends() {
  return (
    <>
      <Handle type="target" position={Position.Top} isConnectable={false} />
      <Handle type="source" position={Position.Bottom} isConnectable={false} />
    </>
  );
}

/** Picture, caption, name and what is wrong; the part that a state is dragged by. */
function Title({ node, path, errors, warnings }: CanvasData) {
  const { begin } = useDragging();
  return (
    <div
      className="state-handle nopan"
      onPointerDown={(event) => {
        if (path !== undefined) begin({ kind: "state", path, type: node.type }, event);
      }}
    >
      <StateIcon type={node.type} />
      <div className="state-text">
        <div className="state-caption">{node.caption}</div>
        <div className="state-name">{node.name}</div>
      </div>
      {errors.length > 0 ? (
        <span className="state-problem is-error" title={errors.join("\n")}>
          <Icon name="status-negative" />
        </span>
      ) : warnings.length > 0 ? (
        <span className="state-problem is-warning" title={warnings.join("\n")}>
          <Icon name="status-warning" />
        </span>
      ) : null}
    </div>
  );
}

function classes(base: string, { data, selected }: NodeProps<CanvasNode>): string {
  const problem = data.errors.length > 0 ? " has-error" : "";
  return `${base}${problem}${selected ? " is-selected" : ""}`;
}

const StateBox = memo(function StateBox(props: NodeProps<CanvasNode>) {
  return (
    <div className={classes("state-box", props)} title={props.data.node.comment}>
      <Ends />
      <Title {...props.data} />
    </div>
  );
});

const ContainerBox = memo(function ContainerBox(props: NodeProps<CanvasNode>) {
  return (
    <div className={classes("state-container", props)} title={props.data.node.comment}>
      <Ends />
      <div className="state-container-title">
        <Title {...props.data} />
      </div>
    </div>
  );
});

const MarkerBox = memo(function MarkerBox({ data }: NodeProps<CanvasNode>) {
  return (
    <div className="state-marker">
      <Ends />
      {data.node.caption}
    </div>
  );
});

/** Where a state can be dropped, or chosen by a click; see canvas.tsx. */
const PlaceBox = memo(function PlaceBox({ data }: NodeProps<CanvasNode>) {
  return (
    <div className="state-place" title={data.node.comment}>
      <Ends />
      {data.node.caption}
    </div>
  );
});

export const NODE_TYPES = {
  state: StateBox,
  container: ContainerBox,
  marker: MarkerBox,
  place: PlaceBox,
};
