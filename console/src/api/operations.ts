/** The operations of the Step Functions API that the console uses: name, input, output. */
import type * as Sfn from "@aws-sdk/client-sfn";
import type { Wire } from "./wire.ts";

export interface Operations {
  CreateActivity: [Sfn.CreateActivityInput, Sfn.CreateActivityOutput];
  CreateStateMachine: [Sfn.CreateStateMachineInput, Sfn.CreateStateMachineOutput];
  DeleteActivity: [Sfn.DeleteActivityInput, Sfn.DeleteActivityOutput];
  DeleteStateMachine: [Sfn.DeleteStateMachineInput, Sfn.DeleteStateMachineOutput];
  DescribeExecution: [Sfn.DescribeExecutionInput, Sfn.DescribeExecutionOutput];
  DescribeMapRun: [Sfn.DescribeMapRunInput, Sfn.DescribeMapRunOutput];
  DescribeStateMachine: [Sfn.DescribeStateMachineInput, Sfn.DescribeStateMachineOutput];
  DescribeStateMachineForExecution: [
    Sfn.DescribeStateMachineForExecutionInput,
    Sfn.DescribeStateMachineForExecutionOutput,
  ];
  GetExecutionHistory: [Sfn.GetExecutionHistoryInput, Sfn.GetExecutionHistoryOutput];
  DescribeStateMachineAlias: [
    Sfn.DescribeStateMachineAliasInput,
    Sfn.DescribeStateMachineAliasOutput,
  ];
  ListActivities: [Sfn.ListActivitiesInput, Sfn.ListActivitiesOutput];
  ListExecutions: [Sfn.ListExecutionsInput, Sfn.ListExecutionsOutput];
  ListMapRuns: [Sfn.ListMapRunsInput, Sfn.ListMapRunsOutput];
  ListStateMachineAliases: [Sfn.ListStateMachineAliasesInput, Sfn.ListStateMachineAliasesOutput];
  ListStateMachines: [Sfn.ListStateMachinesInput, Sfn.ListStateMachinesOutput];
  ListStateMachineVersions: [Sfn.ListStateMachineVersionsInput, Sfn.ListStateMachineVersionsOutput];
  ListTagsForResource: [Sfn.ListTagsForResourceInput, Sfn.ListTagsForResourceOutput];
  PublishStateMachineVersion: [
    Sfn.PublishStateMachineVersionInput,
    Sfn.PublishStateMachineVersionOutput,
  ];
  RedriveExecution: [Sfn.RedriveExecutionInput, Sfn.RedriveExecutionOutput];
  SendTaskFailure: [Sfn.SendTaskFailureInput, Sfn.SendTaskFailureOutput];
  SendTaskHeartbeat: [Sfn.SendTaskHeartbeatInput, Sfn.SendTaskHeartbeatOutput];
  SendTaskSuccess: [Sfn.SendTaskSuccessInput, Sfn.SendTaskSuccessOutput];
  StartExecution: [Sfn.StartExecutionInput, Sfn.StartExecutionOutput];
  StartSyncExecution: [Sfn.StartSyncExecutionInput, Sfn.StartSyncExecutionOutput];
  StopExecution: [Sfn.StopExecutionInput, Sfn.StopExecutionOutput];
  UpdateMapRun: [Sfn.UpdateMapRunInput, Sfn.UpdateMapRunOutput];
  TestState: [Sfn.TestStateInput, Sfn.TestStateOutput];
  UpdateStateMachine: [Sfn.UpdateStateMachineInput, Sfn.UpdateStateMachineOutput];
}

export type OperationName = keyof Operations;
export type Input<Name extends OperationName> = Wire<Operations[Name][0]>;
export type Output<Name extends OperationName> = Wire<Operations[Name][1]>;

export type StateMachine = Wire<Sfn.StateMachineListItem>;
export type StateMachineDescription = Output<"DescribeStateMachine">;
export type Execution = Wire<Sfn.ExecutionListItem>;
export type ExecutionDescription = Output<"DescribeExecution">;
export type ExecutionStatus = Execution["status"];
export type HistoryEvent = Wire<Sfn.HistoryEvent>;
export type MapRunDescription = Output<"DescribeMapRun">;
export type Activity = Wire<Sfn.ActivityListItem>;
