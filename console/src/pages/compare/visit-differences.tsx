/** What differs in one visit of a state: facts, and members of input and output. */
import Box from "@cloudscape-design/components/box";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type {
  ComparedExecution,
  ComparedVisit,
  PayloadDifferences,
  VisitFacts,
} from "../../api/own-operations.ts";
import { PageLink } from "../../components/page-link.tsx";
import { nameOf } from "../../routing/arns.ts";
import { paths } from "../../routing/paths.ts";

interface Props {
  readonly visit: ComparedVisit;
  readonly first: ComparedExecution;
  readonly second: ComparedExecution;
}

export function VisitDifferences({ visit, first, second }: Props) {
  const { state, type, key, differs, input, output } = visit;
  return (
    <div className="event-detail" role="region" aria-label={`Differences of ${state}`}>
      <SpaceBetween size="s">
        <div>
          <Box variant="h3">{state}</Box>
          <Box color="text-body-secondary" fontSize="body-s">
            {type} state, {key}
          </Box>
        </div>
        <table className="differences">
          <thead>
            <tr>
              <th scope="col" />
              <th scope="col">First</th>
              <th scope="col">Second</th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">Event</th>
              <td>
                <Entry facts={visit.first} execution={first} />
              </td>
              <td>
                <Entry facts={visit.second} execution={second} />
              </td>
            </tr>
            <tr>
              <th scope="row">Retries</th>
              <td>{visit.first?.retries ?? "-"}</td>
              <td>{visit.second?.retries ?? "-"}</td>
            </tr>
            <tr>
              <th scope="row">Error</th>
              <td>{visit.first?.error ?? "-"}</td>
              <td>{visit.second?.error ?? "-"}</td>
            </tr>
            <Members title="Input" isDifferent={differs.includes("input")} payload={input} />
            <Members title="Output" isDifferent={differs.includes("output")} payload={output} />
          </tbody>
        </table>
      </SpaceBetween>
    </div>
  );
}

function Entry({
  facts,
  execution,
}: {
  readonly facts: VisitFacts | undefined;
  readonly execution: ComparedExecution;
}) {
  if (facts === undefined) return <>not there</>;
  const { enteredEventId } = facts;
  return (
    <PageLink href={paths.executionAt(execution.executionArn, enteredEventId)}>
      {nameOf(execution.executionArn)}, {enteredEventId}
    </PageLink>
  );
}

interface MembersProps {
  readonly title: string;
  readonly isDifferent: boolean;
  readonly payload: PayloadDifferences | undefined;
}

function Members({ title, isDifferent, payload }: MembersProps) {
  if (!isDifferent) return null;
  if (payload === undefined) {
    return (
      <tr>
        <th scope="row">{title}</th>
        <td colSpan={2}>differs; it is too long to tell where</td>
      </tr>
    );
  }
  return (
    <>
      {payload.members.map(({ pointer, first, second }) => (
        <tr key={pointer}>
          <th scope="row">
            {title} <code>{pointer === "" ? "(whole)" : pointer}</code>
          </th>
          <td className="is-removed">{first ?? "not there"}</td>
          <td className="is-added">{second ?? "not there"}</td>
        </tr>
      ))}
      {payload.truncated ? (
        <tr>
          <th scope="row">{title}</th>
          <td colSpan={2}>There are more.</td>
        </tr>
      ) : null}
    </>
  );
}
