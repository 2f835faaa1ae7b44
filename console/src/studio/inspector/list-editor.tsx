/** A list of objects that are folded, ordered, added and taken away: rules, retriers, catchers, branches. */
import Button from "@cloudscape-design/components/button";
import Icon from "@cloudscape-design/components/icon";
import ButtonGroup, { type ButtonGroupProps } from "@cloudscape-design/components/button-group";
import { useState, type ReactNode } from "react";
import type { Json } from "../../../../src/json/json.ts";
import { isArray } from "../../../../src/json/kind.ts";
import { valueAt } from "../../document/change-value.ts";
import { isInside, type JsonPath } from "../../document/json-path.ts";
import { setField } from "../../workflow/edit-field.ts";
import { useStudio } from "../use-studio.ts";
import { PlaceProblems } from "./place-problems.tsx";

interface Props {
  /** The state. */
  readonly base: JsonPath;
  /** Name of its field. */
  readonly field: string;
  /** Such as `rule`. */
  readonly what: string;
  /** In a line, what the element says. */
  readonly titleOf: (element: Json, index: number) => string;
  readonly initial: () => Json;
  readonly children: (path: JsonPath, index: number) => ReactNode;
}

export function ListEditor({ base, field, what, titleOf, initial, children }: Props) {
  const { document, edit, problems } = useStudio();
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set([0]));
  const list = valueAt(document.value, [...base, field]);
  const elements = isArray(list) ? list : [];
  const toggle = (index: number, isOpen: boolean): void => {
    const next = new Set(opened);
    if (isOpen) next.add(index);
    else next.delete(index);
    setOpened(next);
  };
  const act = (id: string, index: number): void => {
    const path = [...base, field, index];
    if (id === "remove")
      edit(`Remove ${what}`, (editor) => setField(editor, base, [field, index], undefined));
    else {
      const to = id === "up" ? index - 1 : index + 1;
      edit(`Move ${what}`, (editor) => editor.move(path, to));
      setOpened(new Set([to]));
    }
  };
  return (
    <div className="list-editor">
      {elements.map((element, index) => {
        const path = [...base, field, index];
        const hasError = problems.some(
          (problem) => problem.severity === "ERROR" && isInside(problem.path, path),
        );
        return (
          <div
            // Elements have no names; their order is who they are.
            // eslint-disable-next-line react/no-array-index-key
            key={index}
            className="list-item"
            role="group"
            aria-label={`${what} ${index + 1}`}
          >
            <div className="list-item-head">
              <button
                type="button"
                aria-expanded={opened.has(index)}
                onClick={() => toggle(index, !opened.has(index))}
              >
                <Icon name={opened.has(index) ? "angle-down" : "angle-right"} />
                <span className="list-item-title">{titleOf(element, index)}</span>
                {hasError ? <Icon name="status-negative" variant="error" /> : null}
              </button>
              <ButtonGroup
                variant="icon"
                ariaLabel={`Actions on ${what} ${index + 1}`}
                items={actionsFor(index, elements.length)}
                onItemClick={({ detail }) => act(detail.id, index)}
              />
            </div>
            {opened.has(index) ? (
              <div className="list-item-body">
                <PlaceProblems path={path} />
                {children(path, index)}
              </div>
            ) : null}
          </div>
        );
      })}
      <Button
        iconName="add-plus"
        onClick={() => {
          edit(`Add ${what}`, (editor) =>
            isArray(editor.get([...base, field]))
              ? editor.insert([...base, field, elements.length], initial())
              : setField(editor, base, [field], [initial()]),
          );
          setOpened(new Set([elements.length]));
        }}
      >
        Add {what}
      </Button>
    </div>
  );
}

function actionsFor(index: number, count: number): ButtonGroupProps["items"] {
  const button = (
    id: string,
    text: string,
    iconName: "angle-up" | "angle-down" | "remove",
    disabled: boolean,
  ): ButtonGroupProps.IconButton => ({ type: "icon-button", id, text, iconName, disabled });
  return [
    button("up", "Move up", "angle-up", index === 0),
    button("down", "Move down", "angle-down", index === count - 1),
    button("remove", "Remove", "remove", false),
  ];
}
