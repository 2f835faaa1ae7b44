/** The boxes of the graph. */
import { Handle, Position, type NodeProps } from "@xyflow/react";
import type { StateNode } from "./flow-elements.ts";
import { StateIcon } from "./state-icon.tsx";
import { StatusMark } from "./status-mark.tsx";

function Ends() {
  return (
    <>
      <Handle type="target" position={Position.Top} isConnectable={false} />
      <Handle type="source" position={Position.Bottom} isConnectable={false} />
    </>
  );
}

function classes(base: string, { data, selected }: NodeProps<StateNode>): string {
  const status = data.status === undefined ? "" : ` is-${data.status.toLowerCase()}`;
  return `${base}${status}${data.isPale ? " is-pale" : ""}${selected ? " is-selected" : ""}`;
}

/** A state without others in it. */
export function StateBox(props: NodeProps<StateNode>) {
  const { node, status, note } = props.data;
  return (
    <div className={classes("state-box", props)} title={node.comment}>
      <Ends />
      <StateIcon type={node.type} caption={node.caption} />
      <div className="state-text">
        <div className="state-caption">{node.caption}</div>
        <div className="state-name">{node.name}</div>
      </div>
      {status === undefined ? null : <StatusMark status={status} note={note} />}
    </div>
  );
}

/** A Parallel or Map, around its states. */
export function ContainerBox(props: NodeProps<StateNode>) {
  const { node, status, note } = props.data;
  return (
    <div className={classes("state-container", props)} title={node.comment}>
      <Ends />
      <div className="state-container-title">
        <StateIcon type={node.type} caption={node.caption} />
        <div className="state-text">
          <div className="state-caption">{node.caption}</div>
          <div className="state-name">{node.name}</div>
        </div>
        {status === undefined ? null : <StatusMark status={status} note={note} />}
      </div>
    </div>
  );
}

/** Start and End. */
export function MarkerBox({ data }: NodeProps<StateNode>) {
  return (
    <div className="state-marker">
      <Ends />
      {data.node.caption}
    </div>
  );
}
