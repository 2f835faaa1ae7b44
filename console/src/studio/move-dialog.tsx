/** Chooses where a state is moved: the way to reorder and nest without dragging. */
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Modal from "@cloudscape-design/components/modal";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMemo, useState } from "react";
import type { JsonPath } from "../document/json-path.ts";
import { canMove } from "../workflow/edit-flow.ts";
import { allPlaces, placeLabel } from "../workflow/place-label.ts";
import type { Reference } from "../workflow/references.ts";
import { nameOf } from "../workflow/states.ts";
import { useStudio } from "./use-studio.ts";

interface Props {
  readonly path: JsonPath;
  readonly onMove: (place: Reference) => void;
  readonly onDismiss: () => void;
}

export function MoveDialog({ path, onMove, onDismiss }: Props) {
  const { document } = useStudio();
  const places = useMemo(
    () => allPlaces(document.value).filter((place) => canMove(path, place)),
    [document.value, path],
  );
  const [chosen, setChosen] = useState<string>();
  const options = places.map((place, index) => ({
    value: String(index),
    label: placeLabel(place),
  }));
  const place = chosen === undefined ? undefined : places[Number(chosen)];
  return (
    <Modal
      visible
      header={`Move ${nameOf(path)}`}
      onDismiss={onDismiss}
      closeAriaLabel="Close"
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onDismiss}>
              Cancel
            </Button>
            <Button
              variant="primary"
              disabled={place === undefined}
              onClick={() => {
                if (place !== undefined) onMove(place);
              }}
            >
              Move
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <FormField label="To">
        <Select
          options={options}
          selectedOption={options.find(({ value }) => value === chosen) ?? null}
          placeholder="Choose a place"
          filteringType="auto"
          onChange={({ detail }) => setChosen(detail.selectedOption.value)}
        />
      </FormField>
    </Modal>
  );
}
